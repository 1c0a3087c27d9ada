package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Shape;

/**
 * Reads calls of operations and their expectations from JSON. The form of each value shows what it is, so that no
 * operation need be known here: words have a {@code dtype}, a number has {@code bits} and no type.
 */
final class OperationParser {
    private OperationParser() {}

    static GoldenVector parse(Label label, VectorOperation operation, JsonNode call, JsonNode expected) {
        List<String> known = new ArrayList<>(List.of("op"));
        known.addAll(operation.fields().stream().sorted().toList());
        OperationCall read = OperationCall.of(operation.name());
        for (Map.Entry<String, JsonNode> field : call.only(known).fields().entrySet()) {
            if (!field.getKey().equals("op")) {
                read = read.with(field.getKey(), field(field.getKey(), field.getValue()));
            }
        }
        List<OperationExpectation> expectations = new ArrayList<>();
        for (JsonNode each : expected.elements()) {
            expectations.add(expectation(each));
        }
        return new GoldenVector.OfOperation(label, read, expectations);
    }

    private static OperationExpectation expectation(JsonNode node) {
        Map<String, String> when = ExpectationParser.when(node.required("when"));
        if (node.has("relation")) {
            ExpectationParser.requireRejected(node);
            return OperationExpectation.rejection(when);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> {
            if (!name.equals("when")) {
                answer.put(name, expected(value));
            }
        });
        return new OperationExpectation(when, false, answer);
    }

    private static Object expected(JsonNode node) {
        if (!node.isObject()) {
            return node.elements().stream().map(OperationParser::expected).toList();
        }
        if (node.has("dtype")) {
            return node.required("dtype").text().equals(WordType.BOOL.toString())
                    ? WordsParser.expectedMask(node)
                    : WordsParser.expected(node);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> fields.put(name, expected(value)));
        return fields;
    }

    /** A field of a call. By its name the protocol makes a list of integers a shape or axes. */
    private static Object field(String name, JsonNode node) {
        return switch (name) {
            case "noise_shape" -> shape(node);
            case "permutation" -> node.extents();
            case "seed" -> node.integer(0, Call.SEED_LIMIT - 1);
            default -> value(node);
        };
    }

    private static Shape shape(JsonNode node) {
        try {
            return Shape.of(node.extents());
        } catch (IllegalArgumentException bad) {
            throw BadVector.at(node, bad);
        }
    }

    private static Object value(JsonNode node) {
        if (node.value() instanceof Boolean) {
            return node.flag();
        } else if (node.value() instanceof Long) {
            return node.integer();
        } else if (!node.isObject()) {
            return node.elements().stream().map(OperationParser::value).toList();
        } else if (node.has("dtype")) {
            return node.required("dtype").text().equals(WordType.BOOL.toString())
                    ? WordsParser.parse(node, WordType.BOOL).tensor()
                    : WordsParser.floating(node);
        } else if (node.has("bits")) {
            return CallParser.rate(node);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        node.fields().forEach((name, field) -> fields.put(name, value(field)));
        return fields;
    }
}
