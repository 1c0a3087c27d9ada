package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The layers of a network as a call carries them. */
final class NetworkLayers {
    private NetworkLayers() {}

    static Map<String, Object> dense(Tensor weight, Tensor bias) {
        return Map.of("dense", parameters(weight, bias));
    }

    /** Weight and bias in this order, on every JVM, so that reports of the same call are the same text. */
    static Map<String, Tensor> parameters(Tensor weight, Tensor bias) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("weight", weight);
        parameters.put("bias", bias);
        return Collections.unmodifiableMap(parameters);
    }

    static Map<String, Object> relu() {
        return Map.of("relu", Map.of());
    }

    static Map<String, Object> dropout(double rate) {
        return Map.of("dropout", Map.of("rate", rate));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Map<String, Object>>> of(OperationCall call) {
        return (List<Map<String, Map<String, Object>>>) call.required("layers");
    }

    /** The weight, if the layer is dense. */
    static Optional<Tensor> weight(Map<String, Map<String, Object>> layer) {
        return Optional.ofNullable(layer.get("dense")).map(dense -> (Tensor) dense.get("weight"));
    }

    /** An entry that a layer, or the parameters of one, must have. */
    static <T> T required(Map<?, ? extends T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    static Tensor bias(Map<String, Map<String, Object>> layer) {
        return (Tensor) required(required(layer, "dense"), "bias");
    }

    /** The drop rate, if the layer is a dropout layer. */
    static Optional<Double> rate(Map<String, Map<String, Object>> layer) {
        return Optional.ofNullable(layer.get("dropout")).map(dropout -> (Double) dropout.get("rate"));
    }

    /** The shape of the output of each layer. */
    static List<Shape> shapes(OperationCall call) {
        Shape shape = call.tensor("input").shape();
        List<Shape> shapes = new ArrayList<>();
        for (Map<String, Map<String, Object>> layer : of(call)) {
            if (layer.containsKey("dense")) {
                shape = Shape.of(shape.extent(0), bias(layer).size());
            }
            shapes.add(shape);
        }
        return shapes;
    }

    /** The shapes of the masks, one for each dropout layer. */
    static List<Shape> masks(OperationCall call) {
        List<Shape> shapes = shapes(call);
        List<Shape> masks = new ArrayList<>();
        for (int k = 0; k < shapes.size(); k++) {
            if (of(call).get(k).containsKey("dropout")) {
                masks.add(shapes.get(k));
            }
        }
        return masks;
    }

    @SuppressWarnings("unchecked")
    static Optional<List<Tensor>> givenMasks(OperationCall call) {
        return Optional.ofNullable((List<Tensor>) call.fields().get("masks"));
    }

    static int[] target(OperationCall call) {
        return ((List<?>) call.required("target"))
                .stream().mapToInt(each -> Math.toIntExact((Long) each)).toArray();
    }

    static double[][] rows(Tensor matrix) {
        double[] values = matrix.values();
        int columns = matrix.shape().extent(1);
        double[][] rows = new double[matrix.shape().extent(0)][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
        return rows;
    }
}
