package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often two masks must differ, and the evidence in pairs of masks that do not. */
class BinomialTest {

    @ParameterizedTest
    @CsvSource({"0.1, 0.12", "0.3, 0.300001", "0.5, 0.9", "0.001, 0.002", "0.98, 0.99"})
    void theDistanceIsWhatTwoMasksCannotHaveInCommon(double low, double high) {
        for (int n = 1; n <= 12; n++) {
            // coupled as closely as can be, both are a mask with the smaller of its two probabilities
            double alike = 0;
            for (int bits = 0; bits < 1 << n; bits++) {
                alike += Math.min(Masks.probability(bits, n, low), Masks.probability(bits, n, high));
            }
            double distance = new Binomial(n, low).distance(new Binomial(n, high));
            assertThat(distance).isBetween(1 - alike - 1e-12, 1 - alike + 1e-15);
        }
    }

    @Test
    void theDistanceOfLargeMasksIsThatOfNormalDistributionsNearlyAndNeverMore() {
        // 2 Phi(z/2) - 1 with z = d (n/(p (1-p)))^(1/2) = .2
        Binomial low = new Binomial(1_000_000, 0.5);
        assertThat(low.distance(new Binomial(1_000_000, 0.5001))).isBetween(0.0796, 0.0797);
        assertThat(new Binomial(4096, 0.3).distance(new Binomial(4096, 0.3 + 1e-9)))
                .isBetween(0.0, 5.6e-8);
    }

    @Test
    void pairsGainNothingHoweverTheyAreCoupled() {
        int pairs = 12;
        double least = new Binomial(9, 0.3).distance(new Binomial(9, 0.32));
        for (double differ : new double[] {least, 1.5 * least, 0.3, 0.9, 1}) {
            double sum = 0;
            for (int bits = 0; bits < 1 << pairs; bits++) {
                RateCount count = new RateCount(pairs, Integer.bitCount(bits));
                sum += Masks.probability(bits, pairs, differ) * Math.exp(count.logEAtLeast(least));
            }
            assertThat(sum).isLessThanOrEqualTo(1 + 1e-12);
        }
    }

    @Test
    void drawsToCompareAreAsManyAndAtAHigherRate() {
        Binomial draws = new Binomial(10, 0.5);
        assertThatThrownBy(() -> draws.distance(new Binomial(10, 0.4)))
                .hasMessage(
                        "draws (Binomial[size=10, rate=0.4]) must be as many as Binomial[size=10, rate=0.5] and at a"
                                + " higher rate");
        assertThatThrownBy(() -> new Binomial(10, 1)).hasMessage("rate (1.0) must be in (0, 1)");
    }
}
