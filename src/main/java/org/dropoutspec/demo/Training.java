package org.dropoutspec.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.MaxNorm;
import org.dropoutspec.reference.Network;
import org.dropoutspec.reference.Network.Dense;
import org.dropoutspec.reference.Network.Drop;
import org.dropoutspec.reference.Network.Layer;
import org.dropoutspec.reference.Network.Relu;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * One network in training: two hidden layers with ReLU and dropout after each, trained on all examples at once by
 * gradient descent with momentum. Examples and first weights follow from the seed, so networks of one seed differ only
 * by the drop rate. There is no weight decay, no limit on weights and no early end: only dropout, or nothing.
 */
final class Training {
    private static final double LEARNING_RATE = 0.03;
    private static final double MOMENTUM = 0.9;

    /**
     * One measurement of a network. Both losses are measured in evaluation, with nothing dropped.
     *
     * @param accuracy the share of the validation examples that are classified rightly
     * @param norm the mean length of the vectors of weights that lead into the hidden units
     */
    record Measured(int step, double trainingLoss, double validationLoss, double accuracy, double norm) {}

    private final double rate;
    private final long seed;
    private final Moons examples;
    private final Moons validation;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Dense> velocities = new ArrayList<>();
    private final List<Measured> history = new ArrayList<>();
    private long drawn;
    private int steps;

    /** @param width the number of units of each of the two hidden layers */
    Training(double rate, long seed, int examples, Moons validation, int width) {
        this.rate = rate;
        this.seed = seed;
        this.validation = validation;
        Random random = new Random(seed);
        this.examples = Moons.draw(examples, random);
        int[] units = {2, width, width, 2};
        for (int k = 1; k < units.length; k++) {
            layers.add(dense(units[k], units[k - 1], random));
            velocities.add(new Dense(new double[units[k]][units[k - 1]], new double[units[k]]));
            if (k < units.length - 1) {
                layers.addAll(List.of(new Relu(), new Drop(rate)));
                velocities.add(null);
                velocities.add(null);
            }
        }
        measure();
    }

    /** Normal weights of variance 2 / inputs, which ReLU layers keep in scale (He et al. 2015), and biases of 0. */
    private static Dense dense(int outputs, int inputs, Random random) {
        double[][] weight = new double[outputs][inputs];
        for (double[] row : weight) {
            for (int i = 0; i < inputs; i++) {
                row[i] = Math.sqrt(2.0 / inputs) * random.nextGaussian();
            }
        }
        return new Dense(weight, new double[outputs]);
    }

    double rate() {
        return rate;
    }

    long seed() {
        return seed;
    }

    Moons examples() {
        return examples;
    }

    List<Measured> history() {
        return history;
    }

    Measured last() {
        return history.get(history.size() - 1);
    }

    /** Trains {@code count} further steps, then measures. */
    void advance(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
        measure();
    }

    private void step() {
        List<Layer> thinned = thinned(examples.x().length);
        List<double[][]> activations = Network.forward(thinned, examples.x());
        List<Dense> gradients = Network.backward(thinned, examples.x(), activations, examples.target())
                .dense();
        for (int k = 0; k < layers.size(); k++) {
            if (layers.get(k) instanceof Dense dense) {
                Dense velocity = velocities.get(k);
                Dense gradient = gradients.get(k);
                descend(dense.bias(), velocity.bias(), gradient.bias());
                for (int unit = 0; unit < dense.weight().length; unit++) {
                    descend(dense.weight()[unit], velocity.weight()[unit], gradient.weight()[unit]);
                }
            }
        }
        steps++;
    }

    private static void descend(double[] weight, double[] velocity, double[] gradient) {
        for (int i = 0; i < weight.length; i++) {
            velocity[i] = MOMENTUM * velocity[i] - LEARNING_RATE * gradient[i];
            weight[i] += velocity[i];
        }
    }

    /** The network thinned by fresh masks for a batch of this size. */
    private List<Layer> thinned(int batch) {
        List<Tensor> masks = new ArrayList<>();
        for (Shape shape : Network.maskShapes(layers, batch, 2)) {
            masks.add(BernoulliMask.draw(shape, rate, seed, drawn++));
        }
        return Network.thinned(layers, masks);
    }

    private void measure() {
        double[][] logits = logits(layers, validation.x());
        int right = 0;
        for (int i = 0; i < logits.length; i++) {
            right += (logits[i][1] > logits[i][0] ? 1 : 0) == validation.target()[i] ? 1 : 0;
        }
        history.add(new Measured(
                steps,
                Network.loss(logits(layers, examples.x()), examples.target()),
                Network.loss(logits, validation.target()),
                right / (double) logits.length,
                norm()));
    }

    private double norm() {
        double sum = 0;
        int units = 0;
        for (Layer layer : layers.subList(0, layers.size() - 1)) {
            if (layer instanceof Dense dense) {
                for (double[] row : dense.weight()) {
                    sum += MaxNorm.norm(row);
                    units++;
                }
            }
        }
        return sum / units;
    }

    private static double[][] logits(List<Layer> layers, double[][] x) {
        List<double[][]> activations = Network.forward(layers, x);
        return activations.get(activations.size() - 1);
    }

    /** The log-odds of class 1 in evaluation. */
    double[] evaluated(double[][] x) {
        return logOdds(layers, x);
    }

    /** The same with dropout left on: one row for each of {@code draws} draws of the masks. */
    double[][] monteCarlo(double[][] x, int draws) {
        double[][] all = new double[draws][];
        for (int i = 0; i < draws; i++) {
            all[i] = logOdds(thinned(x.length), x);
        }
        return all;
    }

    private static double[] logOdds(List<Layer> layers, double[][] x) {
        double[][] logits = logits(layers, x);
        double[] odds = new double[logits.length];
        for (int i = 0; i < odds.length; i++) {
            odds[i] = logits[i][1] - logits[i][0];
        }
        return odds;
    }
}
