package org.dropoutspec.operation.network;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.golden.exact.Approximate;
import org.dropoutspec.golden.exact.ElementArithmetic;
import org.dropoutspec.golden.exact.SoftmaxDerivation;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A step of a network under given masks, to 120 digits, with the roundings of chapter NET carried between layers. */
final class NetworkDerivation {
    private final OperationCall call;
    private final boolean inverted;
    private final ElementArithmetic arithmetic;
    private final int examples;
    private final List<Map<?, ?>> layers;
    /** The inputs of each layer and, last, the outputs of the last one, by example. */
    private final List<List<List<Approximate>>> taken = new ArrayList<>();

    NetworkDerivation(OperationCall call, boolean inverted) {
        this.call = call;
        this.inverted = inverted;
        Tensor x = call.tensor("input");
        this.arithmetic = new ElementArithmetic(x.dtype());
        this.examples = x.shape().extent(0);
        this.layers = NetworkVectors.layers(call);
        List<List<Approximate>> rows = new ArrayList<>();
        int width = x.shape().extent(1);
        for (int b = 0; b < examples; b++) {
            List<Approximate> row = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                row.add(arithmetic.of(x, b * width + i));
            }
            rows.add(row);
        }
        taken.add(rows);
        for (int k = 0; k < layers.size(); k++) {
            taken.add(forward(k, taken.get(k)));
        }
    }

    private List<List<Approximate>> forward(int k, List<List<Approximate>> rows) {
        List<List<Approximate>> given = new ArrayList<>();
        for (int b = 0; b < examples; b++) {
            List<Approximate> row = new ArrayList<>();
            Map<?, ?> dense = dense(k);
            int units = dense == null ? rows.get(b).size() : bias(dense).size();
            for (int o = 0; o < units; o++) {
                row.add(dense == null ? passed(k, b, o, rows.get(b).get(o)) : sum(dense, rows.get(b), o));
            }
            given.add(row);
        }
        return given;
    }

    /** The dense layer at an index; null if the layer there is another one. */
    private @Nullable Map<?, ?> dense(int k) {
        return (Map<?, ?>) layers.get(k).get("dense");
    }

    private static Tensor bias(Map<?, ?> dense) {
        return (Tensor) NetworkLayers.required(dense, "bias");
    }

    private Approximate weight(Map<?, ?> dense, int o, int i, int inputs) {
        return arithmetic.of((Tensor) NetworkLayers.required(dense, "weight"), o * inputs + i);
    }

    private Approximate sum(Map<?, ?> dense, List<Approximate> x, int o) {
        List<List<Approximate>> terms = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            terms.add(List.of(x.get(i), weight(dense, o, i, x.size())));
        }
        terms.add(List.of(arithmetic.of(bias(dense), o)));
        return arithmetic.sum(x.size() + 3, terms);
    }

    /** An element, or its gradient, behind a ReLU or a dropout layer. */
    private Approximate passed(int k, int b, int unit, Approximate element) {
        if (layers.get(k).containsKey("relu")) {
            return isPositive(taken.get(k).get(b).get(unit)) ? element : Approximate.ZERO;
        }
        double rate =
                (Double) NetworkLayers.required((Map<?, ?>) NetworkLayers.required(layers.get(k), "dropout"), "rate");
        if (call.training() && !isKept(k, b, unit)) {
            return Approximate.ZERO;
        }
        Approximate factor = ElementArithmetic.factor(rate, call.training(), inverted);
        return factor.equals(Approximate.ONE) ? element : arithmetic.sum(4, List.of(List.of(element, factor)));
    }

    private static boolean isPositive(Approximate element) {
        if (!element.isZero() && element.value().abs().compareTo(element.error()) <= 0) {
            throw new IllegalArgumentException("what a ReLU takes must not be 0 but for rounding");
        }
        return element.value().signum() > 0;
    }

    private boolean isKept(int k, int b, int unit) {
        int index = 0;
        for (Map<?, ?> before : layers.subList(0, k)) {
            index += before.containsKey("dropout") ? 1 : 0;
        }
        Tensor mask = (Tensor) ((List<?>) call.required("masks")).get(index);
        return mask.bool(b * mask.shape().extent(1) + unit) != 0;
    }

    Map<String, Object> answer() {
        List<List<Approximate>> logits = taken.get(layers.size());
        List<List<Approximate>> losses = new ArrayList<>();
        Approximate part =
                Approximate.exactly(BigDecimal.ONE.divide(BigDecimal.valueOf(examples), ElementArithmetic.DIGITS));
        for (int b = 0; b < examples; b++) {
            losses.add(List.of(SoftmaxDerivation.loss(arithmetic, logits.get(b), target(b)), part));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("loss", arithmetic.expected(Shape.of(), List.of(arithmetic.sum(examples + 3, losses))));
        answer.put(
                "activations",
                taken.subList(1, taken.size()).stream().map(this::words).toList());
        if (call.flag("gradients")) {
            gradients(part, answer);
        }
        return answer;
    }

    private int target(int b) {
        return Math.toIntExact((Long) ((List<?>) call.required("target")).get(b));
    }

    private Expected words(List<List<Approximate>> rows) {
        List<Approximate> all = new ArrayList<>();
        rows.forEach(all::addAll);
        return arithmetic.expected(Shape.of(examples, rows.get(0).size()), all);
    }

    private void gradients(Approximate part, Map<String, Object> answer) {
        List<List<Approximate>> upstream = new ArrayList<>();
        for (int b = 0; b < examples; b++) {
            List<Approximate> probabilities =
                    SoftmaxDerivation.of(arithmetic, taken.get(layers.size()).get(b));
            List<Approximate> row = new ArrayList<>();
            for (int c = 0; c < probabilities.size(); c++) {
                List<List<Approximate>> terms = new ArrayList<>(List.of(List.of(probabilities.get(c), part)));
                if (c == target(b)) {
                    terms.add(List.of(Approximate.ONE.negate(), part));
                }
                row.add(arithmetic.sum(4, terms));
            }
            upstream.add(row);
        }
        List<Object> parameters = new ArrayList<>();
        for (int k = layers.size() - 1; k >= 0; k--) {
            Map<?, ?> dense = dense(k);
            parameters.add(0, dense == null ? Map.of() : ofParameters(k, dense, upstream));
            upstream = backward(k, upstream);
        }
        answer.put("gradients", parameters);
        answer.put("grad_input", words(upstream));
    }

    private List<List<Approximate>> backward(int k, List<List<Approximate>> upstream) {
        List<List<Approximate>> given = new ArrayList<>();
        for (int b = 0; b < examples; b++) {
            List<Approximate> row = new ArrayList<>();
            int inputs = taken.get(k).get(b).size();
            Map<?, ?> dense = dense(k);
            for (int i = 0; i < inputs; i++) {
                if (dense == null) {
                    row.add(passed(k, b, i, upstream.get(b).get(i)));
                    continue;
                }
                List<List<Approximate>> terms = new ArrayList<>();
                for (int o = 0; o < upstream.get(b).size(); o++) {
                    terms.add(List.of(upstream.get(b).get(o), weight(dense, o, i, inputs)));
                }
                row.add(arithmetic.sum(terms.size() + 3, terms));
            }
            given.add(row);
        }
        return given;
    }

    private Map<String, Object> ofParameters(int k, Map<?, ?> dense, List<List<Approximate>> upstream) {
        int inputs = taken.get(k).get(0).size();
        int outputs = bias(dense).size();
        List<Approximate> ofWeight = new ArrayList<>();
        List<Approximate> ofBias = new ArrayList<>();
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                List<List<Approximate>> terms = new ArrayList<>();
                for (int b = 0; b < examples; b++) {
                    terms.add(
                            List.of(upstream.get(b).get(o), taken.get(k).get(b).get(i)));
                }
                ofWeight.add(arithmetic.sum(examples + 3, terms));
            }
            List<List<Approximate>> terms = new ArrayList<>();
            for (int b = 0; b < examples; b++) {
                terms.add(List.of(upstream.get(b).get(o)));
            }
            ofBias.add(arithmetic.sum(examples + 3, terms));
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("weight", arithmetic.expected(Shape.of(outputs, inputs), ofWeight));
        parameters.put("bias", arithmetic.expected(Shape.of(outputs), ofBias));
        return parameters;
    }
}
