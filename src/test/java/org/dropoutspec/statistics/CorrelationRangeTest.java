package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationRangeTest {
    private static Interval range(double rate, double alpha, List<PairCount> lags) {
        CorrelationRange range = new CorrelationRange(rate, alpha);
        lags.forEach(range::add);
        return range.interval();
    }

    private static PairCount pairs(long known, long both, long elements, long dropped) {
        return new PairCount(new RateCount(known, both), new RateCount(elements - known, dropped - both));
    }

    /** The largest and smallest difference of two rates on a fine grid that are not refuted. */
    @ParameterizedTest
    @CsvSource({"0.5, 500, 260, 1000, 505", "0.1, 90, 15, 1000, 101", "0.05, 3, 0, 60, 2", "0.9, 880, 800, 1000, 890"})
    void isAsWideAsTheRatesThatAreNotRefuted(double rate, long known, long both, long elements, long dropped) {
        PairCount count = pairs(known, both, elements, dropped);
        double alpha = 1e-6;
        double least = -Math.log(2) + Math.log(alpha);
        double high = -1;
        double low = 1;
        int steps = 2000;
        double[] first = likelihoods(count.after(), rate, steps);
        double[] second = likelihoods(count.otherwise(), rate, steps);
        for (int i = 0; i <= steps; i++) {
            for (int j = 0; j <= steps; j++) {
                if (first[i] + second[j] > least) {
                    high = Math.max(high, (double) (i - j) / steps);
                    low = Math.min(low, (double) (i - j) / steps);
                }
            }
        }
        Interval interval = range(rate, alpha, List.of(count));
        assertThat(interval.high()).isCloseTo(high, within(3.0 / steps)).isGreaterThanOrEqualTo(high);
        assertThat(interval.low()).isCloseTo(low, within(3.0 / steps)).isLessThanOrEqualTo(low);
    }

    private static double[] likelihoods(RateCount count, double rate, int steps) {
        double[] likelihoods = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            likelihoods[i] = count.likelihood((double) i / steps, rate);
        }
        return likelihoods;
    }

    @Test
    void ofManyLagsIsThatOfTheWidest() {
        SplittableRandom random = new SplittableRandom(1);
        List<PairCount> lags = new ArrayList<>();
        double high = -1;
        double low = 1;
        for (int lag = 0; lag < 300; lag++) {
            long known = 900 + random.nextInt(200);
            long both = 60 + random.nextInt(80);
            lags.add(pairs(known, both, 10_000 - lag, both + 850 + random.nextInt(100)));
            Interval alone = range(0.1, 1e-9, List.of(lags.get(lag)));
            high = Math.max(high, alone.high());
            low = Math.min(low, alone.low());
        }
        Interval together = range(0.1, 1e-9, lags);
        assertThat(together.high()).isCloseTo(high, within(1e-9));
        assertThat(together.low()).isCloseTo(low, within(1e-9));
    }

    @Test
    void leavesOpenWhatWasNotSeen() {
        // after a drop anything is possible; after a keep neither never nor always
        Interval none = range(0.5, 0.01, List.of(pairs(0, 0, 5, 2)));
        assertThat(none.high()).isBetween(0.9, 0.999);
        assertThat(none.low()).isBetween(-0.999, -0.9);
    }

    /** Whatever the rate: at each of these, independent elements, looked at after every one of twelve. */
    @Test
    void excludesIndependenceNoMoreOftenThanItsLevel() {
        double alpha = 0.05;
        int size = 12;
        for (double rate : new double[] {0.05, 0.2, 0.3, 0.5, 0.9}) {
            double excluded = 0;
            for (int bits = 0; bits < 1 << size; bits++) {
                if (everExcludes(bits, size, alpha)) {
                    excluded += Masks.probability(bits, size, rate);
                }
            }
            assertThat(excluded).isLessThanOrEqualTo(alpha);
        }
    }

    private static final Map<PairCount, Boolean> EXCLUDES = new HashMap<>();

    private static boolean everExcludes(int bits, int size, double alpha) {
        for (int n = 2; n <= size; n++) {
            int seen = bits & (1 << n) - 1;
            int known = seen & (1 << n - 1) - 1;
            PairCount count = pairs(
                    Integer.bitCount(known), Integer.bitCount(known & seen >>> 1), n - 1, Integer.bitCount(seen >>> 1));
            boolean excludes = EXCLUDES.computeIfAbsent(count, any -> {
                Interval interval = range(0.3, alpha, List.of(any));
                return interval.low() > 0 || interval.high() < 0;
            });
            if (excludes) {
                return true;
            }
        }
        return false;
    }
}
