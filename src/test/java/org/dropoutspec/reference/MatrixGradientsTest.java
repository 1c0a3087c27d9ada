package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.dropoutspec.reference.Network.Dense;
import org.dropoutspec.reference.Network.Drop;
import org.dropoutspec.reference.Network.Layer;
import org.dropoutspec.reference.Network.Relu;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Attention and a network against their equations, and their backward passes against differences of the forward ones. */
class MatrixGradientsTest {
    private static final double ROUNDING = 1e-13;

    private final Random random = new Random(12);

    @Test
    void attentionIsItsEquation() {
        double[][] query = rows(2, 3);
        double[][] key = rows(4, 3);
        double[][] value = rows(4, 2);
        double[][] factor = {{2, 0, 2, 2}, {0, 2, 0, 2}};
        double[][] p = Attention.probabilities(query, key, 0.7);
        double[][] output = Attention.forward(p, factor, value);
        for (int l = 0; l < 2; l++) {
            double sum = 0;
            double[] weight = new double[4];
            for (int s = 0; s < 4; s++) {
                double score = query[l][0] * key[s][0] + query[l][1] * key[s][1] + query[l][2] * key[s][2];
                weight[s] = Math.exp(0.7 * score);
                sum += weight[s];
            }
            for (int v = 0; v < 2; v++) {
                double expected = 0;
                for (int s = 0; s < 4; s++) {
                    assertThat(p[l][s]).isCloseTo(weight[s] / sum, within(ROUNDING));
                    expected += factor[l][s] * weight[s] / sum * value[s][v];
                }
                assertThat(output[l][v]).isCloseTo(expected, within(ROUNDING));
            }
        }
        double[][] far = {{1000, 0, 0}};
        assertThat(Attention.probabilities(far, new double[][] {{1, 0, 0}, {0, 0, 0}}, 1)[0])
                .containsExactly(1, 0);
        assertThat(Attention.forward(new double[1][0], new double[1][0], new double[0][0])[0])
                .isEmpty();
    }

    @Test
    void attentionGradientsAreDifferencesOfTheLoss() {
        double[][] query = rows(2, 3);
        double[][] key = rows(4, 3);
        double[][] value = rows(4, 2);
        double[][] dy = rows(2, 2);
        double[][] factor = {{2, 0, 2, 2}, {0, 2, 0, 2}};
        double[][] p = Attention.probabilities(query, key, 0.7);
        Attention.Gradients gradients = Attention.backward(query, key, value, 0.7, p, factor, dy);
        DoubleSupplier loss = () -> {
            double[][] y = Attention.forward(Attention.probabilities(query, key, 0.7), factor, value);
            return dy[0][0] * y[0][0] + dy[0][1] * y[0][1] + dy[1][0] * y[1][0] + dy[1][1] * y[1][1];
        };
        Differences.require(gradients.query(), query, loss);
        Differences.require(gradients.key(), key, loss);
        Differences.require(gradients.value(), value, loss);
    }

    @Test
    void networkGradientsAreDifferencesOfTheLoss() {
        Dense first = new Dense(rows(5, 3), rows(1, 5)[0]);
        Dense last = new Dense(rows(4, 5), rows(1, 4)[0]);
        List<Layer> layers = List.of(new Drop(0.2), first, new Relu(), new Drop(0.5), last);
        assertThat(Network.maskShapes(layers, 2, 3)).containsExactly(Shape.of(2, 3), Shape.of(2, 5));
        Tensor inputs = Tensor.ofBooleans(Shape.of(2, 3), true, false, true, true, true, false);
        Tensor units = Tensor.ofBooleans(Shape.of(2, 5), true, false, true, true, false, false, true, true, true, true);
        List<Layer> thinned = Network.thinned(layers, List.of(inputs, units));
        double[][] x = rows(2, 3);
        int[] target = {3, 0};
        List<double[][]> activations = Network.forward(thinned, x);
        assertThat(activations.get(0)[0][0]).isEqualTo(x[0][0] * 1.25);
        assertThat(Math.abs(activations.get(0)[0][1])).isZero();
        double[] z = activations.get(4)[0];
        double[] other = activations.get(4)[1];
        double expected = Math.log(Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]) + Math.exp(z[3])) - z[3];
        expected += Math.log(Math.exp(other[0]) + Math.exp(other[1]) + Math.exp(other[2]) + Math.exp(other[3]));
        assertThat(Network.loss(activations.get(4), target)).isCloseTo((expected - other[0]) / 2, within(ROUNDING));
        Network.Gradients gradients = Network.backward(thinned, x, activations, target);
        DoubleSupplier loss = () -> Network.loss(Network.forward(thinned, x).get(4), target);
        Differences.require(gradients.input(), x, loss);
        Differences.require(gradients.dense().get(1).weight(), first.weight(), loss);
        Differences.require(new double[][] {gradients.dense().get(1).bias()}, new double[][] {first.bias()}, loss);
        Differences.require(gradients.dense().get(4).weight(), last.weight(), loss);
        Differences.require(new double[][] {gradients.dense().get(4).bias()}, new double[][] {last.bias()}, loss);
        assertThat(gradients.dense().get(0)).isNull();
        assertThat(gradients.dense().get(2)).isNull();
        assertThat(Network.forward(new Drop(0.5), x)).isDeepEqualTo(x);
        assertThat(Network.forward(new Relu(), new double[][] {{-1, 0, 2}})[0]).containsExactly(-0.0, 0, 2);
    }

    @Test
    void nothingGoesBackThroughAReluAtZero() {
        List<Layer> layers = List.of(new Relu());
        double[][] x = {{0, 2}};
        double[][] dx = Network.backward(layers, x, Network.forward(layers, x), new int[] {1})
                .input();
        assertThat(dx[0][0]).isZero();
        assertThat(dx[0][1]).isNotZero();
    }

    @Test
    void largeLogitsDoNotOverflow() {
        assertThat(Network.loss(new double[][] {{1000, 0}}, new int[] {0})).isZero();
    }

    private double[][] rows(int count, int width) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = random.doubles(width, -1, 1).toArray();
        }
        return rows;
    }
}
