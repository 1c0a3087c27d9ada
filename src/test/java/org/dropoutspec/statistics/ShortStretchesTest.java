package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortStretchesTest {
    /** Three calls, so short that all masks there are can be gone through. */
    private static final int[] CALLS = {8, 3, 4};

    private static final int ELEMENTS = 15;
    private static final double REJECTS = 23.12;

    @ParameterizedTest
    @CsvSource({"0.5, 0", "0.2, 0", "0.7, 0", "0.3, 0.05", "0.5, 0.1"})
    void nothingIsExpectedToBeGainedHoweverTheRateWanders(double rate, double resolution) {
        for (int way = 0; way < 4; way++) {
            double expected = 0;
            for (int all = 0; all < 1 << ELEMENTS; all++) {
                double probability = 1;
                for (int i = 0; i < ELEMENTS; i++) {
                    double p = rate + resolution * steered(way, all, i);
                    probability *= (all >> i & 1) == 1 ? p : 1 - p;
                }
                ShortStretches stretches = new ShortStretches(rate, rate, resolution, 3);
                int from = 0;
                for (int size : CALLS) {
                    stretches.observe(PackedMask.ofWords(size, (long) (all >> from & (1 << size) - 1)));
                    from += size;
                }
                expected += probability * Math.exp(stretches.logE());
            }
            assertThat(expected)
                    .as("way %s", way)
                    .isLessThanOrEqualTo(1 + 1e-12)
                    .isGreaterThan(0.3);
        }
    }

    /** Where in the resolution the rate is, by what was drawn before: at an end, wherever it was last, or as a copy wants it. */
    private static int steered(int way, int all, int i) {
        return switch (way) {
            case 0 -> 1;
            case 1 -> -1;
            case 2 -> i > 0 && (all >> i - 1 & 1) == 1 ? 1 : -1;
            default -> i >= 8 && (all >> i - 8 & 1) == 1 ? 1 : -1;
        };
    }

    @Test
    void blocksOfAHundredFromAFewThousandKeysAreFound() {
        assertThat(logE(0.5, 250_000, 4096, 100)).isGreaterThan(REJECTS);
        assertThat(logE(0.1, 600_000, 1024, 400)).isGreaterThan(REJECTS);
    }

    @Test
    void masksThatAreDrawnAsTheyShouldBeShowNothing() {
        for (double rate : new double[] {0.05, 0.1, 0.5, 0.9}) {
            assertThat(logE(rate, 300_000, Integer.MAX_VALUE, 1000)).isLessThan(3);
        }
    }

    @Test
    void aWrongRateIsNotTakenForRepetitions() {
        ShortStretches stretches = new ShortStretches(0.5, 0.5, 0);
        SplittableRandom random = new SplittableRandom(3);
        for (int call = 0; call < 200; call++) {
            stretches.observe(drawn(random, 0.02, 1000));
        }
        assertThat(stretches.repeated()).isPositive();
        assertThat(stretches.logE()).isLessThan(REJECTS / 2);
    }

    /** Of calls of a thousand elements, in blocks that each follow from one of so many keys. */
    private static double logE(double rate, int elements, int keys, int block) {
        ShortStretches stretches = new ShortStretches(rate, rate, 0x1p-20);
        SplittableRandom random = new SplittableRandom(7);
        for (int call = 0; call < elements / 1000; call++) {
            boolean[] dropped = new boolean[1000];
            SplittableRandom words = null;
            for (int i = 0; i < dropped.length; i++) {
                words = i % block == 0 ? new SplittableRandom(random.nextInt(keys)) : words;
                dropped[i] = words.nextDouble() < rate;
            }
            stretches.observe(PackedMask.of(dropped));
        }
        return stretches.logE();
    }

    private static PackedMask drawn(SplittableRandom random, double rate, int size) {
        boolean[] dropped = new boolean[size];
        for (int i = 0; i < size; i++) {
            dropped[i] = random.nextDouble() < rate;
        }
        return PackedMask.of(dropped);
    }
}
