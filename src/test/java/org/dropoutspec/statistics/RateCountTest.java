package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a count of drops says of a rate, beside its e-value: each held to its definition. */
class RateCountTest {
    /** ln of what q makes of the counts, over what p makes of them. */
    private static double likelihood(RateCount count, double q, double p) {
        return count.dropped() * Math.log(q / p) + count.kept() * Math.log((1 - q) / (1 - p));
    }

    @ParameterizedTest
    @CsvSource({"100, 30, 0.3, 1e-6", "100, 3, 0.5, 1e-10", "5000, 4990, 0.9, 0.05", "40, 20, 0.25, 0.5"})
    void anIntervalEndsWhereTheBetsRefuteARate(long elements, long dropped, double rate, double alpha) {
        RateCount count = new RateCount(elements, dropped);
        double won = RateMixture.around(rate).logE(elements, dropped);
        Interval interval = count.interval(rate, alpha);
        for (double end : new double[] {interval.low(), interval.high()}) {
            assertThat(won - likelihood(count, end, rate)).isCloseTo(-Math.log(alpha), within(1e-8));
        }
        assertThat(interval.low()).isLessThan(count.rate());
        assertThat(interval.high()).isGreaterThan(count.rate());
    }

    @Test
    void anIntervalReachesTheEndThatNothingRefutes() {
        assertThat(new RateCount(0, 0).interval(0.3, 0.1)).isEqualTo(new Interval(0, 1));
        assertThat(new RateCount(1000, 0).interval(0.3, 0.1).low()).isZero();
        assertThat(new RateCount(1000, 1000).interval(0.3, 0.1).high()).isOne();
        // one drop refutes rate 0 at any level, and one element kept rate 1
        assertThat(new RateCount(1000, 1).interval(0.3, 0.1).low()).isPositive();
        assertThat(new RateCount(1000, 999).interval(0.3, 0.1).high()).isLessThan(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void aLevelIsAProbability(double alpha) {
        assertThatThrownBy(() -> new RateCount(10, 3).interval(0.3, alpha))
                .hasMessage("alpha (" + alpha + ") must be in (0, 1)");
    }

    @Test
    void whatHasToHappenOftenEnoughHasARate() {
        assertThatThrownBy(() -> new RateCount(10, 3).logEAtLeast(1.5)).hasMessageContaining("rate (1.5)");
        // that it never happens is worth no more than how unlikely that is at the least rate
        assertThat(new RateCount(200, 0).logEAtLeast(0.3)).isBetween(0.8 * -200 * Math.log(0.7), -200 * Math.log(0.7));
        assertThat(new RateCount(200, 60).logEAtLeast(0.3)).isNegative();
    }

    /** Rounded up, and by no more than its slack of 2^-49. */
    @ParameterizedTest
    @CsvSource({"100, 30, 0.4", "100, 0, 0.4", "100, 100, 0.4", "1000000, 7, 0.001"})
    void aLikelihoodIsRoundedUp(long elements, long dropped, double q) {
        RateCount count = new RateCount(elements, dropped);
        double drops = dropped * Math.log(q / 0.5);
        double keeps = count.kept() * Math.log((1 - q) / 0.5);
        double slack = 0x1p-49 * (Math.abs(drops) + Math.abs(keeps));
        assertThat(count.likelihood(q, 0.5) - (drops + keeps)).isBetween(slack / 2, 2 * slack);
    }

    @Test
    void theExcessIsOverTheNearestRateWithinTheResolution() {
        assertThat(RateCount.NONE.excess(0.3)).isZero();
        assertThat(new RateCount(100, 30).excess(0.3)).isZero();
        RateCount count = new RateCount(100, 40);
        assertThat(count.excess(0.4, 0)).isZero();
        assertThat(count.excess(0.3, 0.2)).isZero();
        assertThat(count.excess(0.5, 0.2)).isZero();
        assertThat(count.excess(0.3)).isCloseTo(likelihood(count, 0.4, 0.3), within(1e-9));
        assertThat(count.excess(0.3, 0.05)).isCloseTo(likelihood(count, 0.4, 0.35), within(1e-9));
        assertThat(count.excess(0.6, 0.05)).isCloseTo(likelihood(count, 0.4, 0.55), within(1e-9));
    }

    /** By going through all counts. */
    @ParameterizedTest
    @CsvSource({"200, 0.3, 0, 5", "200, 0.3, 0.05, 5", "500, 0.5, 0, 20.7", "60, 0.5, 0, 12", "333, 0.9, 0.01, 3"})
    void whatCanBeDetectedIsTheNearestCountThatRejects(int elements, double rate, double resolution, double threshold) {
        double above = Double.POSITIVE_INFINITY;
        double below = Double.POSITIVE_INFINITY;
        for (int dropped = 0; dropped <= elements; dropped++) {
            if (new RateCount(elements, dropped).logE(rate, resolution) >= threshold) {
                double distance = (double) dropped / elements - rate;
                above = distance > 0 ? Math.min(above, distance) : above;
                below = distance < 0 ? Math.min(below, -distance) : below;
            }
        }
        assertThat(new RateCount(elements, elements / 2).detectable(rate, resolution, threshold))
                .isCloseTo(Math.max(above, below), within(1e-15));
    }

    @Test
    void nothingIsDetectedWhereNoCountRejects() {
        assertThat(new RateCount(10, 5).detectable(0.5, 0, 20)).isInfinite();
        // all dropped would reject, none dropped would not
        assertThat(new RateCount(30, 5).detectable(0.1, 0, 10)).isInfinite();
    }

    @Test
    void aCountSaysHowManyOfHowMany() {
        assertThat(new RateCount(10, 3)).hasToString("3 of 10");
    }
}
