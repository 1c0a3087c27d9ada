package org.dropoutspec.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.dropoutspec.demo.Training.Measured;

/**
 * Networks that are trained side by side, one for each drop rate and seed.
 *
 * @param size what was run
 * @param trainings the networks, by rate and then by seed
 */
public record Demonstration(Size size, List<Training> trainings) {
    /** The rate that stands for dropout where only one rate can be shown. */
    static final double WITH = 0.5;

    /** The seed of the validation examples, which no network has. */
    private static final long VALIDATION_SEED = 0;

    /**
     * How much is run.
     *
     * @param seeds the number of networks of each rate; their seeds are 1, 2, ...
     * @param steps the number of training steps
     * @param every the number of steps from one measurement to the next
     * @param examples the number of examples to train on
     * @param validation the number of examples that no network is trained on
     * @param width the number of units of a hidden layer
     * @param rates the drop rates, among them 0 and 1/2
     */
    public record Size(int seeds, int steps, int every, int examples, int validation, int width, List<Double> rates) {
        /**
         * The size that the command runs. The learning rate was chosen after a look at another one, 0.1. With 1,200
         * steps, dropout had the lower loss in all of the first six seeds, but in only 13 of 20 others: a fair picture
         * takes a dozen seeds. The steps were then cut to 800 to save time.
         */
        public static final Size WHOLE = new Size(12, 800, 25, 50, 500, 24, List.of(0.0, 0.1, 0.25, WITH, 0.65, 0.8));
    }

    /**
     * Trains all networks.
     *
     * @param tell gets a line of progress now and then
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

    /** The networks of one rate, in the order of their seeds. */
    List<Training> of(double rate) {
        return trainings.stream().filter(training -> training.rate() == rate).toList();
    }

    /** The number of seeds for which the network with dropout has the lower validation loss in the end. */
    int lowerWithDropout() {
        List<Training> with = of(WITH);
        List<Training> without = of(0);
        int lower = 0;
        for (int i = 0; i < with.size(); i++) {
            lower += with.get(i).last().validationLoss() < without.get(i).last().validationLoss() ? 1 : 0;
        }
        return lower;
    }

    /** The results in two lines; the page has more. */
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
