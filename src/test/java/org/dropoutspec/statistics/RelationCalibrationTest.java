package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Beta;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks of sound implementations, looked at again and again, whose rates wander as far as the resolution lets them. */
class RelationCalibrationTest {
    private static final double LEVEL = 0.05;
    private static final int RUNS = 120;
    private static final int CALLS = 48;
    private static final double RESOLUTION = 0.02;
    private static final List<Stratum> STRATA = List.of(
            new Stratum(DType.FLOAT32, 0.1),
            new Stratum(DType.FLOAT32, 0.5),
            new Stratum(DType.FLOAT64, 0.5),
            new Stratum(DType.FLOAT64, 0.9));

    /** Of each stratum, in each of three layouts and two sizes. */
    private static final Rows ROWS = new Rows(
            List.of("stratum", "layout", "size"),
            List.of(List.of("0", "1", "2", "3"), List.of("a", "b", "c"), List.of("small", "large")),
            IntStream.range(0, 24)
                    .mapToObj(row -> List.of(row % 4, row / 4 % 3, row / 12))
                    .toList());

    private enum Wander {
        /** Not at all: the resolution is 0. */
        NONE,
        BY_ELEMENT,
        BY_CALL,
        EDGES,
        /** Whatever the element at the same place of the previous call was. */
        AGAINST_THE_PREVIOUS,
        /** Up while too many were dropped. */
        OUTWARD;

        int sign(int i, int size, int call, PackedMask previous, int excess) {
            return switch (this) {
                case NONE -> 0;
                case BY_ELEMENT -> i % 2;
                case BY_CALL -> call % 2;
                case EDGES -> i == 0 || i == size - 1 ? 1 : 0;
                case AGAINST_THE_PREVIOUS -> i < previous.size() && previous.dropped(i) ? 1 : 0;
                case OUTWARD -> excess > 0 ? 1 : 0;
            };
        }
    }

    @Tag("sound")
    @ParameterizedTest
    @EnumSource(Wander.class)
    void noMoreAlarmsThanTheLevelAllows(Wander wander) {
        double resolution = wander == Wander.NONE ? 0 : RESOLUTION;
        Design design = new Design(STRATA, resolution, ROWS);
        List<Family> fresh = List.of(
                Family.across(design, "call"),
                Family.rateByCondition(design, 3),
                Family.acrossByCondition(design, 2),
                Family.lagsByCondition(design, 2),
                Family.positionByCondition(design, 2));
        Map<String, Integer> alarms = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            List<Family> families = fresh.stream().map(Family::continued).toList();
            boolean[] alarmed = new boolean[families.size()];
            PackedMask previous = PackedMask.of();
            double excess = 0;
            for (int call = 1; call <= CALLS; call++) {
                int row = random.nextInt(24);
                Stratum stratum = STRATA.get(row % 4);
                Shape shape = row < 12 ? Shape.of(2, 5 + row / 4) : Shape.of(2000 + row / 4);
                boolean[] dropped = new boolean[shape.size()];
                for (int i = 0; i < dropped.length; i++) {
                    int sign = wander.sign(i, dropped.length, call, previous, (int) Math.signum(excess));
                    dropped[i] = random.nextDouble() < stratum.rate() + resolution * (2 * sign - 1);
                    excess += (dropped[i] ? 1 : 0) - stratum.rate();
                }
                previous = PackedMask.of(dropped);
                Draw draw = Draw.of(stratum, shape, previous).inRow(row);
                families.forEach(family -> family.observe(draw));
                if (call == 8 || call == 20 || call == CALLS) {
                    for (int f = 0; f < alarmed.length; f++) {
                        alarmed[f] |= families.get(f).logE() >= -Math.log(LEVEL);
                    }
                }
            }
            for (int f = 0; f < alarmed.length; f++) {
                alarms.merge(families.get(f).name(), alarmed[f] ? 1 : 0, Integer::sum);
            }
        }
        assertThat(alarms).hasSize(fresh.size());
        assertThat(alarms.values()).allMatch(count -> count <= most());
    }

    /** At the level exactly, a family has more alarms than this with probability 1e-6. */
    private static int most() {
        int most = 0;
        while (Beta.regularizedBeta(LEVEL, most + 1.0, RUNS - most) > 1e-6) {
            most++;
        }
        return most;
    }
}
