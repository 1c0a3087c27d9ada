package org.dropoutspec.operation.attention;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.golden.exact.Approximate;
import org.dropoutspec.golden.exact.ElementArithmetic;
import org.dropoutspec.golden.exact.SoftmaxDerivation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Attention under a given mask, to 120 digits, with the roundings of chapter ATTN. */
final class AttentionDerivation {
    private final OperationCall call;
    private final ElementArithmetic arithmetic;
    private final int examples;
    private final int queries;
    private final int keys;
    private final int width;
    private final int values;
    private final Approximate factor;
    private final Approximate scale;
    /** The probability of each key, by example and query. */
    private final List<List<Approximate>> probabilities = new ArrayList<>();

    AttentionDerivation(OperationCall call, boolean inverted) {
        this.call = call;
        Shape query = call.tensor("query").shape();
        this.arithmetic = new ElementArithmetic(call.tensor("query").dtype());
        this.examples = query.extent(0);
        this.queries = query.extent(1);
        this.width = query.extent(2);
        this.keys = call.tensor("key").shape().extent(1);
        this.values = call.tensor("value").shape().extent(2);
        this.factor = ElementArithmetic.factor(call.rate(), call.training(), inverted);
        this.scale = Approximate.exactly(ElementArithmetic.exact(call.number("scale")));
        for (int row = 0; row < examples * queries; row++) {
            List<Approximate> scores = new ArrayList<>();
            for (int s = 0; s < keys; s++) {
                scores.add(score(row, s));
            }
            probabilities.add(SoftmaxDerivation.of(arithmetic, scores));
        }
    }

    private Approximate score(int row, int s) {
        List<List<Approximate>> terms = new ArrayList<>();
        for (int e = 0; e < width; e++) {
            terms.add(List.of(scale, query(row, e), key(row, s, e)));
        }
        return arithmetic.sum(width + 5, terms);
    }

    private Approximate query(int row, int e) {
        return arithmetic.of(call.tensor("query"), row * width + e);
    }

    private Approximate key(int row, int s, int e) {
        return arithmetic.of(call.tensor("key"), (row / queries * keys + s) * width + e);
    }

    private Approximate value(int row, int s, int v) {
        return arithmetic.of(call.tensor("value"), (row / queries * keys + s) * values + v);
    }

    private boolean isKept(int row, int s) {
        return !call.training() || call.tensor("mask").bool(row * keys + s) != 0;
    }

    Map<String, Object> answer() {
        List<Approximate> output = new ArrayList<>();
        for (int row = 0; row < examples * queries; row++) {
            for (int v = 0; v < values; v++) {
                output.add(output(row, v));
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("output", arithmetic.expected(Shape.of(examples, queries, values), output));
        call.optionalTensor("grad_output").ifPresent(dy -> gradients(dy, answer));
        return answer;
    }

    private Approximate output(int row, int v) {
        List<List<Approximate>> terms = new ArrayList<>();
        for (int s = 0; s < keys; s++) {
            if (isKept(row, s)) {
                terms.add(List.of(probabilities.get(row).get(s), factor, value(row, s, v)));
            }
        }
        return arithmetic.sum(keys + 7, terms);
    }

    private void gradients(Tensor dy, Map<String, Object> answer) {
        List<List<Approximate>> dz = new ArrayList<>();
        for (int row = 0; row < examples * queries; row++) {
            dz.add(ofScores(dy, row));
        }
        List<Approximate> ofQuery = new ArrayList<>();
        for (int row = 0; row < examples * queries; row++) {
            for (int e = 0; e < width; e++) {
                List<List<Approximate>> terms = new ArrayList<>();
                for (int s = 0; s < keys; s++) {
                    terms.add(List.of(scale, dz.get(row).get(s), key(row, s, e)));
                }
                ofQuery.add(arithmetic.sum(keys + 6, terms));
            }
        }
        answer.put("grad_query", arithmetic.expected(call.tensor("query").shape(), ofQuery));
        List<Approximate> ofKey = new ArrayList<>();
        List<Approximate> ofValue = new ArrayList<>();
        for (int b = 0; b < examples; b++) {
            for (int s = 0; s < keys; s++) {
                for (int e = 0; e < width; e++) {
                    List<List<Approximate>> terms = new ArrayList<>();
                    for (int row = b * queries; row < (b + 1) * queries; row++) {
                        terms.add(List.of(scale, dz.get(row).get(s), query(row, e)));
                    }
                    ofKey.add(arithmetic.sum(queries + 6, terms));
                }
                for (int v = 0; v < values; v++) {
                    List<List<Approximate>> terms = new ArrayList<>();
                    for (int row = b * queries; row < (b + 1) * queries; row++) {
                        if (isKept(row, s)) {
                            terms.add(List.of(
                                    probabilities.get(row).get(s), factor, arithmetic.of(dy, row * values + v)));
                        }
                    }
                    ofValue.add(arithmetic.sum(queries + 7, terms));
                }
            }
        }
        answer.put("grad_key", arithmetic.expected(call.tensor("key").shape(), ofKey));
        answer.put("grad_value", arithmetic.expected(call.tensor("value").shape(), ofValue));
    }

    /** P (dP - r), with r the sum of P dP, or of the output times its gradient, which is equal but rounds otherwise. */
    private List<Approximate> ofScores(Tensor dy, int row) {
        List<Approximate> dp = new ArrayList<>();
        List<List<Approximate>> sum = new ArrayList<>();
        for (int s = 0; s < keys; s++) {
            List<List<Approximate>> terms = new ArrayList<>();
            for (int v = 0; isKept(row, s) && v < values; v++) {
                terms.add(List.of(arithmetic.of(dy, row * values + v), value(row, s, v), factor));
            }
            dp.add(arithmetic.sum(values + 6, terms));
            sum.add(List.of(probabilities.get(row).get(s), dp.get(s)));
        }
        List<List<Approximate>> other = new ArrayList<>();
        for (int v = 0; v < values; v++) {
            other.add(List.of(output(row, v), arithmetic.of(dy, row * values + v)));
        }
        Approximate r = arithmetic.sum(keys + 2, sum);
        BigDecimal error = r.error().max(arithmetic.sum(values + 2, other).error());
        Approximate mean = new Approximate(r.value().negate(), error);
        List<Approximate> dz = new ArrayList<>();
        for (int s = 0; s < keys; s++) {
            Approximate p = probabilities.get(row).get(s);
            dz.add(arithmetic.sum(4, List.of(List.of(p, dp.get(s)), List.of(p, mean))));
        }
        return dz;
    }
}
