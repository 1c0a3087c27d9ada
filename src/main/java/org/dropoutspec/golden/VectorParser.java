package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** One vector from its JSON. */
final class VectorParser {
    private static final Map<String, List<String>> CHOICES = Map.of(
            "rate_one", List.of("zeros", "reject"),
            "dropped_nonfinite", List.of("zero", "nan"),
            "scaling", List.of("inverted", "classic"));

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]*");

    private VectorParser() {}

    static GoldenVector parse(Node vector, Set<String> notes) {
        vector.only("id", "requirement", "flags", "comment", "call", "expected");
        Label label = label(vector, notes);
        Node call = vector.required("call");
        Node expected = vector.required("expected");
        String op = call.required("op").text();
        return switch (op) {
            case "dropout" -> dropout(label, call, expected);
            case "philox_block" -> {
                call.only("op", "counter", "key");
                yield new GoldenVector.OfBlock(
                        label,
                        words(call.required("counter"), WordType.UINT32, 4),
                        words(call.required("key"), WordType.UINT32, 2),
                        only(expected, "words", WordType.UINT32, 4));
            }
            case "philox_words" -> {
                call.only("op", "seed", "draw");
                yield new GoldenVector.OfWords(
                        label,
                        scalar(call.required("seed")),
                        scalar(call.required("draw")),
                        only(expected, "words", WordType.UINT32, 6));
            }
            case "words_to_mask" -> {
                call.only("op", "rate", "words");
                long[] words = WordsParser.parse(call.required("words"), WordType.UINT32)
                        .bits();
                double rate = rate(call.required("rate"));
                yield new GoldenVector.OfThreshold(
                        label, rate, words, only(expected, "mask", WordType.BOOL, words.length));
            }
            default -> throw call.bad("op (" + op + ") must be dropout, philox_block, philox_words or words_to_mask");
        };
    }

    private static Label label(Node vector, Set<String> notes) {
        Node flags = vector.required("flags");
        for (String flag : flags.texts()) {
            if (!notes.contains(flag)) {
                throw flags.bad("flag (" + flag + ") must be explained in the notes of the file");
            }
        }
        Node id = vector.required("id");
        if (!ID.matcher(id.text()).matches()) {
            throw id.bad("id (" + id.text() + ") must be of a-z, 0-9, - and .");
        }
        return new Label(
                id.text(),
                vector.required("requirement").text(),
                flags.texts(),
                vector.required("comment").text());
    }

    private static GoldenVector dropout(Label label, Node node, Node expected) {
        node.only("op", "training", "rate", "input", "mask", "grad_output", "seed", "noise_shape", "permutation");
        Tensor input = WordsParser.floating(node.required("input"));
        Optional<int[]> permutation = node.optional("permutation").map(Node::integers);
        Optional<Node> seed = node.optional("seed");
        Call call;
        try {
            call = new Call(
                    rate(node.required("rate")),
                    node.required("training").flag(),
                    input,
                    node.optional("grad_output").map(WordsParser::floating),
                    seed.isEmpty()
                            ? OptionalLong.empty()
                            : OptionalLong.of(seed.get().integer(0, Call.SEED_LIMIT - 1)),
                    node.optional("noise_shape").map(shape -> Shape.of(shape.integers())),
                    node.optional("mask")
                            .map(mask -> WordsParser.parse(mask, WordType.BOOL).tensor()),
                    permutation);
            call.shape();
        } catch (IllegalArgumentException bad) {
            throw node.bad(bad.getMessage());
        }
        call.gradOutput().ifPresent(gradient -> requireLike(node, "grad_output", gradient, call));
        call.mask().ifPresent(mask -> requireMask(node, mask, call));
        return new GoldenVector.OfDropout(label, call, expectations(expected, call));
    }

    private static List<Expectation> expectations(Node expected, Call call) {
        List<Expectation> expectations = new ArrayList<>();
        for (Node node : expected.elements()) {
            node.only("when", "relation", "output", "grad_input", "mask");
            Map<String, String> when = when(node.required("when"));
            if (node.optional("relation").isPresent()) {
                node.only("when", "relation");
                if (!node.required("relation").text().equals("rejected")) {
                    throw node.bad("relation (" + node.required("relation").text()
                            + ") of a whole expectation must be rejected");
                }
                expectations.add(Expectation.rejection(when));
                continue;
            }
            Expected output = WordsParser.expected(node.required("output"));
            requireLike(node, "output", output.tensor(), call);
            Optional<Expected> gradInput = node.optional("grad_input").map(WordsParser::expected);
            if (gradInput.isPresent() != call.gradOutput().isPresent()) {
                throw node.bad("grad_input must be there exactly when the call has grad_output");
            }
            gradInput.ifPresent(gradient -> requireLike(node, "grad_input", gradient.tensor(), call));
            Optional<Expected> mask = node.optional("mask").map(WordsParser::expectedMask);
            mask.ifPresent(drawn -> requireMask(node, drawn.tensor(), call));
            if (call.training() && call.mask().isPresent() == mask.isPresent()) {
                throw node.bad("a training vector must have one mask, in its call or in what it expects");
            }
            expectations.add(new Expectation(when, false, Optional.of(output), gradInput, mask));
        }
        requireOneForEveryChoice(expected, expectations);
        return expectations;
    }

    private static void requireOneForEveryChoice(Node expected, List<Expectation> expectations) {
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

    private static void requireLike(Node node, String name, Tensor tensor, Call call) {
        if (tensor.dtype() != call.input().dtype() || !tensor.shape().equals(call.shape())) {
            throw node.bad(name + " (" + tensor.dtype() + " " + tensor.shape() + ") must be as the input: "
                    + call.input().dtype() + " " + call.shape());
        }
    }

    private static void requireMask(Node node, Tensor mask, Call call) {
        if (!mask.shape().equals(call.maskShape()) || !mask.shape().broadcastsTo(call.shape())) {
            throw node.bad("mask (" + mask.shape() + ") must have the shape of the input or of noise_shape: "
                    + call.maskShape());
        }
    }

    private static double rate(Node node) {
        node.only("bits", "value");
        return Double.longBitsToDouble(
                WordsParser.word(node.required("bits"), node.required("value"), WordType.FLOAT64));
    }

    private static long scalar(Node node) {
        return words(node, WordType.UINT64, 1)[0];
    }

    private static long[] words(Node node, WordType type, int count) {
        long[] bits = WordsParser.parse(node, type).bits();
        if (bits.length != count) {
            throw node.bad("words (" + bits.length + ") must be " + count);
        }
        return bits;
    }

    private static long[] only(Node expected, String field, WordType type, int count) {
        long[] bits = WordsParser.exactly(single(expected, field), type);
        if (bits.length != count) {
            throw expected.bad(field + " (" + bits.length + ") must have " + count + " words");
        }
        return bits;
    }

    private static Node single(Node expected, String field) {
        List<Node> expectations = expected.elements();
        if (expectations.size() != 1) {
            throw expected.bad("expectations (" + expectations.size() + ") of a generator's vector must be 1");
        }
        Node node = expectations.get(0).only("when", field);
        if (!node.required("when").fields().isEmpty()) {
            throw node.bad("when must be empty for a generator");
        }
        return node.required(field);
    }
}
