package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.reference.Network.Dense;
import org.dropoutspec.reference.Network.Drop;
import org.dropoutspec.reference.Network.Kept;
import org.dropoutspec.reference.Network.Layer;
import org.dropoutspec.reference.Network.Relu;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chapter "The identities" of the specification, over all masks of small networks.
 *
 * <p>The tolerance of each is what rounding can make. A sum of products, each a term of at most k roundings, whose
 * absolute values sum to at most M, is off by at most M k u / (1 - k u), with u = 2^-53 (Higham 2002, section 3.1). A
 * probability has 2 n roundings, 1 - p and a product for each element; what is kept has 3, 1 - p, its reciprocal and a
 * product; a dense layer of I inputs I + 1; a sum over 2^n masks 2^n.
 */
class IdentitiesTest {
    /** One mask of a network: how probable it is, and what it leaves. */
    private record Thinned(double probability, List<Layer> layers) {
        double[] output(double[] x) {
            List<double[][]> activations = Network.forward(layers, new double[][] {x});
            return activations.get(activations.size() - 1)[0];
        }

        /** The same without the scale of what is kept. */
        Thinned classic() {
            return new Thinned(
                    probability,
                    layers.stream()
                            .map(layer -> layer instanceof Kept kept ? new Kept(signs(kept.factor())) : layer)
                            .toList());
        }
    }

    /** All 2^n of one example. */
    private static List<Thinned> ensemble(List<Layer> layers, int width) {
        List<Shape> shapes = Network.maskShapes(layers, 1, width);
        List<Double> rates = layers.stream()
                .filter(Drop.class::isInstance)
                .map(layer -> ((Drop) layer).rate())
                .toList();
        int n = shapes.stream().mapToInt(Shape::size).sum();
        List<Thinned> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << n; bits++) {
            double probability = 1;
            List<Tensor> masks = new ArrayList<>();
            int rest = bits;
            for (int k = 0; k < shapes.size(); k++) {
                double[] mask = new double[shapes.get(k).size()];
                for (int i = 0; i < mask.length; i++, rest >>= 1) {
                    mask[i] = rest & 1;
                    probability *= mask[i] == 1 ? 1 - rates.get(k) : rates.get(k);
                }
                masks.add(Tensor.of(DType.BOOL, shapes.get(k), mask));
            }
            all.add(new Thinned(probability, Network.thinned(layers, masks)));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.75})
    void theExpectationOfTheOutputIsTheInputAndOfTheGradientTheUpstreamGradient(double rate) {
        Shape shape = Shape.of(1, 5);
        Tensor x = Tensor.of(DType.FLOAT64, shape, 3, -1.5, 0.1, 1e5, -7);
        double[] output = new double[5];
        double[] gradient = new double[5];
        for (Thinned thinned : ensemble(List.of(new Drop(rate)), 5)) {
            Kept kept = (Kept) thinned.layers.get(0);
            Tensor mask = Tensor.of(DType.BOOL, shape, signs(kept.factor())[0]);
            for (int i = 0; i < 5; i++) {
                output[i] +=
                        thinned.probability * Dropout.forward(x, mask, rate).value(i);
                gradient[i] +=
                        thinned.probability * Dropout.backward(x, mask, rate).value(i);
            }
        }
        for (int i = 0; i < 5; i++) {
            double off = off(32 + 10 + 4, Math.abs(x.value(i)));
            assertThat(output[i]).isCloseTo(x.value(i), within(off));
            assertThat(gradient[i]).isCloseTo(x.value(i), within(off));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.75})
    void linearLayersAveragedOverAllThinnedNetworksAreTheNetworkWithoutDropout(double rate) {
        List<Layer> layers = List.of(new Drop(rate), dense(4, 3, 1), new Drop(rate / 2), dense(2, 4, 2));
        double[] x = {1, -2, 0.3};
        double[] mean = new double[2];
        ensemble(layers, 3).forEach(thinned -> add(mean, thinned.probability, thinned.output(x)));
        assertClose(mean, new Thinned(1, layers).output(x), off(128 + 14 + 4 + 5 + 6, largest(layers, x)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.75, 1})
    void underClassicScalingTheyAreTheNetworkWithItsWeightsTimesOneMinusTheRate(double rate) {
        Dense first = dense(4, 3, 1);
        Dense second = dense(2, 4, 2);
        List<Layer> layers = List.of(new Drop(rate), first, new Drop(rate / 2), second);
        double[] x = {1, -2, 0.3};
        double[] mean = new double[2];
        ensemble(layers, 3)
                .forEach(thinned ->
                        add(mean, thinned.probability, thinned.classic().output(x)));
        List<Layer> scaled = List.of(scaled(1 - rate, first), scaled(1 - rate / 2, second));
        double off = off(128 + 14 + 2 + 5 + 6, largest(List.of(first, second), x));
        assertClose(mean, new Thinned(1, scaled).output(x), off);
    }

    /** x = (1, 1), w = (1, -1): of the four thinned networks one gives 2 and three give 0; without dropout it is 0. */
    @Test
    void withReluBetweenTheAverageIsNotTheNetworkWithoutDropout() {
        Dense difference = new Dense(new double[][] {{1, -1}}, new double[1]);
        List<Layer> layers = List.of(new Drop(0.5), difference, new Relu());
        double mean = 0;
        for (Thinned thinned : ensemble(layers, 2)) {
            mean += thinned.probability * thinned.output(new double[] {1, 1})[0];
        }
        assertThat(mean).isEqualTo(0.5);
        assertThat(new Thinned(1, layers).output(new double[] {1, 1})[0]).isZero();
    }

    /**
     * In logarithms: those of the geometric mean are the mean of the losses, negated. A loss of C classes whose logits
     * are at most M is at most 2 M + ln C, and off by what its logits are, twice, by C + 1 roundings of the softmax, and
     * by an ulp of each exponential, two roundings, and of the logarithm.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.75})
    void theNormalisedGeometricMeanOfSoftmaxLayersIsTheWeightScaledPrediction(double rate) {
        List<Layer> layers = List.of(new Drop(rate), dense(3, 5, 3));
        double[] x = {1, -0.5, 2, 0.25, -1};
        double[] geometric = new double[3];
        ensemble(layers, 5).forEach(thinned -> add(geometric, thinned.probability, logSoftmax(thinned.output(x))));
        double sum = Math.log(Math.exp(geometric[0]) + Math.exp(geometric[1]) + Math.exp(geometric[2]));
        for (int c = 0; c < 3; c++) {
            geometric[c] -= sum;
        }
        double most = 2 * largest(layers, x) + Math.log(3) + 1;
        double one = off(2 * 9 + 3 + 1 + 4, most);
        double mean = one + off(32 + 10, most);
        assertClose(geometric, logSoftmax(new Thinned(1, layers).output(x)), 2 * mean + 2 * one);
    }

    /** With logits (2 f, 0), f = 0 or 2: the predictions are 1/2 and 1/(1 + e^-4), their geometric mean 1/(1 + e^-2). */
    @Test
    void theArithmeticMeanOfSoftmaxLayersIsAnotherNumber() {
        Dense one = new Dense(new double[][] {{1}, {0}}, new double[2]);
        double mean = 0;
        for (Thinned thinned : ensemble(List.of(new Drop(0.5), one), 1)) {
            mean += thinned.probability * Math.exp(logSoftmax(thinned.output(new double[] {2}))[0]);
        }
        assertThat(mean).isCloseTo((0.5 + 1 / (1 + Math.exp(-4))) / 2, within(off(32, 1)));
        assertThat(mean).isLessThan(1 / (1 + Math.exp(-2)) - 0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.75})
    void theLossOfTrainingIsOnAverageAboveThatOfTheSameWeightsInEvaluation(double rate) {
        List<Layer> layers = List.of(new Drop(rate), dense(3, 5, 3));
        double[] x = {1, -0.5, 2, 0.25, -1};
        double[] mean = new double[3];
        ensemble(layers, 5).forEach(thinned -> add(mean, thinned.probability, logSoftmax(thinned.output(x))));
        double[] evaluation = logSoftmax(new Thinned(1, layers).output(x));
        for (int target = 0; target < 3; target++) {
            assertThat(-mean[target]).isGreaterThan(-evaluation[target] + 1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.75})
    void theExpectedSquaredLossOfALinearModelIsTheLossPlusItsAdaptivePenaltyAndSoIsItsGradient(double rate) {
        Dense model = dense(1, 4, 4);
        List<Layer> layers = List.of(new Drop(rate), model);
        double[] x = {1, -2, 0.5, 3};
        double[] w = model.weight()[0];
        double target = 0.7;
        double loss = 0;
        double[] gradient = new double[4];
        for (Thinned thinned : ensemble(layers, 4)) {
            double dy = thinned.output(x)[0] - target;
            loss += thinned.probability * dy * dy;
            double[] taken = Network.forward(thinned.layers.get(0), new double[][] {x})[0];
            add(gradient, thinned.probability * 2 * dy, taken);
        }
        double dy = new Thinned(1, layers).output(x)[0] - target;
        double penalty = 0;
        double[] expected = new double[4];
        for (int i = 0; i < 4; i++) {
            penalty += rate / (1 - rate) * x[i] * x[i] * w[i] * w[i];
            expected[i] = 2 * dy * x[i] + 2 * rate / (1 - rate) * x[i] * x[i] * w[i];
        }
        double most = largest(layers, x) + target;
        int roundings = 16 + 8 + 2 * (3 + 5 + 1) + 4;
        assertThat(loss).isCloseTo(dy * dy + penalty, within(off(2 * roundings, most * most)));
        assertClose(gradient, expected, off(2 * roundings, 2 * most * 3 / (1 - rate)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.75})
    void varianceAndCovarianceOfLinearOutputsOverTheMasksHaveTheirClosedForm(double rate) {
        Dense model = dense(2, 5, 5);
        List<Layer> layers = List.of(new Drop(rate), model);
        double[] x = {1, -2, 0.5, 3, -0.1};
        double[] mean = new Thinned(1, layers).output(x);
        double[][] covariance = new double[2][2];
        for (Thinned thinned : ensemble(layers, 5)) {
            double[] y = thinned.output(x);
            for (int i = 0; i < 4; i++) {
                covariance[i / 2][i % 2] += thinned.probability * (y[i / 2] - mean[i / 2]) * (y[i % 2] - mean[i % 2]);
            }
        }
        double most = 2 * largest(layers, x);
        double off = off(2 * (32 + 10 + 2 * (3 + 6 + 1) + 2), most * most);
        for (int i = 0; i < 4; i++) {
            assertThat(covariance[i / 2][i % 2])
                    .isCloseTo(covariance(model.weight()[i / 2], model.weight()[i % 2], x, rate), within(off));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theSampleVarianceOfMonteCarloDropoutHasThatVarianceForItsExpectation(int draws) {
        double rate = 0.3;
        Dense model = dense(1, 3, 6);
        List<Layer> layers = List.of(new Drop(rate), model);
        double[] x = {1, -2, 0.5};
        List<Thinned> ensemble = ensemble(layers, 3);
        int tuples = 1 << 3 * draws;
        double expected = 0;
        for (int tuple = 0; tuple < tuples; tuple++) {
            double probability = 1;
            double[] y = new double[draws];
            for (int draw = 0; draw < draws; draw++) {
                Thinned thinned = ensemble.get(tuple >> 3 * draw & 7);
                probability *= thinned.probability;
                y[draw] = thinned.output(x)[0];
            }
            expected += probability * sampleVariance(y);
        }
        double most = 2 * largest(layers, x);
        int roundings = tuples + 7 * draws + 2 * (3 + 4 + draws + 2) + draws + 2;
        assertThat(expected)
                .isCloseTo(
                        covariance(model.weight()[0], model.weight()[0], x, rate),
                        within(off(2 * roundings, draws * most * most)));
    }

    private static double sampleVariance(double[] y) {
        double mean = 0;
        for (double each : y) {
            mean += each / y.length;
        }
        double sum = 0;
        for (double each : y) {
            sum += (each - mean) * (each - mean);
        }
        return sum / (y.length - 1);
    }

    private static double covariance(double[] w, double[] v, double[] x, double rate) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * x[i] * w[i] * v[i];
        }
        return rate / (1 - rate) * sum;
    }

    /** How far a sum can be off whose terms have so many roundings, and absolute values that sum to at most that. */
    private static double off(int roundings, double magnitude) {
        double ku = roundings * 0x1p-53;
        return ku / (1 - ku) * magnitude;
    }

    /** The largest sum of absolute values that an output of linear layers can have under any mask. */
    private static double largest(List<Layer> layers, double[] x) {
        double[][] y = {absolute(x)};
        for (Layer layer : layers) {
            if (layer instanceof Drop drop) {
                y = new double[][] {times(1 / (1 - drop.rate()), y[0])};
            } else {
                Dense dense = (Dense) layer;
                double[][] weight = dense.weight().clone();
                for (int o = 0; o < weight.length; o++) {
                    weight[o] = absolute(weight[o]);
                }
                y = Network.forward(new Dense(weight, absolute(dense.bias())), y);
            }
        }
        double most = 0;
        for (double each : y[0]) {
            most = Math.max(most, each);
        }
        return most;
    }

    /** Weights and biases of a standard normal distribution. */
    private static Dense dense(int outputs, int inputs, int seed) {
        double[][] weight = new double[outputs][];
        for (int o = 0; o < outputs; o++) {
            weight[o] = StandardNormal.draw(inputs, seed, o);
        }
        return new Dense(weight, StandardNormal.draw(outputs, seed, outputs));
    }

    private static Dense scaled(double factor, Dense dense) {
        double[][] weight = dense.weight().clone();
        for (int o = 0; o < weight.length; o++) {
            weight[o] = times(factor, weight[o]);
        }
        return new Dense(weight, dense.bias());
    }

    private static double[] logSoftmax(double[] logits) {
        double[] log = new double[logits.length];
        for (int c = 0; c < log.length; c++) {
            log[c] = -Network.loss(new double[][] {logits}, new int[] {c});
        }
        return log;
    }

    private static void add(double[] sum, double weight, double[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[i];
        }
    }

    private static double[] times(double factor, double[] values) {
        double[] product = new double[values.length];
        add(product, factor, values);
        return product;
    }

    private static double[] absolute(double[] values) {
        double[] absolute = values.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] = Math.abs(absolute[i]);
        }
        return absolute;
    }

    private static double[][] signs(double[][] factor) {
        double[] signs = factor[0].clone();
        for (int i = 0; i < signs.length; i++) {
            signs[i] = Math.signum(signs[i]);
        }
        return new double[][] {signs};
    }

    private static void assertClose(double[] actual, double[] expected, double off) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("output " + i).isCloseTo(expected[i], within(off));
        }
    }
}
