package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bell is worth under independent draws, held to the sum over all counts. */
class BinomialWeightsTest {
    private static final double LEAST = 1e-30;

    private static double[] probabilities(int size, double rate) {
        double[] probabilities = {1};
        for (int n = 1; n <= size; n++) {
            double[] next = new double[n + 1];
            for (int k = 0; k < n; k++) {
                next[k] += probabilities[k] * (1 - rate);
                next[k + 1] += probabilities[k] * rate;
            }
            probabilities = next;
        }
        return probabilities;
    }

    /** Bells about where the counts are, narrower and wider than they scatter, and far from them. */
    @ParameterizedTest
    @CsvSource({
        "40, 0.3, 12, 2.4",
        "40, 0.3, 17.5, 0.6",
        "60, 0.5, 30, 4.8",
        "60, 0.5, 12, 1.2",
        "200, 0.7, 140, 9.6",
        "200, 0.7, 100.5, 2.4"
    })
    void theExpectationOfABellIsThatOverAllCounts(int size, double rate, double centre, double width) {
        Bell bell = new Bell(centre, width);
        double paid = 0;
        double logs = 0;
        double[] probabilities = probabilities(size, rate);
        for (int count = 0; count <= size; count++) {
            paid += probabilities[count] * Math.exp(bell.log(count));
            logs += probabilities[count] * Math.exp(bell.log(count)) * bell.log(count);
        }
        BinomialWeights.Expectation expectation = new BinomialWeights(size, rate, LEAST).expectation(bell);
        // rounded up, by less than the square of the number of weights times 2^-50
        assertThat(expectation.log()).isBetween(Math.log(paid) - 1e-13, Math.log(paid) + 1e-10);
        assertThat(expectation.growth()).isCloseTo(logs / paid - Math.log(paid), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"40, 0.3", "60, 0.5", "200, 0.97"})
    void theProbabilityOfAtLeastSoManyIsASum(int size, double rate) {
        double[] probabilities = probabilities(size, rate);
        double sum = 0;
        for (int count = size; count >= 0; count--) {
            sum += probabilities[count];
            assertThat(new BinomialWeights(size, rate, LEAST).atLeast(count)).isCloseTo(sum, within(1e-13));
        }
    }
}
