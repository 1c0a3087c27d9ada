package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every e-process by exact enumeration: the expectation over all masks is 1, or at most 1 where the null is composite. */
class ExactnessTest {
    // 2^12 products of 12 factors, each with relative error below 2^-49, and the slack of 2^-49 times at most 100 nats
    private static final double ROUNDING = 1e-12;

    private static double expectation(int n, double rate, IntToDoubleFunction logE) {
        double sum = 0;
        for (int bits = 0; bits < 1 << n; bits++) {
            sum += Masks.probability(bits, n, rate) * Math.exp(logE.applyAsDouble(bits));
        }
        return sum;
    }

    private static PairCount lagged(int bits, int n, int lag) {
        RateCount after = RateCount.NONE;
        RateCount otherwise = RateCount.NONE;
        for (int i = lag; i < n; i++) {
            RateCount one = new RateCount(1, bits >>> i & 1);
            if ((bits >>> i - lag & 1) == 1) {
                after = after.plus(one);
            } else {
                otherwise = otherwise.plus(one);
            }
        }
        return new PairCount(after, otherwise);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void theRateProcessHasExpectationOne(double rate) {
        RateMixture mixture = RateMixture.of(rate, 0);
        for (int n = 1; n <= 12; n++) {
            int size = n;
            assertThat(expectation(n, rate, bits -> mixture.logE(size, Integer.bitCount(bits))))
                    .isCloseTo(1, within(ROUNDING));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void thePairProcessHasExpectationOneAtEveryLag(double rate) {
        PairMixture mixture = PairMixture.of(rate, 0);
        for (int n = 2; n <= 12; n++) {
            for (int lag = 1; lag < Math.min(n, 5); lag++) {
                int size = n;
                int distance = lag;
                assertThat(expectation(n, rate, bits -> mixture.logE(lagged(bits, size, distance))))
                        .isCloseTo(1, within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void betsOnTinyCallsThatDropEverythingOrNothingAreFair(double rate) {
        int[] sizes = {1, 2, 2, 3, 4}; // of five calls, twelve elements together
        for (Cell.Kind kind : List.of(Cell.Kind.ALL, Cell.Kind.NOTHING)) {
            List<Cell> cells = IntStream.rangeClosed(1, 4)
                    .mapToObj(size -> new Cell(new Place.All(), kind, 1, size))
                    .toList();
            TinyCalls point = new TinyCalls(cells, rate, 0);
            assertThat(expectation(12, rate, bits -> point.logE(events(bits, sizes, kind))))
                    .isCloseTo(1, within(ROUNDING));
            TinyCalls wide = new TinyCalls(cells, rate, 0.05);
            for (double q : new double[] {rate - 0.05, rate, rate + 0.05}) {
                assertThat(expectation(12, q, bits -> wide.logE(events(bits, sizes, kind))))
                        .isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    private static List<RateCount> events(int bits, int[] sizes, Cell.Kind kind) {
        RateCount[] counts = new RateCount[4];
        Arrays.fill(counts, RateCount.NONE);
        int rest = bits;
        for (int size : sizes) {
            int event = kind == Cell.Kind.ALL ? (1 << size) - 1 : 0;
            boolean seen = (rest & (1 << size) - 1) == event;
            counts[size - 1] = counts[size - 1].plus(new RateCount(1, seen ? 1 : 0));
            rest >>>= size;
        }
        return List.of(counts);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void nothingIsGainedWhileTheRateWandersWithinItsResolution(double rate) {
        int n = 12;
        double resolution = 0.05;
        RateMixture ofRates = RateMixture.of(rate, resolution);
        PairMixture ofPair = PairMixture.of(rate, resolution);
        double[][] paths = {{-1, -1}, {1, 1}, {-1, 1}, {0, 1}, {0, 0}};
        for (double[] path : paths) {
            double ofRate = 0;
            double ofPairs = 0;
            for (int bits = 0; bits < 1 << n; bits++) {
                double probability = 1;
                for (int i = 0; i < n; i++) {
                    // the rate depends on what was drawn before
                    double q = rate + resolution * path[i == 0 ? 0 : bits >>> i - 1 & 1];
                    probability *= (bits >>> i & 1) == 1 ? q : 1 - q;
                }
                ofRate += probability * Math.exp(ofRates.logE(n, Integer.bitCount(bits)));
                ofPairs += probability * Math.exp(ofPair.logE(lagged(bits, n, 1)));
            }
            assertThat(ofRate).isLessThanOrEqualTo(1 + ROUNDING);
            assertThat(ofPairs).isLessThanOrEqualTo(1 + ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void noFamilyGainsAtAConstantRate(double rate) {
        // the bit of an element's context that is known beforehand: here, whether its index is odd
        List<Function<Design, Family>> families = List.of(
                Family::position,
                Family::dispersion,
                design -> Family.across(design, "call"),
                Family::contexts,
                design -> Family.strata(design, List.of("odd")));
        for (Function<Design, Family> family : families) {
            for (double resolution : new double[] {0, 0.01}) {
                Design design = Design.of(resolution, rate);
                int n = 7;
                double[] logE = new double[1 << n];
                for (int bits = 0; bits < 1 << n; bits++) {
                    logE[bits] = evidence(() -> family.apply(design), bits, n, rate);
                }
                for (double q : new double[] {0.05, 0.1, 0.3, 0.5, 0.8, 0.9, rate - resolution, rate + resolution}) {
                    assertThat(expectation(n, q, bits -> logE[bits])).isLessThanOrEqualTo(1 + ROUNDING);
                }
            }
        }
    }

    /** As two calls, the second of shape [rows, 2]. */
    private static double evidence(Supplier<Family> supplier, int bits, int n, double rate) {
        Family family = supplier.get();
        int first = 3;
        family.observe(draw(rate, Shape.of(first), bits));
        family.observe(draw(rate, Shape.of((n - first) / 2, 2), bits >>> first));
        return family.logE();
    }

    private static Draw draw(double rate, Shape shape, int bits) {
        return Draw.of(rate, shape, Masks.of(shape.size(), i -> (bits >>> i & 1) == 1))
                .with(Masks.of(shape.size(), i -> i % 2 == 1));
    }

    @Test
    void theConfidenceSequenceExcludesTheTruthNoMoreOftenThanItsLevel() {
        double alpha = 0.05;
        int n = 12;
        for (double q : new double[] {0.05, 0.1, 0.3, 0.5, 0.7, 0.9}) {
            double excluded = 0;
            for (int bits = 0; bits < 1 << n; bits++) {
                if (everExcludes(bits, n, q)) {
                    excluded += Masks.probability(bits, n, q);
                }
            }
            assertThat(excluded).isLessThanOrEqualTo(alpha);
        }
    }

    private static final Interval[][] INTERVALS = intervals();

    private static Interval[][] intervals() {
        Interval[][] intervals = new Interval[15][15];
        for (int n = 1; n < 15; n++) {
            for (int s = 0; s <= n; s++) {
                intervals[n][s] = new RateCount(n, s).interval(0.3, 0.05);
            }
        }
        return intervals;
    }

    private static boolean everExcludes(int bits, int size, double q) {
        for (int n = 1; n <= size; n++) {
            Interval interval = INTERVALS[n][Integer.bitCount(bits & (1 << n) - 1)];
            if (q < interval.low() || q > interval.high()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void evidenceIsNotOverstatedAtTenThousandMillionElements() {
        // against the terms of a bet on one rate, in exact decimal arithmetic, with logarithms to 40 digits by series
        long n = 10_000_000_000L;
        for (long excess : new long[] {0, 100_000, 1_000_000}) {
            long s = n / 2 + excess;
            double d = 0x1p-12;
            double logE = LogSpace.ratio(n - s, s, Math.log1p(-2 * d), Math.log1p(2 * d));
            double exact = exact(n, s, 2 * d);
            assertThat(logE).isBetween(exact - 1e-4, exact);
        }
    }

    /** s ln(1 + x) + (n - s) ln(1 - x), by Taylor's series in BigDecimal; x to the 13th is below 1e-42. */
    private static double exact(long n, long s, double x) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = BigDecimal.ONE;
        for (int k = 1; k <= 16; k++) {
            power = power.multiply(new BigDecimal(x));
            long count = k % 2 == 1 ? s - (n - s) : -n;
            sum = sum.add(power.multiply(BigDecimal.valueOf(count)).divide(BigDecimal.valueOf(k), new MathContext(60)));
        }
        return sum.doubleValue();
    }
}
