package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Tensor;

/** Reads the expectations of a vector from their JSON. */
final class ExpectationParser {
    private static final Map<String, List<String>> CHOICES = Map.of(
            "rate_one", List.of("zeros", "reject"),
            "dropped_nonfinite", List.of("zero", "nan"),
            "scaling", List.of("inverted", "classic"),
            "weight_mask", List.of("call", "example"));

    private static final String[] ANSWER = {"output", "grad_input", "mask"};

    private ExpectationParser() {}

    static List<Expectation> ofDropout(JsonNode expected, Call call) {
        return each(expected, node -> {
            node.only("when", "relation", "output", "grad_input", "mask");
            Map<String, String> when = when(node.required("when"));
            if (node.optional("relation").isEmpty()) {
                return new Expectation(when, false, List.of(answer(node, call)), List.of());
            }
            requireRejected(node);
            return Expectation.rejection(when);
        });
    }

    static void requireRejected(JsonNode node) {
        String relation = node.only("when", "relation").required("relation").text();
        if (!relation.equals("rejected")) {
            throw BadVector.at(node, "relation (" + relation + ") of a whole expectation must be rejected");
        }
    }

    static List<Expectation> ofCalls(JsonNode expected, List<Call> calls) {
        return each(expected, node -> {
            node.only("when", "answers", "same", "different");
            List<JsonNode> written = node.required("answers").elements();
            if (written.size() != calls.size()) {
                throw BadVector.at(
                        node, "answers (" + written.size() + ") must be one for each of " + calls.size() + " calls");
            }
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                answers.add(answer(written.get(i).only(ANSWER), calls.get(i)));
            }
            List<Same> same = node.optional("same").map(JsonNode::elements).orElse(List.of()).stream()
                    .map(agreement -> same(agreement, calls, answers))
                    .toList();
            List<Different> different = node.optional("different").map(JsonNode::elements).orElse(List.of()).stream()
                    .map(masks -> different(masks, calls, answers))
                    .toList();
            return new Expectation(when(node.required("when")), false, answers, same, different);
        });
    }

    private static Different different(JsonNode node, List<Call> calls, List<Answer> answers) {
        node.only("field", "calls");
        String field = node.required("field").text();
        if (!field.equals(Field.MASK.toString())) {
            throw BadVector.at(node, "field (" + field + ") that must be different can be mask alone");
        }
        List<Integer> indices = indices(node, calls);
        List<Call> drawing = indices.stream().map(calls::get).toList();
        for (Call call : drawing) {
            if (!call.training() || call.mask().isPresent()) {
                throw BadVector.at(node, "calls " + indices + " must all draw a mask");
            }
            if (!(call.rate() >= Different.LOWEST_RATE && call.rate() <= Different.HIGHEST_RATE)
                    || call.maskShape().size() < Different.FEWEST) {
                throw BadVector.at(
                        node,
                        "calls " + indices + " must draw " + Different.FEWEST + " elements or more at a rate from "
                                + Different.LOWEST_RATE + " to " + Different.HIGHEST_RATE
                                + ", lest masks are the same by chance");
            }
        }
        if (drawing.stream().map(Call::maskShape).distinct().count() > 1) {
            throw BadVector.at(node, "calls " + indices + " must draw masks of one shape");
        }
        List<Expected> masks = indices.stream()
                .flatMap(index -> answers.get(index).mask().stream())
                .toList();
        if (masks.stream().distinct().count() < masks.size()) {
            throw BadVector.at(node, "masks of calls " + indices + " must be different in the vector too");
        }
        return new Different(indices);
    }

    private static List<Integer> indices(JsonNode node, List<Call> calls) {
        List<Integer> indices = node.required("calls").elements().stream()
                .map(index -> (int) index.integer(0, calls.size() - 1))
                .toList();
        if (indices.size() < 2 || indices.stream().distinct().count() < indices.size()) {
            throw BadVector.at(node, "calls (" + indices + ") must be 2 or more, each once");
        }
        return indices;
    }

    private static Answer answer(JsonNode node, Call call) {
        Optional<Expected> output = node.optional("output").map(WordsParser::expected);
        Optional<Expected> gradInput = node.optional("grad_input").map(WordsParser::expected);
        Optional<Expected> mask = node.optional("mask").map(WordsParser::expectedMask);
        output.ifPresent(field -> CallParser.requireLike(node, "output", field.tensor(), call));
        gradInput.ifPresent(field -> CallParser.requireLike(node, "grad_input", field.tensor(), call));
        mask.ifPresent(field -> CallParser.requireMask(node, field.tensor(), call));
        return new Answer(output, gradInput, mask);
    }

    private static Same same(JsonNode node, List<Call> calls, List<Answer> answers) {
        node.only("field", "calls");
        String name = node.required("field").text();
        Field field = Field.named(name)
                .orElseThrow(() -> BadVector.at(node, "field (" + name + ") must be output, grad_input or mask"));
        List<Integer> indices = indices(node, calls);
        List<Optional<Tensor>> fields = indices.stream()
                .map(index -> answers.get(index)
                        .field(field)
                        .map(Expected::tensor)
                        .or(() -> field == Field.MASK ? calls.get(index).mask() : Optional.empty()))
                .toList();
        if (fields.get(0).isEmpty() || fields.stream().distinct().count() > 1) {
            throw BadVector.at(
                    node, "field (" + name + ") of calls " + indices + " must be there and the same in the vector too");
        }
        return new Same(field, indices);
    }

    private static List<Expectation> each(JsonNode expected, Function<JsonNode, Expectation> parse) {
        List<Expectation> expectations = expected.elements().stream().map(parse).toList();
        if (expectations.isEmpty()) {
            throw BadVector.at(expected, "something must be expected");
        }
        for (int i = 1; i < expectations.size(); i++) {
            for (Expectation earlier : expectations.subList(0, i)) {
                if (earlier.overlaps(expectations.get(i))) {
                    throw BadVector.at(
                            expected,
                            "expectations (" + earlier.when() + ", "
                                    + expectations.get(i).when() + ") must not be for the same choices");
                }
            }
        }
        return expectations;
    }

    static Map<String, String> when(JsonNode node) {
        Map<String, String> when = new TreeMap<>();
        node.fields().forEach((choice, value) -> {
            if (!CHOICES.getOrDefault(choice, List.of()).contains(value.text())) {
                throw BadVector.at(
                        value,
                        "choice (" + choice + ": " + value.text() + ") must be one of " + new TreeMap<>(CHOICES));
            }
            when.put(choice, value.text());
        });
        return when;
    }

    /** The words of the single field that a vector of the generator expects. */
    static long[] ofGenerator(JsonNode expected, String field, WordType type, int count) {
        List<JsonNode> expectations = expected.elements();
        if (expectations.size() != 1) {
            throw BadVector.at(
                    expected, "expectations (" + expectations.size() + ") of a generator's vector must be 1");
        }
        JsonNode node = expectations.get(0).only("when", field);
        if (!node.required("when").fields().isEmpty()) {
            throw BadVector.at(node, "when must be empty for a generator");
        }
        long[] bits = WordsParser.exactly(node.required(field), type);
        if (bits.length != count) {
            throw BadVector.at(expected, field + " (" + bits.length + ") must have " + count + " words");
        }
        return bits;
    }
}
