package org.dropoutspec.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.dropoutspec.demo.Training.Measured;
import org.junit.jupiter.api.Test;

class DemonstrationTest {
    private static final Demonstration.Size SMALL = new Demonstration.Size(2, 60, 20, 12, 40, 6, List.of(0.0, 0.5));

    private final List<String> told = new ArrayList<>();
    private final Demonstration small = Demonstration.run(SMALL, told::add);

    @Test
    void twoRunsAreTheSameToTheLastCharacter() {
        List<String> again = new ArrayList<>();
        Demonstration second = Demonstration.run(SMALL, again::add);
        assertThat(again).isEqualTo(told);
        assertThat(second.summary()).isEqualTo(small.summary());
        assertThat(DemoPage.of(second)).isEqualTo(DemoPage.of(small));
    }

    @Test
    void itTellsTheLossesOfTheFirstStepAndOfTheLast() {
        assertThat(told).hasSize(3 + 2);
        assertThat(told.get(0)).isEqualTo("4 networks 2-6-6-2 learn 12 examples each; mean loss over 2 seeds:");
        assertThat(told.get(3)).startsWith("     0 ");
        assertThat(told.get(4)).startsWith("    60 ").endsWith(String.format(Locale.ROOT, "%.3f", validationLoss(0.5)));
    }

    private double validationLoss(double rate) {
        List<Training> seeds = small.of(rate);
        return (seeds.get(0).last().validationLoss() + seeds.get(1).last().validationLoss()) / 2;
    }

    @Test
    void networksOfOneSeedBeginAlikeAndPartByTheRate() {
        for (int seed = 0; seed < 2; seed++) {
            List<Measured> without = small.of(0).get(seed).history();
            List<Measured> with = small.of(0.5).get(seed).history();
            assertThat(without).extracting(Measured::step).containsExactly(0, 20, 40, 60);
            assertThat(with.get(0)).isEqualTo(without.get(0));
            assertThat(with.get(1)).isNotEqualTo(without.get(1));
        }
        assertThat(small.of(0).get(0).history()).isNotEqualTo(small.of(0).get(1).history());
    }

    @Test
    void theExamplesAreLearnt() {
        assertThat(small.trainings())
                .allSatisfy(training -> assertThat(training.last().trainingLoss())
                        .isLessThan(training.history().get(0).trainingLoss()));
    }

    @Test
    void monteCarloAtRateZeroIsEvaluationAndOtherwiseVaries() {
        double[][] x = {{0, 1}, {5, -5}};
        Training without = small.of(0).get(0);
        assertThat(without.monteCarlo(x, 3))
                .isDeepEqualTo(new double[][] {without.evaluated(x), without.evaluated(x), without.evaluated(x)});
        double[] deviations = Uncertainty.deviations(small.of(0.5).get(0), x);
        assertThat(deviations[0]).isPositive();
        assertThat(deviations[1]).isPositive();
    }

    @Test
    void evaluationIsTheSameEachTime() {
        Training training = small.of(0.5).get(0);
        assertThat(training.evaluated(new double[][] {{1, 2}})).isEqualTo(training.evaluated(new double[][] {{1, 2}}));
    }

    @Test
    void thePageHasItsPicturesAndNothingThatRunsOrIsLoaded() {
        String page = DemoPage.of(small);
        assertThat(page.split("<svg ", -1)).hasSize(1 + 6);
        assertThat(page).doesNotContain("NaN", "Infinity", "<script", "http:", "https:", "url(");
        assertThat(page).contains("in " + small.lowerWithDropout() + " of 2 seeds");
    }

    @Test
    void ofACoinTheEntropyIsLnTwoAndOfACertaintyNothing() {
        assertThat(Uncertainty.entropy(0.5)).isCloseTo(Math.log(2), within(2 * Math.ulp(1.0)));
        assertThat(Uncertainty.entropy(0)).isZero();
        assertThat(Uncertainty.entropy(1)).isZero();
    }

    /** A coordinate has the variance 1/2 of the circle at most, and the noise's: the mean of 2000 is off by .018. */
    @Test
    void theMoonsLieWhereTheirFormulaSays() {
        Moons moons = Moons.draw(4000, new Random(5));
        double[][] mean = new double[2][2];
        for (int i = 0; i < 4000; i++) {
            mean[moons.target()[i]][0] += moons.x()[i][0] / 2000;
            mean[moons.target()[i]][1] += moons.x()[i][1] / 2000;
        }
        assertThat(mean[0]).containsExactly(new double[] {0, 2 / Math.PI}, within(0.09));
        assertThat(mean[1]).containsExactly(new double[] {1, 0.5 - 2 / Math.PI}, within(0.09));
    }
}
