package org.dropoutspec.golden.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Reads calls of dropout from their JSON. */
final class CallParser {
    private static final String[] FIELDS = {
        "training", "rate", "input", "mask", "grad_output", "seed", "noise_shape", "permutation"
    };

    /** The largest mask: a noise shape may be larger than an empty input, and must not ask for all memory. */
    private static final int LARGEST_MASK = 1 << 20;

    private CallParser() {}

    /** The calls of a vector that has several. */
    static List<Call> several(JsonNode node) {
        List<JsonNode> calls = node.only("op", "calls").required("calls").elements();
        if (calls.size() < 2) {
            throw BadVector.at(node, "calls (" + calls.size() + ") must be 2 or more; one alone is a dropout");
        }
        return calls.stream().map(CallParser::accepted).toList();
    }

    /** A call that is answered and not rejected, since nothing says what a rejection does to the calls after it. */
    private static Call accepted(JsonNode node) {
        Call call = parse(node);
        if (!(call.rate() >= 0 && call.rate() <= 1) || !call.maskShape().broadcastsTo(call.shape())) {
            throw BadVector.at(node, "a call among several must not be one to be rejected");
        }
        return call;
    }

    /** One call, whose object may also have the fields {@code others}. */
    static Call parse(JsonNode node, String... others) {
        node.only(Stream.concat(Arrays.stream(others), Arrays.stream(FIELDS)).toArray(String[]::new));
        Call call;
        try {
            call = call(node);
            call.shape();
        } catch (IllegalArgumentException bad) {
            throw BadVector.at(node, bad);
        }
        if (call.maskShape().size() > LARGEST_MASK) {
            throw BadVector.at(
                    node, "mask shape (" + call.maskShape() + ") must have at most " + LARGEST_MASK + " elements");
        }
        call.gradOutput().ifPresent(gradient -> requireLike(node, "grad_output", gradient, call));
        call.mask().ifPresent(mask -> requireMask(node, mask, call));
        if (call.mask().isPresent() && !call.training()) {
            throw BadVector.at(node, "an evaluation must have no mask");
        }
        if (call.mask().isPresent() && call.rate() == 1 && keepsAny(call.mask().get())) {
            throw BadVector.at(node, "a mask at rate 1 must keep nothing");
        }
        return call;
    }

    private static Call call(JsonNode node) {
        double rate = rate(node.required("rate"));
        Tensor input = WordsParser.floating(node.required("input"));
        Call call = node.required("training").flag() ? Call.training(rate, input) : Call.evaluation(rate, input);
        Optional<JsonNode> seed = node.optional("seed");
        if (seed.isPresent()) {
            call = call.withSeed(seed.get().integer(0, Call.SEED_LIMIT - 1));
        }
        call = with(call, node.optional("grad_output").map(WordsParser::floating), Call::withGradOutput);
        call = with(call, node.optional("noise_shape").map(shape -> Shape.of(shape.extents())), Call::withNoiseShape);
        call = with(
                call,
                node.optional("mask")
                        .map(mask -> WordsParser.parse(mask, WordType.BOOL).tensor()),
                Call::withMask);
        return with(call, node.optional("permutation").map(JsonNode::extents), Call::withPermutation);
    }

    private static <T> Call with(Call call, Optional<T> field, BiFunction<Call, T, Call> change) {
        return field.map(value -> change.apply(call, value)).orElse(call);
    }

    private static boolean keepsAny(Tensor mask) {
        return IntStream.range(0, mask.size()).anyMatch(cell -> mask.bits(cell) == 1);
    }

    static void requireLike(JsonNode node, String name, Tensor tensor, Call call) {
        if (tensor.dtype() != call.input().dtype() || !tensor.shape().equals(call.shape())) {
            throw BadVector.at(
                    node,
                    name + " (" + tensor.dtype() + " " + tensor.shape() + ") must be as the input: "
                            + call.input().dtype() + " " + call.shape());
        }
    }

    static void requireMask(JsonNode node, Tensor mask, Call call) {
        if (!mask.shape().equals(call.maskShape()) || !mask.shape().broadcastsTo(call.shape())) {
            throw BadVector.at(
                    node,
                    "mask (" + mask.shape() + ") must have the shape of the input or of noise_shape: "
                            + call.maskShape());
        }
    }

    static double rate(JsonNode node) {
        node.only("bits", "value");
        return Double.longBitsToDouble(
                WordsParser.word(node.required("bits"), node.required("value"), WordType.FLOAT64));
    }
}
