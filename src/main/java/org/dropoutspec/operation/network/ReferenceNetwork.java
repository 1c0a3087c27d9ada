package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.Network;
import org.dropoutspec.reference.Network.Layer;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The reference's network, computed in double throughout; the answer is rounded once to the type. */
final class ReferenceNetwork {
    private ReferenceNetwork() {}

    /** The three parts that a broken implementation may do in another way. */
    interface Way {
        Way SOUND = new Way() {};

        default List<double[][]> forward(List<Layer> thinned, double[][] input) {
            return Network.forward(thinned, input);
        }

        default double loss(List<Layer> thinned, List<double[][]> activations, int[] target) {
            return Network.loss(activations.get(activations.size() - 1), target);
        }

        /** @param again draws the masks of another step */
        default Network.Gradients backward(
                List<Layer> thinned, double[][] input, List<double[][]> activations, int[] target, Again again) {
            return Network.backward(thinned, input, activations, target);
        }
    }

    /** Thins the network again. */
    interface Again {
        List<Layer> thinned();
    }

    static OperationResult answer(OperationCall call, Dropout dropout, Way way) {
        List<Layer> layers = layers(call);
        Tensor x = call.tensor("input");
        DType dtype = x.dtype();
        int[] target = NetworkLayers.target(call);
        List<Tensor> masks =
                NetworkLayers.givenMasks(call).orElseGet(() -> call.training() ? drawn(call, dropout) : List.of());
        List<Layer> thinned = call.training() ? Network.thinned(layers, masks) : layers;
        double[][] input = NetworkLayers.rows(x);
        List<double[][]> activations = way.forward(thinned, input);
        double loss = way.loss(thinned, activations, target);
        OperationResult result = OperationResult.of("loss", dtype.value(dtype.round(loss)))
                .with(
                        "activations",
                        activations.stream().map(rows -> tensor(dtype, rows)).toList());
        result = call.training() ? result.with("masks", masks) : result;
        if (!call.has("gradients")) {
            return result;
        }
        Network.Gradients gradients =
                way.backward(thinned, input, activations, target, () -> Network.thinned(layers, drawn(call, dropout)));
        List<Map<String, Tensor>> named = new ArrayList<>();
        for (Network.Dense each : gradients.dense()) {
            named.add(
                    each == null
                            ? Map.of()
                            : NetworkLayers.parameters(
                                    tensor(dtype, each.weight()),
                                    Tensor.of(dtype, Shape.of(each.bias().length), each.bias())));
        }
        return result.with("gradients", named).with("grad_input", tensor(dtype, gradients.input()));
    }

    /** The layers, their rates held to the range of a probability. */
    private static List<Layer> layers(OperationCall call) {
        List<Layer> layers = new ArrayList<>();
        for (Map<String, Map<String, Object>> layer : NetworkLayers.of(call)) {
            if (layer.containsKey("dense")) {
                layers.add(new Network.Dense(
                        NetworkLayers.rows(NetworkLayers.weight(layer).orElseThrow()),
                        NetworkLayers.bias(layer).values()));
            } else if (layer.containsKey("relu")) {
                layers.add(new Network.Relu());
            } else {
                layers.add(new Network.Drop(
                        BernoulliMask.requireRate(NetworkLayers.rate(layer).orElseThrow())));
            }
        }
        return layers;
    }

    private static List<Tensor> drawn(OperationCall call, Dropout dropout) {
        List<Tensor> masks = new ArrayList<>();
        List<Shape> shapes = NetworkLayers.shapes(call);
        for (int k = 0; k < shapes.size(); k++) {
            Shape shape = shapes.get(k);
            NetworkLayers.rate(NetworkLayers.of(call).get(k))
                    .ifPresent(rate -> masks.add(dropout.drawMask(shape, rate)));
        }
        return masks;
    }

    static Tensor tensor(DType dtype, double[][] rows) {
        Tensor.Builder tensor = Tensor.builder(dtype, Shape.of(rows.length, rows.length == 0 ? 0 : rows[0].length));
        int at = 0;
        for (double[] row : rows) {
            for (double x : row) {
                tensor.setBits(at++, dtype.round(x));
            }
        }
        return tensor.build();
    }

    /** Whether anything is dropped. */
    static boolean drops(List<Layer> thinned) {
        return thinned.stream()
                .anyMatch(layer -> layer instanceof Network.Kept kept
                        && Arrays.stream(kept.factor())
                                .flatMapToDouble(Arrays::stream)
                                .anyMatch(factor -> factor == 0));
    }
}
