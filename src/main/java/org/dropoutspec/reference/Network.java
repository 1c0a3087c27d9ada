package org.dropoutspec.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A network of dense layers, ReLU and dropout under a softmax cross-entropy: forward pass, loss and backpropagation.
 *
 * <p>A training step with dropout draws a <em>thinned</em> network, in which each unit of a dropout layer is present or
 * absent, and then trains it as if there were no dropout. {@link #thinned} replaces each {@link Drop} by the units that
 * are kept; after that, the forward and backward passes involve no chance. In evaluation the network is not thinned,
 * and a {@link Drop} passes everything on.
 *
 * <p>A batch is a matrix with a row for each of B examples. With x the input of a layer and dy the gradient of its
 * output:
 *
 * <pre>
 *   dense     y = x W^T + b        dW = dy^T x     db = column sums of dy     dx = dy W
 *   ReLU      y = max(x, 0)        dx = dy where x &gt; 0, else 0
 *   kept      y = f * x            dx = f * dy       f is 1/(1 - p) for a unit that is kept, 0 for one that is dropped
 *   loss      the mean over the batch of  log(sum_c e^(z_c)) - z_t,  z the last layer's output, t the target
 *             dz = (softmax(z) - onehot(t)) / B
 * </pre>
 *
 * <p>Source: Srivastava et al. 2014, section 4 (the model) and 5.1 (backpropagation on the thinned network).
 */
public final class Network {
    private Network() {}

    /** A layer. */
    public sealed interface Layer permits Dense, Relu, Drop, Kept {}

    /** O rows of I weights, and O biases. */
    public record Dense(double[][] weight, double[] bias) implements Layer {}

    public record Relu() implements Layer {}

    /** A dropout layer, which drops each unit at this rate. */
    public record Drop(double rate) implements Layer {}

    /** What is left of a {@link Drop} in a thinned network: for each unit of each example 1/(1 - p), or 0. */
    public record Kept(double[][] factor) implements Layer {}

    /**
     * The shapes of the masks that the layers draw, in turn: a row for each example, an element for each unit.
     *
     * @param width of the input
     */
    public static List<Shape> maskShapes(List<Layer> layers, int examples, int width) {
        List<Shape> shapes = new ArrayList<>();
        int units = width;
        for (Layer layer : layers) {
            if (layer instanceof Dense dense) {
                units = dense.bias.length;
            } else if (layer instanceof Drop) {
                shapes.add(Shape.of(examples, units));
            }
        }
        return shapes;
    }

    /**
     * The thinned network that these masks give.
     *
     * @param masks one for each {@link Drop} in turn, true = kept
     */
    public static List<Layer> thinned(List<Layer> layers, List<Tensor> masks) {
        List<Layer> thinned = new ArrayList<>();
        int next = 0;
        for (Layer layer : layers) {
            thinned.add(layer instanceof Drop drop ? kept(masks.get(next++), drop.rate) : layer);
        }
        return thinned;
    }

    private static Kept kept(Tensor mask, double rate) {
        double scale = rate == 1 ? 0 : 1 / (1 - rate);
        double[][] factor = new double[mask.shape().extent(0)][mask.shape().extent(1)];
        for (int i = 0; i < mask.size(); i++) {
            int units = mask.shape().extent(1);
            factor[i / units][i % units] = mask.bool(i) * scale;
        }
        return new Kept(factor);
    }

    /** The outputs of all layers, in order. */
    public static List<double[][]> forward(List<Layer> layers, double[][] input) {
        List<double[][]> activations = new ArrayList<>();
        double[][] x = input;
        for (Layer layer : layers) {
            x = forward(layer, x);
            activations.add(x);
        }
        return activations;
    }

    /** The output of one layer. */
    public static double[][] forward(Layer layer, double[][] x) {
        if (layer instanceof Dense dense) {
            double[][] y = new double[x.length][];
            for (int b = 0; b < x.length; b++) {
                y[b] = dense.bias.clone();
                for (int o = 0; o < y[b].length; o++) {
                    double sum = 0;
                    for (int i = 0; i < x[b].length; i++) {
                        sum += dense.weight[o][i] * x[b][i];
                    }
                    y[b][o] += sum;
                }
            }
            return y;
        }
        double[][] y = new double[x.length][x.length == 0 ? 0 : x[0].length];
        for (int b = 0; b < y.length; b++) {
            for (int i = 0; i < y[b].length; i++) {
                y[b][i] = passes(layer, x, b, i) * x[b][i];
            }
        }
        return y;
    }

    /** The factor by which a layer without weights multiplies an element, forwards and backwards. */
    private static double passes(Layer layer, double[][] x, int b, int i) {
        if (layer instanceof Relu) {
            return x[b][i] > 0 ? 1 : 0;
        }
        return layer instanceof Kept kept ? kept.factor[b][i] : 1;
    }

    /**
     * The loss.
     *
     * @param logits B rows of C numbers, the output of the last layer
     * @param target the class of each example, from 0 to C - 1
     */
    public static double loss(double[][] logits, int[] target) {
        double sum = 0;
        for (int b = 0; b < logits.length; b++) {
            sum -= Math.log(softmax(logits[b])[target[b]]);
        }
        return sum / logits.length;
    }

    private static double[] softmax(double[] z) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double each : z) {
            largest = Math.max(largest, each);
        }
        double[] p = new double[z.length];
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            p[c] = Math.exp(z[c] - largest);
            sum += p[c];
        }
        for (int c = 0; c < z.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    /**
     * The gradients of the loss.
     *
     * @param dense for each layer in order, the gradients of its weights and biases; null for a layer that has none
     * @param input B rows
     */
    public record Gradients(List<Dense> dense, double[][] input) {}

    /** The backward pass of the thinned network whose forward pass gave these activations. */
    public static Gradients backward(List<Layer> layers, double[][] input, List<double[][]> activations, int[] target) {
        double[][] dy = lossGradient(activations.get(layers.size() - 1), target);
        Dense[] gradients = new Dense[layers.size()];
        for (int k = layers.size() - 1; k >= 0; k--) {
            double[][] x = k == 0 ? input : activations.get(k - 1);
            if (layers.get(k) instanceof Dense dense) {
                gradients[k] = gradient(dense, x, dy);
            }
            dy = backward(layers.get(k), x, dy);
        }
        return new Gradients(Arrays.asList(gradients), dy);
    }

    private static double[][] lossGradient(double[][] logits, int[] target) {
        double[][] dz = new double[logits.length][];
        for (int b = 0; b < dz.length; b++) {
            dz[b] = softmax(logits[b]);
            dz[b][target[b]] -= 1;
            for (int c = 0; c < dz[b].length; c++) {
                dz[b][c] /= dz.length;
            }
        }
        return dz;
    }

    private static Dense gradient(Dense dense, double[][] x, double[][] dy) {
        double[][] weight = new double[dense.weight.length][dense.weight.length == 0 ? 0 : dense.weight[0].length];
        double[] bias = new double[dense.bias.length];
        for (int b = 0; b < x.length; b++) {
            for (int o = 0; o < bias.length; o++) {
                bias[o] += dy[b][o];
                for (int i = 0; i < x[b].length; i++) {
                    weight[o][i] += dy[b][o] * x[b][i];
                }
            }
        }
        return new Dense(weight, bias);
    }

    private static double[][] backward(Layer layer, double[][] x, double[][] dy) {
        double[][] dx = new double[x.length][x.length == 0 ? 0 : x[0].length];
        for (int b = 0; b < dx.length; b++) {
            for (int i = 0; i < dx[b].length; i++) {
                if (layer instanceof Dense dense) {
                    for (int o = 0; o < dy[b].length; o++) {
                        dx[b][i] += dy[b][o] * dense.weight[o][i];
                    }
                } else {
                    dx[b][i] = passes(layer, x, b, i) * dy[b][i];
                }
            }
        }
        return dx;
    }
}
