package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

class ShardTest {
    private static final double[] RATES = {0.1, 0.5, 0.9};
    private static final Design DESIGN = new Design(
            Design.of(0, RATES).strata(),
            0x1p-20,
            new Rows(
                    List.of("layout", "size"),
                    List.of(List.of("contiguous", "strided"), List.of("small", "large")),
                    List.of(List.of(0, 0), List.of(1, 0), List.of(1, 1))));

    static MaskAnalysis analysis() {
        List<Family> families = new ArrayList<>(MaskAnalysis.of(DESIGN).families());
        families.add(Family.places(DESIGN, Long.MAX_VALUE));
        families.add(Family.reflections(DESIGN, Long.MAX_VALUE));
        families.add(Family.tails(DESIGN));
        families.add(Family.strata(DESIGN, List.of("negative")));
        families.add(Family.rateByCondition(DESIGN, 2));
        families.add(Family.positionByCondition(DESIGN, 2));
        families.add(Family.lagsByCondition(DESIGN, 2));
        families.add(Family.acrossByCondition(DESIGN, 2));
        return MaskAnalysis.of(families.toArray(Family[]::new));
    }

    /** Tiny, small and large calls, one in five a copy of the one before. */
    static List<Draw> draws(SplittableRandom random, int count) {
        List<Draw> draws = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Shape shape = switch (random.nextInt(4)) {
                case 0 -> Shape.of(1 + random.nextInt(16));
                case 1 -> Shape.of(7, 259);
                case 2 -> Shape.of(3, 5, 40);
                default -> Shape.of(5000);
            };
            double rate = RATES[random.nextInt(RATES.length)];
            Draw draw = Draw.of(rate, shape, Masks.random(random, shape.size(), rate));
            draws.add((i % 5 == 4 ? draws.get(i - 1) : draw)
                    .with(Masks.random(
                            random,
                            (i % 5 == 4 ? draws.get(i - 1) : draw).shape().size(),
                            0.5))
                    .inRow(i % 4 - 1));
        }
        return draws;
    }

    @Test
    void aStreamSplitAnywhereAddsUpToTheSameEvidence() {
        List<Draw> draws = draws(new SplittableRandom(5), 60);
        MaskAnalysis whole = analysis();
        draws.forEach(whole::observe);
        for (int split = 0; split <= draws.size(); split += 7) {
            MaskAnalysis first = analysis();
            draws.subList(0, split).forEach(first::observe);
            MaskAnalysis second = first.continued();
            draws.subList(split, draws.size()).forEach(second::observe);
            MaskAnalysis sum = first.plus(second);
            for (int f = 0; f < whole.families().size(); f++) {
                assertThat(sum.families().get(f).findings())
                        .isEqualTo(whole.families().get(f).findings());
                assertThat(sum.families().get(f).logE())
                        .isEqualTo(whole.families().get(f).logE());
            }
        }
    }

    /** Columns counted of all elements: where only the first ones are, each process has its own first ones. */
    private static MaskAnalysis withoutLimit() {
        List<Family> families = new ArrayList<>(analysis().families());
        families.replaceAll(family -> family.name().equals("column") ? Family.columns(DESIGN, Long.MAX_VALUE) : family);
        return MaskAnalysis.of(families.toArray(Family[]::new));
    }

    /** The second begins with a seed, so that what it draws is new. */
    @Test
    void whatTwoProcessesDrawAddsUpAsOneThatWasStartedAnew() {
        List<Draw> draws = draws(new SplittableRandom(6), 70);
        draws.set(45, draws.get(45).withSeed());
        MaskAnalysis whole = withoutLimit();
        draws.subList(0, 45).forEach(whole::observe);
        whole.families().forEach(Family::restarted);
        draws.subList(45, 70).forEach(whole::observe);
        MaskAnalysis first = withoutLimit();
        draws.subList(0, 45).forEach(first::observe);
        MaskAnalysis second = withoutLimit();
        draws.subList(45, 70).forEach(second::observe);
        MaskAnalysis together = withoutLimit();
        CountsTest.read(together, CountsTest.written(0, first));
        CountsTest.read(together, CountsTest.written(1, second));
        for (int f = 0; f < whole.families().size(); f++) {
            Family one = whole.families().get(f);
            Family both = together.families().get(f);
            assertThat(both.elements()).as(one.name()).isEqualTo(one.elements());
            assertThat(both.bounds(1e-3)).as(one.name()).isEqualTo(one.bounds(1e-3));
            if (one.name().equals("duplicate")) {
                // each process may come by a long duplicate by chance: the whole is worth half as much
                assertThat(one.findings())
                        .anySatisfy(found -> assertThat(found.logE()).isCloseTo(36.84, within(1e-2)));
                assertThat(both.findings())
                        .noneSatisfy(found -> assertThat(found.logE()).isCloseTo(36.84, within(1e-2)));
                assertThat(both.findings())
                        .anySatisfy(found -> assertThat(found.logE()).isCloseTo(36.84 - Math.log(2), within(1e-2)));
                assertThat(both.logE()).isCloseTo(one.logE(), within(1e-9));
            } else {
                assertThat(both.findings()).as(one.name()).isEqualTo(one.findings());
                assertThat(both.logE()).as(one.name()).isEqualTo(one.logE());
            }
        }
    }

    @Test
    void countsMatchASlowCount() {
        SplittableRandom random = new SplittableRandom(9);
        Draw draw = Draw.of(0.5, Shape.of(13, 77), Masks.random(random, 1001, 0.5));
        MaskAnalysis analysis = analysis();
        analysis.observe(draw.with(PackedMask.of(new boolean[1001])));
        PackedMask mask = draw.mask();
        for (Finding finding : analysis.family("lag").findings()) {
            boolean after = finding.given() == Finding.Given.DROPPED;
            long elements = 0;
            long dropped = 0;
            for (int i = 0; i < 1001; i++) {
                int earlier = earlier(finding.place(), i);
                if (earlier >= 0 && earlier < i && mask.dropped(earlier) == after) {
                    elements++;
                    dropped += mask.dropped(i) ? 1 : 0;
                }
            }
            assertThat(List.of(finding.elements(), finding.dropped()))
                    .as(finding.toString())
                    .isEqualTo(List.of(elements, dropped));
        }
        contextsMatch(analysis.family("context"), mask);
    }

    @Test
    void positionsMatchASlowCountInTinyAndInLargeCalls() {
        SplittableRandom random = new SplittableRandom(10);
        Family positions = Family.position(Design.of(0, 0.5));
        List<PackedMask> masks = new ArrayList<>();
        for (int size : new int[] {1, 5, 63, 64, 65, 255, 256, 1001, 2047, 2048, 2049, 5003}) {
            masks.add(Masks.random(random, size, 0.5));
            positions.observe(Masks.flat(0.5, masks.get(masks.size() - 1)));
        }
        assertThat(positions.findings()).hasSize(2048 + 64 + 16 + 64 + 5 + 2 + 4 + 8);
        for (Finding finding : positions.findings()) {
            Place place = finding.place();
            long elements = 0;
            long dropped = 0;
            for (PackedMask mask : masks) {
                for (int i = 0; i < mask.size(); i++) {
                    if (holds(place, i, mask.size())) {
                        elements++;
                        dropped += mask.dropped(i) ? 1 : 0;
                    }
                }
            }
            assertThat(List.of(finding.elements(), finding.dropped()))
                    .as(finding.toString())
                    .isEqualTo(List.of(elements, dropped));
        }
    }

    private static boolean holds(Place place, int index, int size) {
        if (place instanceof Place.Residue residue) {
            return index % residue.modulus() == residue.remainder();
        } else if (place instanceof Place.Index only) {
            return index == only.index();
        } else if (place instanceof Place.Sixteenth part) {
            return size >= 256 && index >= size * (part.number() - 1) / 16 && index < size * part.number() / 16;
        } else if (place instanceof Place.Part part) {
            int sixteenths = 16 / part.parts();
            return size >= 256
                    && index >= size * (part.number() - 1) * sixteenths / 16
                    && index < size * part.number() * sixteenths / 16;
        } else if (place instanceof Place.VectorTail tail) {
            return index >= size - size % tail.width();
        }
        return index == size - 1 - ((Place.FromEnd) place).distance();
    }

    /** The index of what an element is bet on by, in a call of [13, 77]; out of range for none. */
    private static int earlier(Place place, int index) {
        if (place instanceof Place.Mirrored) {
            return 1000 - index;
        } else if (place instanceof Place.TailByHead tail) {
            int start = 1001 - 1001 % tail.width();
            return index < start ? -1 : index - start;
        } else if (place instanceof Place.TailByBefore tail) {
            int start = 1001 - 1001 % tail.width();
            return index < start + (tail.distance() == 1 ? 1 : 0) ? -1 : index - tail.distance();
        } else if (place instanceof Place.ChunkSeam seam) {
            return index % seam.width() == 0 ? index - 1 : -1;
        } else if (place instanceof Place.PartSeam seam) {
            return index % ((1001 + seam.parts() - 1) / seam.parts()) == 0 ? index - 1 : -1;
        } else if (place instanceof Place.NeighbourOf) {
            return -1;
        } else if (place instanceof Place.PartBefore part) {
            return index - 1001 / part.parts();
        }
        return place instanceof Place.Stride stride
                ? index - 77 * stride.times() - stride.plus()
                : index - ((Place.Lag) place).distance();
    }

    private static void contextsMatch(Family family, PackedMask mask) {
        for (Finding finding : family.findings()) {
            if (finding.place() instanceof Place.Context context) {
                long elements = 0;
                long dropped = 0;
                for (int i = 6; i < mask.size(); i++) {
                    boolean same = true;
                    for (int j = 0; j < 6; j++) {
                        same &= mask.dropped(i - 6 + j) == ((context.dropped() >> j & 1) == 1);
                    }
                    elements += same ? 1 : 0;
                    dropped += same && mask.dropped(i) ? 1 : 0;
                }
                assertThat(List.of(finding.elements(), finding.dropped()))
                        .as(finding.toString())
                        .isEqualTo(List.of(elements, dropped));
            }
        }
    }

    @Test
    void refusesARateThatWasNotDeclared() {
        assertThatThrownBy(() -> analysis().observe(Masks.flat(0.3, PackedMask.of(true))))
                .hasMessage("stratum (float32 at rate 0.3) must be one that the design declares:"
                        + " [float32 at rate 0.1, float32 at rate 0.5, float32 at rate 0.9]");
    }
}
