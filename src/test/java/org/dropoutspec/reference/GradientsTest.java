package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Forward passes against their equations written out once more, backward passes against differences of the forward ones. */
class GradientsTest {
    private static final double ROUNDING = 1e-13;

    private final Random random = new Random(11);

    @Test
    void recurrentGradientsAreDifferencesOfTheLoss() {
        Tensor x = tensor(4, 2, 3);
        Tensor w = tensor(5, 3);
        Tensor u = tensor(5, 5);
        Tensor bias = tensor(5);
        Tensor dy = tensor(4, 2, 5);
        ElmanCell.Masks masks = new ElmanCell.Masks(mask(2, 3), 1.25, mask(2, 5), 2);
        ElmanCell.Gradients gradients = cell(w, u, bias, masks).backward(dy, x);
        Differences.require(
                gradients.input(), x, at -> loss(dy, cell(w, u, bias, masks).forward(at)));
        Differences.require(
                gradients.weightInput(),
                w,
                at -> loss(dy, cell(at, u, bias, masks).forward(x)));
        Differences.require(
                gradients.weightRecurrent(),
                u,
                at -> loss(dy, cell(w, at, bias, masks).forward(x)));
        Differences.require(
                gradients.bias(), bias, at -> loss(dy, cell(w, u, at, masks).forward(x)));
    }

    @Test
    void eachStepOfTheRecurrentCellIsItsEquation() {
        Tensor x = tensor(3, 2, 2);
        Tensor w = tensor(4, 2);
        Tensor u = tensor(4, 4);
        Tensor bias = tensor(4);
        ElmanCell.Masks masks = new ElmanCell.Masks(mask(2, 2), 1.25, mask(2, 4), 2);
        Tensor h = cell(w, u, bias, masks).forward(x);
        assertThat(h.shape()).isEqualTo(Shape.of(3, 2, 4));
        for (int t = 0; t < 3; t++) {
            for (int b = 0; b < 2; b++) {
                for (int k = 0; k < 4; k++) {
                    double a = bias.value(k);
                    for (int i = 0; i < 2; i++) {
                        a += w.value(k * 2 + i) * masks.input().bool(b * 2 + i) * 1.25 * x.value((t * 2 + b) * 2 + i);
                    }
                    for (int j = 0; j < 4 && t > 0; j++) {
                        double before = h.value(((t - 1) * 2 + b) * 4 + j);
                        a += u.value(k * 4 + j) * masks.recurrent().bool(b * 4 + j) * 2 * before;
                    }
                    assertThat(h.value((t * 2 + b) * 4 + k)).isCloseTo(Math.tanh(a), within(ROUNDING));
                }
            }
        }
    }

    @Test
    void gradientsOfDroppedWeightsAreDifferencesOfTheLoss() {
        Tensor x = tensor(3, 4);
        Tensor w = tensor(2, 4);
        Tensor bias = tensor(2);
        Tensor dy = tensor(3, 2);
        for (Tensor mask : new Tensor[] {mask(2, 4), mask(3, 2, 4)}) {
            DroppedWeights.Gradients gradients = DroppedWeights.backward(dy, x, w, mask, 1.25);
            Differences.require(gradients.input(), x, at -> loss(dy, DroppedWeights.forward(at, w, bias, mask, 1.25)));
            Differences.require(gradients.weight(), w, at -> loss(dy, DroppedWeights.forward(x, at, bias, mask, 1.25)));
            Differences.require(gradients.bias(), bias, at -> loss(dy, DroppedWeights.forward(x, w, at, mask, 1.25)));
            Tensor y = DroppedWeights.forward(x, w, bias, mask, 1.25);
            int each = mask.size() / 8 > 1 ? 8 : 0;
            for (int b = 0; b < 3; b++) {
                for (int o = 0; o < 2; o++) {
                    double sum = bias.value(o);
                    for (int i = 0; i < 4; i++) {
                        sum += mask.bool(b * each + o * 4 + i) * 1.25 * w.value(o * 4 + i) * x.value(b * 4 + i);
                    }
                    assertThat(y.value(b * 2 + o)).isCloseTo(sum, within(ROUNDING));
                }
            }
        }
    }

    @Test
    void alphaDropoutKeepsMeanAndVarianceOfItsEquation() {
        double alpha = -1.7580993408473766;
        Tensor x = tensor(3, 4);
        Tensor dy = tensor(3, 4);
        Tensor mask = mask(3, 4);
        for (double rate : new double[] {0, 0.25, 0.5, 0.9}) {
            double a = Math.pow((1 - rate) * (1 + rate * alpha * alpha), -0.5);
            Tensor y = AlphaDropout.forward(x, mask, rate);
            for (int i = 0; i < x.size(); i++) {
                double kept = mask.bool(i) == 1 ? x.value(i) : alpha;
                assertThat(y.value(i)).isCloseTo(a * kept - a * rate * alpha, within(ROUNDING));
            }
            Differences.require(
                    AlphaDropout.backward(dy, mask, rate), x, at -> loss(dy, AlphaDropout.forward(at, mask, rate)));
        }
        assertThat(AlphaDropout.forward(x, mask, 1)).isEqualTo(Tensor.full(DType.FLOAT64, x.shape(), 0));
        assertThat(AlphaDropout.backward(dy, mask, 1)).isEqualTo(Tensor.full(DType.FLOAT64, x.shape(), 0));
    }

    @Test
    void gaussianNoiseIsOnePlusItsDeviationTimesTheNormalDraw() {
        Tensor x = tensor(3, 5);
        Dropout dropout = new Dropout(9);
        Tensor noise = GaussianDropout.noise(x, 0.2, dropout);
        double[] normal = StandardNormal.draw(15, 9, 0);
        Tensor y = GaussianDropout.multiply(x, noise);
        for (int i = 0; i < 15; i++) {
            assertThat(noise.value(i)).isCloseTo(1 + 0.5 * normal[i], within(ROUNDING));
            assertThat(y.value(i)).isEqualTo(noise.value(i) * x.value(i));
        }
        double next = StandardNormal.draw(1, 9, 1)[0];
        assertThat(GaussianDropout.noise(x, 0.2, dropout).value(0)).isCloseTo(1 + 0.5 * next, within(ROUNDING));
        assertThat(GaussianDropout.noise(x, 1, new Dropout(9))).isEqualTo(Tensor.full(DType.FLOAT64, x.shape(), 0));
    }

    private static ElmanCell cell(Tensor w, Tensor u, Tensor bias, ElmanCell.Masks masks) {
        return new ElmanCell(new ElmanCell.Weights(w, u, bias), masks);
    }

    private static double loss(Tensor dy, Tensor y) {
        double sum = 0;
        for (int i = 0; i < y.size(); i++) {
            sum += dy.value(i) * y.value(i);
        }
        return sum;
    }

    private Tensor tensor(int... extents) {
        Shape shape = Shape.of(extents);
        return Tensor.of(
                DType.FLOAT64, shape, random.doubles(shape.size(), -1, 1).toArray());
    }

    private Tensor mask(int... extents) {
        Shape shape = Shape.of(extents);
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextInt(3) > 0;
        }
        return Tensor.ofBooleans(shape, kept);
    }
}
