package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** What a vector expects, from its JSON. */
final class ExpectationParser {
    private static final Map<String, List<String>> CHOICES = Map.of(
            "rate_one", List.of("zeros", "reject"),
            "dropped_nonfinite", List.of("zero", "nan"),
            "scaling", List.of("inverted", "classic"));

    private static final String[] ANSWER = {"output", "grad_input", "mask"};

    private ExpectationParser() {}

    static List<Expectation> ofDropout(Node expected, Call call) {
        return each(expected, node -> {
            node.only("when", "relation", "output", "grad_input", "mask");
            Map<String, String> when = when(node.required("when"));
            if (node.optional("relation").isEmpty()) {
                return new Expectation(when, false, List.of(answer(node, call)), List.of());
            }
            node.only("when", "relation");
            String relation = node.required("relation").text();
            if (!relation.equals("rejected")) {
                throw node.bad("relation (" + relation + ") of a whole expectation must be rejected");
            }
            return Expectation.rejection(when);
        });
    }

    static List<Expectation> ofCalls(Node expected, List<Call> calls) {
        return each(expected, node -> {
            node.only("when", "answers", "same");
            List<Node> written = node.required("answers").elements();
            if (written.size() != calls.size()) {
                throw node.bad("answers (" + written.size() + ") must be one for each of " + calls.size() + " calls");
            }
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                answers.add(answer(written.get(i).only(ANSWER), calls.get(i)));
            }
            List<Same> same = node.optional("same").map(Node::elements).orElse(List.of()).stream()
                    .map(agreement -> same(agreement, calls, answers))
                    .toList();
            return new Expectation(when(node.required("when")), false, answers, same);
        });
    }

    private static Answer answer(Node node, Call call) {
        Optional<Expected> output = node.optional("output").map(WordsParser::expected);
        Optional<Expected> gradInput = node.optional("grad_input").map(WordsParser::expected);
        Optional<Expected> mask = node.optional("mask").map(WordsParser::expectedMask);
        output.ifPresent(field -> CallParser.requireLike(node, "output", field.tensor(), call));
        gradInput.ifPresent(field -> CallParser.requireLike(node, "grad_input", field.tensor(), call));
        mask.ifPresent(field -> CallParser.requireMask(node, field.tensor(), call));
        return new Answer(output, gradInput, mask);
    }

    private static Same same(Node node, List<Call> calls, List<Answer> answers) {
        node.only("field", "calls");
        String name = node.required("field").text();
        Field field = Field.named(name)
                .orElseThrow(() -> node.bad("field (" + name + ") must be output, grad_input or mask"));
        List<Integer> indices = node.required("calls").elements().stream()
                .map(index -> (int) index.integer(0, calls.size() - 1))
                .toList();
        if (indices.size() < 2 || indices.stream().distinct().count() < indices.size()) {
            throw node.bad("calls (" + indices + ") must be 2 or more, each once");
        }
        List<Optional<Tensor>> fields = indices.stream()
                .map(index -> answers.get(index)
                        .field(field)
                        .map(Expected::tensor)
                        .or(() -> field == Field.MASK ? calls.get(index).mask() : Optional.empty()))
                .toList();
        if (fields.get(0).isEmpty() || fields.stream().distinct().count() > 1) {
            throw node.bad(
                    "field (" + name + ") of calls " + indices + " must be there and the same in the vector too");
        }
        return new Same(field, indices);
    }

    private static List<Expectation> each(Node expected, Function<Node, Expectation> parse) {
        List<Expectation> expectations = expected.elements().stream().map(parse).toList();
        if (expectations.isEmpty()) {
            throw expected.bad("something must be expected");
        }
        for (int i = 1; i < expectations.size(); i++) {
            for (Expectation earlier : expectations.subList(0, i)) {
                if (earlier.overlaps(expectations.get(i))) {
                    throw expected.bad("expectations (" + earlier.when() + ", "
                            + expectations.get(i).when() + ") must not be for the same choices");
                }
            }
        }
        return expectations;
    }

    private static Map<String, String> when(Node node) {
        Map<String, String> when = new TreeMap<>();
        node.fields().forEach((choice, value) -> {
            if (!CHOICES.getOrDefault(choice, List.of()).contains(value.text())) {
                throw value.bad(
                        "choice (" + choice + ": " + value.text() + ") must be one of " + new TreeMap<>(CHOICES));
            }
            when.put(choice, value.text());
        });
        return when;
    }

    /** The one field of what a generator's vector expects. */
    static long[] ofGenerator(Node expected, String field, WordType type, int count) {
        List<Node> expectations = expected.elements();
        if (expectations.size() != 1) {
            throw expected.bad("expectations (" + expectations.size() + ") of a generator's vector must be 1");
        }
        Node node = expectations.get(0).only("when", field);
        if (!node.required("when").fields().isEmpty()) {
            throw node.bad("when must be empty for a generator");
        }
        long[] bits = WordsParser.exactly(node.required(field), type);
        if (bits.length != count) {
            throw expected.bad(field + " (" + bits.length + ") must have " + count + " words");
        }
        return bits;
    }
}
