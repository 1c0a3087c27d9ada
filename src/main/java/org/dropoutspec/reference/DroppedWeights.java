package org.dropoutspec.reference;

import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A dense layer whose weights are dropped, and its backpropagation.
 *
 * <p>Dropout masks the output of a layer; DropConnect masks its weights W. With B examples, I inputs and O outputs, s
 * the scale and m the mask:
 *
 * <pre>
 *   y[b,o]   = sum over i of  x[b,i] (m[o,i] W[o,i] s)  +  bias[o]
 *
 *   dx[b,i]  = sum over o of  dy[b,o] (m[o,i] W[o,i] s)
 *   dW[o,i]  = m[o,i] s  sum over b of  dy[b,o] x[b,i]
 *   dbias[o] = sum over b of  dy[b,o]
 * </pre>
 *
 * <p>The bias is neither dropped nor scaled. The mask is [O, I] when all examples share it, or [B, O, I] when each
 * example has its own. In evaluation m and s are 1.
 *
 * <p>Source: Wan, Zeiler, Zhang, LeCun, Fergus, "Regularization of Neural Networks using DropConnect", ICML 2013, which
 * draws a mask for each example. Here the weights are scaled in training, as inverted dropout does.
 */
public final class DroppedWeights {
    private DroppedWeights() {}

    /**
     * The gradients of a loss.
     *
     * @param input [B, I]
     * @param weight [O, I]
     * @param bias [O]
     */
    public record Gradients(Tensor input, Tensor weight, Tensor bias) {}

    /**
     * The forward pass.
     *
     * @param x the input [B, I]
     * @param weight [O, I]
     * @param bias [O]
     * @param mask a bool tensor, 1 = kept, [O, I] or [B, O, I]
     * @param scale the scale s of the kept weights, 1/(1 - rate) in training
     * @return y [B, O], computed in double precision and rounded once
     */
    public static Tensor forward(Tensor x, Tensor weight, Tensor bias, Tensor mask, double scale) {
        int inputs = weight.shape().extent(1);
        int outputs = weight.shape().extent(0);
        int examples = x.shape().extent(0);
        double[] in = x.values();
        double[] w = weight.values();
        Tensor.Builder y = Tensor.builder(x.dtype(), Shape.of(examples, outputs));
        for (int b = 0; b < examples; b++) {
            int first = first(mask, b);
            for (int o = 0; o < outputs; o++) {
                double sum = 0;
                for (int i = 0; i < inputs; i++) {
                    int at = o * inputs + i;
                    sum += mask.bool(first + at) == 0 ? 0 : in[b * inputs + i] * (w[at] * scale);
                }
                y.setBits(b * outputs + o, x.dtype().round(sum + bias.value(o)));
            }
        }
        return y.build();
    }

    /** The backward pass, with the mask and the scale of the forward pass and the upstream gradient dy [B, O]. */
    public static Gradients backward(Tensor gradOutput, Tensor x, Tensor weight, Tensor mask, double scale) {
        int inputs = weight.shape().extent(1);
        int outputs = weight.shape().extent(0);
        int examples = x.shape().extent(0);
        double[] dx = new double[x.size()];
        double[] dw = new double[weight.size()];
        double[] dbias = new double[outputs];
        for (int b = 0; b < examples; b++) {
            int first = first(mask, b);
            for (int o = 0; o < outputs; o++) {
                double dy = gradOutput.value(b * outputs + o);
                dbias[o] += dy;
                for (int i = 0; i < inputs; i++) {
                    int at = o * inputs + i;
                    if (mask.bool(first + at) != 0) {
                        dx[b * inputs + i] += dy * (weight.value(at) * scale);
                        dw[at] += dy * (x.value(b * inputs + i) * scale);
                    }
                }
            }
        }
        return new Gradients(
                Tensor.of(x.dtype(), x.shape(), dx),
                Tensor.of(x.dtype(), weight.shape(), dw),
                Tensor.of(x.dtype(), Shape.of(outputs), dbias));
    }

    /** The index at which the mask of an example begins. */
    private static int first(Tensor mask, int example) {
        Shape shape = mask.shape();
        return shape.rank() == 3 ? example * shape.extent(1) * shape.extent(2) : 0;
    }
}
