package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A sound network that rounds after every operation, the rates included. */
public final class CoarseNetwork {
    private final OperationCall call;
    private final DType dtype;
    private final Scaling scaling;
    private final List<Tensor> masks = new ArrayList<>();
    private final List<double[]> factors = new ArrayList<>();

    private CoarseNetwork(OperationCall call, Dropout dropout, Scaling scaling) {
        this.call = call;
        this.dtype = call.tensor("input").dtype();
        this.scaling = scaling;
        List<Shape> shapes = NetworkLayers.shapes(call);
        for (int k = 0; k < shapes.size(); k++) {
            Shape shape = shapes.get(k);
            factors.add(NetworkLayers.rate(NetworkLayers.of(call).get(k))
                    .map(rate -> factors(shape, BernoulliMask.requireRate(rate), dropout))
                    .orElse(new double[0]));
        }
    }

    public static OperationResult answer(OperationCall call, Dropout dropout, Scaling scaling) {
        return new CoarseNetwork(call, dropout, scaling).answer();
    }

    private double rounded(double x) {
        return dtype.value(dtype.round(x));
    }

    private double plus(double sum, double a, double b) {
        return rounded(sum + rounded(a * b));
    }

    private double[] factors(Shape shape, double rate, Dropout dropout) {
        double keep = rounded(1 - rounded(rate));
        boolean inverted = scaling == Scaling.INVERTED;
        double[] factor = new double[shape.size()];
        if (!call.training()) {
            java.util.Arrays.fill(factor, inverted ? 1 : keep);
            return factor;
        }
        int next = masks.size();
        masks.add(NetworkLayers.givenMasks(call)
                .map(given -> given.get(next))
                .orElseGet(() -> dropout.drawMask(shape, rate)));
        double scale = rate == 1 ? 0 : inverted ? rounded(1 / keep) : 1;
        for (int i = 0; i < factor.length; i++) {
            factor[i] = masks.get(next).bool(i) * scale;
        }
        return factor;
    }

    private OperationResult answer() {
        List<double[]> taken = new ArrayList<>(List.of(call.tensor("input").values()));
        List<Map<String, Map<String, Object>>> layers = NetworkLayers.of(call);
        List<Shape> shapes = NetworkLayers.shapes(call);
        List<Tensor> activations = new ArrayList<>();
        for (int k = 0; k < layers.size(); k++) {
            taken.add(forward(layers.get(k), taken.get(k), factors.get(k), shapes.get(k)));
            activations.add(Tensor.of(dtype, shapes.get(k), taken.get(k + 1)));
        }
        int[] target = NetworkLayers.target(call);
        double[] logits = taken.get(layers.size());
        int classes = logits.length / target.length;
        double[] dy = new double[logits.length];
        double loss = 0;
        for (int b = 0; b < target.length; b++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                largest = Math.max(largest, logits[b * classes + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum = rounded(sum + rounded(Math.exp(rounded(logits[b * classes + c] - largest))));
            }
            double log = rounded(rounded(Math.log(sum)) + largest);
            loss = rounded(loss + rounded(log - logits[b * classes + target[b]]));
            for (int c = 0; c < classes; c++) {
                double p = rounded(rounded(Math.exp(rounded(logits[b * classes + c] - largest))) / sum);
                dy[b * classes + c] = rounded(rounded(p - (c == target[b] ? 1 : 0)) / target.length);
            }
        }
        OperationResult result =
                OperationResult.of("loss", rounded(loss / target.length)).with("activations", activations);
        result = call.training() ? result.with("masks", masks) : result;
        return call.has("gradients") ? backward(result, taken, dy, target.length) : result;
    }

    private double[] forward(Map<String, Map<String, Object>> layer, double[] x, double[] factor, Shape shape) {
        double[] y = new double[shape.size()];
        int out = shape.extent(1);
        int in = x.length / shape.extent(0);
        for (int at = 0; at < y.length; at++) {
            if (layer.containsKey("dense")) {
                for (int i = 0; i < in; i++) {
                    double w = NetworkLayers.weight(layer).orElseThrow().value(at % out * in + i);
                    y[at] = plus(y[at], w, x[at / out * in + i]);
                }
                y[at] = rounded(y[at] + NetworkLayers.bias(layer).value(at % out));
            } else {
                y[at] = layer.containsKey("relu")
                        ? Math.max(0, x[at])
                        : factor[at] == 0 ? 0 : rounded(factor[at] * x[at]);
            }
        }
        return y;
    }

    private OperationResult backward(OperationResult forward, List<double[]> taken, double[] last, int examples) {
        List<Map<String, Tensor>> gradients = new ArrayList<>();
        double[] dy = last;
        for (int k = NetworkLayers.of(call).size() - 1; k >= 0; k--) {
            Map<String, Map<String, Object>> layer = NetworkLayers.of(call).get(k);
            double[] x = taken.get(k);
            double[] dx = new double[x.length];
            if (layer.containsKey("dense")) {
                int out = dy.length / examples;
                int in = x.length / examples;
                double[] dw = new double[out * in];
                double[] db = new double[out];
                for (int at = 0; at < dy.length; at++) {
                    db[at % out] = rounded(db[at % out] + dy[at]);
                    for (int i = 0; i < in; i++) {
                        int w = at % out * in + i;
                        int from = at / out * in + i;
                        dw[w] = plus(dw[w], dy[at], x[from]);
                        dx[from] = plus(
                                dx[from],
                                dy[at],
                                NetworkLayers.weight(layer).orElseThrow().value(w));
                    }
                }
                gradients.add(
                        0,
                        Map.of(
                                "weight",
                                Tensor.of(dtype, Shape.of(out, in), dw),
                                "bias",
                                Tensor.of(dtype, Shape.of(out), db)));
            } else {
                gradients.add(0, Map.of());
                for (int i = 0; i < dx.length; i++) {
                    boolean relu = layer.containsKey("relu");
                    dx[i] = relu ? x[i] > 0 ? dy[i] : 0 : rounded(factors.get(k)[i] * dy[i]);
                }
            }
            dy = dx;
        }
        return forward.with("gradients", gradients)
                .with("grad_input", Tensor.of(dtype, call.tensor("input").shape(), dy));
    }
}
