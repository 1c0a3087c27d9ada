package org.dropoutspec.reference;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A recurrent cell with dropout of its input and of its previous state, and its backpropagation through time.
 *
 * <p>With input x over T steps, B examples of I elements, and a state h of H elements:
 *
 * <pre>
 *   a[t] = W (m_x x[t] s_x)  +  U (m_h h[t-1] s_h)  +  bias          h[-1] = 0
 *   h[t] = tanh(a[t])
 * </pre>
 *
 * <p>The masks m_x [B, I] and m_h [B, H] are drawn once for a sequence and used at all its steps, so that the network,
 * unrolled in time, is one thinned network. If m_h were drawn anew at each step, the state would soon be lost.
 * Backwards, from the last step to the first, with da[T] = 0:
 *
 * <pre>
 *   dh[t] = dy[t]  +  m_h s_h (U^T da[t+1])
 *   da[t] = dh[t] (1 - h[t]^2)
 *   dx[t] = m_x s_x (W^T da[t])
 *
 *   dW    = sum over t and b of  da[t] (m_x x[t] s_x)^T
 *   dU    = sum over t and b of  da[t] (m_h h[t-1] s_h)^T
 *   dbias = sum over t and b of  da[t]
 * </pre>
 *
 * <p>Source: Gal and Ghahramani, "A Theoretically Grounded Application of Dropout in Recurrent Neural Networks", NIPS
 * 2016, equation 7, for Elman's cell; scaled in training.
 */
public final class ElmanCell {
    private final int inputs;
    private final int states;
    private final Weights weights;
    private final Masks masks;

    /**
     * The weights that are learnt.
     *
     * @param input W [H, I]
     * @param recurrent U [H, H]
     * @param bias [H]
     */
    public record Weights(Tensor input, Tensor recurrent, Tensor bias) {}

    /**
     * The masks, 1 = kept, and their scales.
     *
     * @param input m_x [B, I]
     * @param inputScale s_x, 1/(1 - rate) in training
     * @param recurrent m_h [B, H]
     * @param recurrentScale s_h
     */
    public record Masks(Tensor input, double inputScale, Tensor recurrent, double recurrentScale) {
        double input(int index, double value) {
            return input.bool(index) == 0 ? 0 : value * inputScale;
        }

        double recurrent(int index, double value) {
            return recurrent.bool(index) == 0 ? 0 : value * recurrentScale;
        }
    }

    /** The gradients of a loss with respect to the input and the weights, each in the shape of its tensor. */
    public record Gradients(Tensor input, Tensor weightInput, Tensor weightRecurrent, Tensor bias) {}

    /** A cell for one sequence. */
    public ElmanCell(Weights weights, Masks masks) {
        this.states = weights.input().shape().extent(0);
        this.inputs = weights.input().shape().extent(1);
        this.weights = weights;
        this.masks = masks;
    }

    /**
     * The state at every step.
     *
     * @param x [T, B, I]
     * @return h [T, B, H], computed in double precision and rounded once
     */
    public Tensor forward(Tensor x) {
        Shape shape = x.shape();
        return Tensor.of(x.dtype(), Shape.of(shape.extent(0), shape.extent(1), states), unrolled(x));
    }

    private double[] unrolled(Tensor x) {
        int examples = x.shape().extent(1);
        double[] w = weights.input().values();
        double[] u = weights.recurrent().values();
        double[] bias = weights.bias().values();
        double[] h = new double[x.shape().extent(0) * examples * states];
        double[] in = new double[inputs];
        double[] back = new double[states];
        for (int row = 0; row < h.length / states; row++) { // one step of one example
            takeIn(x, row, examples, in);
            takeBack(h, row, examples, back);
            for (int k = 0; k < states; k++) {
                double a = bias[k];
                for (int i = 0; i < inputs; i++) {
                    a += w[k * inputs + i] * in[i];
                }
                for (int j = 0; j < states; j++) {
                    a += u[k * states + j] * back[j];
                }
                h[row * states + k] = Math.tanh(a);
            }
        }
        return h;
    }

    /** Computes m_x x[t] s_x for one step of one example. */
    private void takeIn(Tensor x, int row, int examples, double[] in) {
        for (int i = 0; i < inputs; i++) {
            in[i] = masks.input(row % examples * inputs + i, x.value(row * inputs + i));
        }
    }

    /** Computes m_h h[t-1] s_h for one step of one example. */
    private void takeBack(double[] h, int row, int examples, double[] back) {
        for (int j = 0; j < states; j++) {
            double before = row < examples ? 0 : h[(row - examples) * states + j];
            back[j] = masks.recurrent(row % examples * states + j, before);
        }
    }

    /** Backpropagation through time, from the upstream gradient dy [T, B, H] of every step. */
    public Gradients backward(Tensor gradOutput, Tensor x) {
        int examples = x.shape().extent(1);
        double[] w = weights.input().values();
        double[] u = weights.recurrent().values();
        double[] h = unrolled(x);
        double[] da = new double[h.length];
        double[] dx = new double[x.size()];
        double[] dw = new double[w.length];
        double[] du = new double[u.length];
        double[] dbias = new double[states];
        double[] in = new double[inputs];
        double[] back = new double[states];
        for (int row = h.length / states - 1; row >= 0; row--) {
            takeIn(x, row, examples, in);
            takeBack(h, row, examples, back);
            int next = row + examples;
            for (int k = 0; k < states; k++) {
                double returned = 0;
                for (int j = 0; j < states && next * states < h.length; j++) {
                    returned += u[j * states + k] * da[next * states + j];
                }
                int at = row * states + k;
                double dh = gradOutput.value(at) + masks.recurrent(row % examples * states + k, returned);
                da[at] = dh * (1 - h[at] * h[at]);
                dbias[k] += da[at];
                for (int i = 0; i < inputs; i++) {
                    dw[k * inputs + i] += da[at] * in[i];
                    dx[row * inputs + i] += masks.input(row % examples * inputs + i, w[k * inputs + i] * da[at]);
                }
                for (int j = 0; j < states; j++) {
                    du[k * states + j] += da[at] * back[j];
                }
            }
        }
        DType dtype = x.dtype();
        return new Gradients(
                Tensor.of(dtype, x.shape(), dx),
                Tensor.of(dtype, weights.input().shape(), dw),
                Tensor.of(dtype, weights.recurrent().shape(), du),
                Tensor.of(dtype, weights.bias().shape(), dbias));
    }
}
