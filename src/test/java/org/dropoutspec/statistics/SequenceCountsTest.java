package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast counts of lags, of pairs of lags and of columns, against slow ones. */
class SequenceCountsTest {
    private static final Stratum STRATUM = new Stratum(DType.FLOAT32, 0.3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 1000, 1025, 5000, 65_536, 140_001})
    void allLagsInsideAMask(int size) {
        PackedMask mask = Masks.random(new SplittableRandom(size), size, 0.3);
        for (int[] range : new int[][] {{1, 1024}, {65, 1024}, {1, 64}, {33, 40}, {1000, 1500}}) {
            long[] both = new long[range[1] - range[0] + 1];
            BitLags.within(mask, range[0], range[1], both);
            for (int lag = range[0]; lag <= range[1]; lag++) {
                assertThat(both[lag - range[0]]).as("lag " + lag).isEqualTo(joint(mask, lag));
            }
        }
    }

    private static long joint(PackedMask mask, int lag) {
        return lag < mask.size() ? Overlap.count(mask, mask, lag) : 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 262_145})
    void transformsCountExactlyWhatBitsDo(int size) {
        // of many drops, so that the counts are large
        PackedMask mask = Masks.random(new SplittableRandom(size), size, 0.9);
        long[] byTransform = new long[(1 << 16) - 1000];
        FourierLags.within(mask, 1001, 1 << 16, byTransform);
        for (int first : new int[] {1001, 30_000, (1 << 16) - 999}) {
            long[] byBits = new long[1000];
            BitLags.within(mask, first, first + 999, byBits);
            assertThat(Arrays.copyOfRange(byTransform, first - 1001, first - 1)).isEqualTo(byBits);
        }
    }

    @Test
    void lagsAcrossTheEndsOfCalls() {
        SplittableRandom random = new SplittableRandom(3);
        int horizon = 100;
        JoinFamily joins =
                new JoinFamily(new Design(List.of(STRATUM), 0, Rows.NONE), Horizon.of(horizon, List.of(STRATUM)), 5);
        List<Boolean> drawn = new ArrayList<>();
        List<Integer> call = new ArrayList<>();
        int calls = 0;
        for (int size : new int[] {7, 64, 4, 130, 5, 33, 1000, 64, 65}) {
            PackedMask mask = Masks.random(random, size, 0.3);
            joins.observe(Draw.of(STRATUM, Shape.of(size), mask));
            for (int i = 0; size >= 5 && i < size; i++) {
                drawn.add(mask.dropped(i));
                call.add(calls);
            }
            calls++;
        }
        List<Finding> findings = joins.findings();
        assertThat(findings).hasSize(horizon);
        for (Finding finding : findings) {
            int lag = ((Place.Joined) finding.place()).distance();
            boolean after = finding.given() == Finding.Given.DROPPED;
            expect(finding, drawn, lag, (i, k) -> !call.get(i).equals(call.get(i - k)) && drawn.get(i - k) == after);
        }
    }

    private static void expect(Finding finding, List<Boolean> drawn, int from, BiPredicate<Integer, Integer> counted) {
        long elements = 0;
        long dropped = 0;
        for (int i = from; i < drawn.size(); i++) {
            if (counted.test(i, from)) {
                elements++;
                dropped += drawn.get(i) ? 1 : 0;
            }
        }
        assertThat(List.of(finding.elements(), finding.dropped()))
                .as(finding.toString())
                .isEqualTo(List.of(elements, dropped));
    }

    @Test
    void aProcessThatStartedAnewHasNoElementsBeforeItsFirst() {
        JoinFamily joins =
                new JoinFamily(new Design(List.of(STRATUM), 0, Rows.NONE), Horizon.of(64, List.of(STRATUM)), 1);
        PackedMask mask = Masks.random(new SplittableRandom(4), 64, 0.3);
        joins.observe(Draw.of(STRATUM, Shape.of(64), mask));
        joins.restarted();
        joins.observe(Draw.of(STRATUM, Shape.of(64), mask));
        assertThat(joins.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5})
    void everyTwoElementsBeforeAnElement(double rate) {
        int horizon = 150;
        int start = 170;
        PackedMask mask = Masks.random(new SplittableRandom(5), 900, rate);
        int[] rare = TripleCounts.ofRare(mask, start, horizon);
        assertThat(TripleCounts.ofWords(mask, start, horizon)).isEqualTo(rare);
        for (int b = 2; b <= horizon; b++) {
            for (int a = 1; a < b; a++) {
                int all = 0;
                for (int i = start; i < mask.size(); i++) {
                    all += mask.dropped(i) && mask.dropped(i - a) && mask.dropped(i - b) ? 1 : 0;
                }
                assertThat(rare[TripleCounts.index(a, b)]).as(a + ", " + b).isEqualTo(all);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void whatAFindingOfTwoElementsBeforeSaysIsCounted(double rate) {
        // numbers that are the sum of two earlier ones; at .5, where that leaves nothing, the exclusive or of two drops
        double[] numbers = new SplittableRandom(6).doubles(4000).toArray();
        boolean[] dropped = new boolean[numbers.length];
        for (int i = 0; i < dropped.length; i++) {
            numbers[i] = i < 20 ? numbers[i] : (numbers[i - 7] + numbers[i - 20]) % 1;
            dropped[i] = rate == 0.5 && i >= 20 ? dropped[i - 7] != dropped[i - 20] : numbers[i] < rate;
        }
        Design design = Design.of(0, rate);
        Family triples = Family.triples(design, Horizon.of(64, 4000, design.strata()));
        triples.observe(Masks.flat(rate, PackedMask.of(dropped)));
        Finding finding = triples.strongest().orElseThrow();
        assertThat(finding.place()).isEqualTo(new Place.LagPair(7, 20));
        int[] counts = new int[2];
        for (int i = 64; i < dropped.length; i++) {
            Finding.Given given = dropped[i - 7] != dropped[i - 20]
                    ? Finding.Given.ONE
                    : dropped[i - 7] ? Finding.Given.DROPPED : Finding.Given.KEPT;
            counts[0] += given == finding.given() ? 1 : 0;
            counts[1] += given == finding.given() && dropped[i] ? 1 : 0;
        }
        assertThat(List.of(finding.elements(), finding.dropped()))
                .isEqualTo(List.of((long) counts[0], (long) counts[1]));
    }

    @Test
    void columnsAndRemainders() {
        SplittableRandom random = new SplittableRandom(7);
        Design design = new Design(List.of(STRATUM), 0, Rows.NONE);
        int limit = 5300;
        Family columns = Family.columns(design, limit);
        List<Draw> draws = new ArrayList<>();
        for (Shape shape :
                List.of(Shape.of(4200), Shape.of(3, 70), Shape.of(70, 2, 5), Shape.of(1, 5), Shape.of(4, 1))) {
            draws.add(Draw.of(STRATUM, shape, Masks.random(random, shape.size(), 0.3)));
        }
        draws.add(Draw.of(STRATUM, Shape.of(30, 30), Masks.random(random, 900, 0.3)));
        draws.forEach(columns::observe);
        List<Finding> findings = columns.findings();
        // all remainders of 2 to 64, of 128 to 4096, and 65 places on either axis
        assertThat(findings).hasSize(2079 + 128 + 256 + 512 + 1024 + 2048 + 4096 + 2 * 65);
        for (Finding finding : findings) {
            long elements = 0;
            long dropped = 0;
            int taken = 0;
            for (Draw draw : draws) {
                int size = draw.mask().size();
                int first = Math.min(size, limit - taken);
                taken += first;
                for (int i = 0; i < size; i++) {
                    if (holds(finding.place(), draw.shape(), i, first)) {
                        elements++;
                        dropped += draw.mask().dropped(i) ? 1 : 0;
                    }
                }
            }
            assertThat(List.of(finding.elements(), finding.dropped()))
                    .as(finding.toString())
                    .isEqualTo(List.of(elements, dropped));
        }
    }

    /** @param first how many elements of the call are within the limit */
    private static boolean holds(Place place, Shape shape, int index, int first) {
        if (place instanceof Place.Residue residue) {
            boolean power = Integer.bitCount(residue.modulus()) == 1;
            return (power || index < first) && index % residue.modulus() == residue.remainder();
        }
        if (shape.rank() < 2) {
            return false;
        }
        if (place instanceof Place.Column column) {
            int width = shape.extent(shape.rank() - 1);
            int on = column.index() < 0 ? width - 1 : column.index();
            return width > 1 && index / width < first / width && index % width == on;
        }
        int slabs = shape.extent(0);
        int on = ((Place.Slab) place).index() < 0 ? slabs - 1 : ((Place.Slab) place).index();
        return slabs > 1 && index / (shape.size() / slabs) == on;
    }
}
