package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A vector as the tree of its JSON: the opposite of {@link VectorReader}. */
final class VectorTree {
    private VectorTree() {}

    static Map<String, Object> of(VectorFile file) {
        Map<String, Object> notes = new LinkedHashMap<>();
        file.notes().forEach((flag, note) -> notes.put(flag, object("hunts", note.hunts(), "source", note.source())));
        return object(
                "format",
                VectorFile.FORMAT,
                "topic",
                file.topic(),
                "about",
                file.about(),
                "notes",
                notes,
                "vectors",
                file.vectors().stream().map(VectorTree::of).toList());
    }

    static Map<String, Object> of(GoldenVector vector) {
        Label label = vector.label();
        Map<String, Object> tree = object(
                "id",
                label.id(),
                "requirement",
                label.requirement(),
                "flags",
                label.flags(),
                "comment",
                label.comment());
        if (vector instanceof GoldenVector.OfDropout dropout) {
            tree.put("call", call(dropout.call()));
            tree.put(
                    "expected",
                    dropout.expectations().stream().map(VectorTree::expectation).toList());
        } else if (vector instanceof GoldenVector.OfBlock block) {
            Map<String, Object> call = object("op", "philox_block");
            call.put("counter", vector(WordType.UINT32, block.counter()));
            call.put("key", vector(WordType.UINT32, block.key()));
            tree.put("call", call);
            tree.put("expected", always("words", vector(WordType.UINT32, block.words())));
        } else if (vector instanceof GoldenVector.OfWords words) {
            Map<String, Object> call = object("op", "philox_words");
            call.put("seed", words(WordType.UINT64, Shape.of(), words.seed()));
            call.put("draw", words(WordType.UINT64, Shape.of(), words.draw()));
            tree.put("call", call);
            tree.put("expected", always("words", vector(WordType.UINT32, words.words())));
        } else if (vector instanceof GoldenVector.OfThreshold threshold) {
            Map<String, Object> call = object("op", "words_to_mask", "rate", rate(threshold.rate()));
            call.put("words", vector(WordType.UINT32, threshold.words()));
            tree.put("call", call);
            tree.put("expected", always("mask", vector(WordType.BOOL, threshold.mask())));
        }
        return tree;
    }

    private static Map<String, Object> call(Call call) {
        Map<String, Object> tree = object("op", "dropout", "training", call.training(), "rate", rate(call.rate()));
        tree.put("input", tensor(call.input()));
        call.mask().ifPresent(mask -> tree.put("mask", tensor(mask)));
        call.gradOutput().ifPresent(gradient -> tree.put("grad_output", tensor(gradient)));
        call.seed().ifPresent(seed -> tree.put("seed", seed));
        call.noiseShape().ifPresent(shape -> tree.put("noise_shape", integers(shape.extents())));
        call.permutation().ifPresent(axes -> tree.put("permutation", integers(axes)));
        return tree;
    }

    private static Map<String, Object> expectation(Expectation expectation) {
        Map<String, Object> tree = object("when", expectation.when());
        if (expectation.rejected()) {
            tree.put("relation", "rejected");
        }
        put(tree, "output", expectation.output());
        put(tree, "grad_input", expectation.gradInput());
        put(tree, "mask", expectation.mask());
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, Optional<Expected> expected) {
        expected.ifPresent(value -> {
            Map<String, Object> field = tensor(value.tensor());
            field.put(
                    "relation",
                    value.relations().stream().map(Relation::toString).toList());
            tree.put(key, field);
        });
    }

    private static List<Object> always(String key, Map<String, Object> words) {
        int size = ((List<?>) words.get("bits")).size();
        words.put("relation", Collections.nCopies(size, Relation.BITS.toString()));
        return List.of(object("when", Map.of(), key, words));
    }

    private static Map<String, Object> tensor(Tensor tensor) {
        long[] bits = new long[tensor.size()];
        Arrays.setAll(bits, tensor::bits);
        return words(WordType.of(tensor.dtype()), tensor.shape(), bits);
    }

    private static Map<String, Object> vector(WordType type, long[] bits) {
        return words(type, Shape.of(bits.length), bits);
    }

    private static Map<String, Object> words(WordType type, Shape shape, long... bits) {
        List<Object> hex = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (long word : bits) {
            hex.add(type.hex(word));
            values.add(Rendering.of(type, word));
        }
        return object("dtype", type.toString(), "shape", integers(shape.extents()), "bits", hex, "values", values);
    }

    private static Map<String, Object> rate(double rate) {
        long word = Double.doubleToRawLongBits(rate);
        return object("bits", WordType.FLOAT64.hex(word), "value", Rendering.of(WordType.FLOAT64, word));
    }

    private static List<Long> integers(int[] values) {
        return Arrays.stream(values).mapToObj(value -> (long) value).toList();
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return object;
    }
}
