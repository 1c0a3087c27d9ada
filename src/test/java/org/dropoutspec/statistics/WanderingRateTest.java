package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Beta;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rates that wander inside the declared resolution, as an adversary moves them, raise no alarm about numbers of drops. */
class WanderingRateTest {
    private static final double LEVEL = 0.05;
    private static final int RUNS = 40;
    private static final int CALLS = 40;
    private static final Shape SHAPE = Shape.of(7, 259);

    /** How an adversary moves the rate: by how much of the resolution, given all before. */
    private enum Wander {
        CALL {
            @Override
            double at(int call, int index, double ahead) {
                return (call * 0x9E37_79B9 >>> 16 & 1) * 2 - 1;
            }
        },
        ELEMENT {
            @Override
            double at(int call, int index, double ahead) {
                return (index & 1) * 2 - 1;
            }
        },
        LANE {
            @Override
            double at(int call, int index, double ahead) {
                return (index & 32) == 0 ? 1 : -1;
            }
        },
        EDGE {
            @Override
            double at(int call, int index, double ahead) {
                return 1;
            }
        },
        RATCHET_TO_THE_CENTRE {
            @Override
            double at(int call, int index, double ahead) {
                return ahead > 0 ? -1 : 1;
            }
        },
        RATCHET_OUTWARD {
            @Override
            double at(int call, int index, double ahead) {
                return ahead > 0 ? 1 : -1;
            }
        };

        /** @param ahead by how many drops the call is ahead of its rate */
        abstract double at(int call, int index, double ahead);
    }

    static Stream<Arguments> wanders() {
        return Arrays.stream(Wander.values())
                .flatMap(wander -> Stream.of(
                        Arguments.of(wander, 0.5, 0x1p-8),
                        Arguments.of(wander, 0.05, 0x1p-8),
                        Arguments.of(wander, 0.05, 0.01)));
    }

    @ParameterizedTest
    @MethodSource("wanders")
    void noneRaisesMoreAlarmsThanTheLevelAllows(Wander wander, double rate, double resolution) {
        Family fresh = Family.dispersion(Design.of(resolution, rate));
        Map<String, Integer> alarms = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            Family family = fresh.continued();
            Map<String, Boolean> alarmed = new TreeMap<>();
            for (int call = 0; call < CALLS; call++) {
                family.observe(Draw.of(rate, SHAPE, draw(random, wander, call, rate, resolution)));
                if (call % 4 == 3) {
                    // by unit: each is an e-process of its own, and all together are bound to show less
                    family.findings().stream()
                            .filter(finding -> finding.place() instanceof Place.Spread)
                            .forEach(finding -> alarmed.merge(
                                    ((Place.Spread) finding.place()).unit(),
                                    finding.logE() >= -Math.log(LEVEL),
                                    Boolean::logicalOr));
                }
            }
            alarmed.forEach((unit, alarm) -> alarms.merge(unit, alarm ? 1 : 0, Integer::sum));
        }
        // at the level exactly there are more than this with probability 1e-6
        int allowed = 0;
        while (Beta.regularizedBeta(LEVEL, allowed + 1.0, RUNS - allowed) > 1e-6) {
            allowed++;
        }
        int most = allowed;
        assertThat(alarms).containsOnlyKeys("calls of 1,024 to 32,767 elements", "rows", "words of 64");
        assertThat(alarms.values()).allMatch(alarm -> alarm <= most);
    }

    private static PackedMask draw(SplittableRandom random, Wander wander, int call, double rate, double resolution) {
        int[] dropped = {0};
        return Masks.of(SHAPE.size(), i -> {
            double ahead = dropped[0] - rate * i;
            boolean drop = random.nextDouble() < rate + resolution * wander.at(call, i, ahead);
            dropped[0] += drop ? 1 : 0;
            return drop;
        });
    }
}
