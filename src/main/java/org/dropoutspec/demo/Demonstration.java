package org.dropoutspec.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.dropoutspec.demo.Training.Measured;

/**
 * Networks trained side by side: one for each drop rate and each seed.
 *
 * @param size what was run
 * @param trainings the rates in turn, for each all its seeds
 */
public record Demonstration(Size size, List<Training> trainings) {
    /** The rate that stands for dropout where only one can. */
    static final double WITH = 0.5;

    /** The validation examples are drawn from this seed, which no network has. */
    private static final long VALIDATION_SEED = 0;

    /**
     * How much is run.
     *
     * @param seeds networks of each rate; they have the seeds from 1 on
     * @param steps of training
     * @param every so many steps the networks are measured
     * @param examples to train on
     * @param validation examples that nothing is trained on
     * @param width units of a hidden layer
     * @param rates drop rates; 0 and 1/2 are among them
     */
    public record Size(int seeds, int steps, int every, int examples, int validation, int width, List<Double> rates) {
        /**
         * What the command runs. The learning rate was set after a look at another, 0.1. With six seeds dropout had the
         * lower loss in all with 1,200 steps, and in 13 of 20 others: it takes a dozen for a fair picture; the steps were cut to
         * 800 for time.
         */
        public static final Size WHOLE = new Size(12, 800, 25, 50, 500, 24, List.of(0.0, 0.1, 0.25, WITH, 0.65, 0.8));
    }

    /**
     * Trains all networks.
     *
     * @param tell takes a line now and then
     */
    public static Demonstration run(Size size, Consumer<String> tell) {
        Moons validation = Moons.draw(size.validation, new Random(VALIDATION_SEED));
        List<Training> trainings = new ArrayList<>();
        for (double rate : size.rates) {
            for (int seed = 1; seed <= size.seeds; seed++) {
                trainings.add(new Training(rate, seed, size.examples, validation, size.width));
            }
        }
        Demonstration all = new Demonstration(size, trainings);
        tell.accept(String.format(
                Locale.ROOT,
                "%d networks 2-%d-%d-2 learn %d examples each; mean loss over %d seeds:",
                trainings.size(),
                size.width,
                size.width,
                size.examples,
                size.seeds));
        tell.accept("           without dropout         dropout at rate " + WITH);
        tell.accept("  step   training validation   training validation");
        for (int step = 0; step < size.steps; step += size.every) {
            if (step / size.every % 5 == 0) {
                tell.accept(all.line());
            }
            trainings.parallelStream().forEach(training -> training.advance(size.every));
        }
        tell.accept(all.line());
        return all;
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "%6d   %8.3f %10.3f   %8.3f %10.3f",
                trainings.get(0).last().step(),
                mean(0, Measured::trainingLoss),
                mean(0, Measured::validationLoss),
                mean(WITH, Measured::trainingLoss),
                mean(WITH, Measured::validationLoss));
    }

    private double mean(double rate, ToDoubleFunction<Measured> what) {
        return of(rate).stream()
                .mapToDouble(training -> what.applyAsDouble(training.last()))
                .average()
                .orElseThrow();
    }

    /** The networks of one rate, a seed after the other. */
    List<Training> of(double rate) {
        return trainings.stream().filter(training -> training.rate() == rate).toList();
    }

    /** In how many seeds the network with dropout has the lower validation loss in the end. */
    int lowerWithDropout() {
        List<Training> with = of(WITH);
        List<Training> without = of(0);
        int lower = 0;
        for (int i = 0; i < with.size(); i++) {
            lower += with.get(i).last().validationLoss() < without.get(i).last().validationLoss() ? 1 : 0;
        }
        return lower;
    }

    /** What came out, in two lines: the page has more. */
    public List<String> summary() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "in the end the validation loss is lower with dropout in %d of %d seeds",
                        lowerWithDropout(),
                        size.seeds),
                String.format(
                        Locale.ROOT,
                        "validation accuracy: %.1f%% without, %.1f%% with (means)",
                        100 * mean(0, Measured::accuracy),
                        100 * mean(WITH, Measured::accuracy)));
    }
}
