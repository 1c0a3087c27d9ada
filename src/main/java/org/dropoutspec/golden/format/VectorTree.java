package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;

/** A file of vectors as a JSON tree: the inverse of {@link VectorReader}. */
public final class VectorTree {
    private VectorTree() {}

    public static Map<String, Object> of(VectorFile file) {
        Map<String, Object> notes = new LinkedHashMap<>();
        file.notes().forEach((flag, note) -> notes.put(flag, object("hunts", note.hunts(), "source", note.source())));
        Map<String, Object> tree = object(
                "format",
                file.format(),
                "topic",
                file.topic(),
                "about",
                file.about(),
                "count",
                (long) file.vectors().size(),
                "notes",
                notes);
        if (!file.retired().isEmpty()) {
            tree.put("retired", file.retired().stream().map(VectorTree::retired).toList());
        }
        tree.put("vectors", file.vectors().stream().map(VectorTree::of).toList());
        return tree;
    }

    private static Map<String, Object> retired(VectorFile.Retired retired) {
        return object("id", retired.id(), "reason", retired.reason(), "instead", retired.instead());
    }

    public static Map<String, Object> of(GoldenVector vector) {
        Label label = vector.label();
        return object(
                "id",
                label.id(),
                "requirement",
                label.requirement(),
                "flags",
                label.flags(),
                "needs",
                Need.of(vector).stream().map(Need::toString).toList(),
                "comment",
                label.comment(),
                "call",
                question(vector),
                "expected",
                answers(vector));
    }

    /** The question of a vector. */
    public static Map<String, Object> question(GoldenVector vector) {
        if (vector instanceof GoldenVector.OfBlock block) {
            return object(
                    "op",
                    "philox_block",
                    "counter",
                    WordsTree.vector(WordType.UINT32, block.counter()),
                    "key",
                    WordsTree.vector(WordType.UINT32, block.key()));
        } else if (vector instanceof GoldenVector.OfWords words) {
            return object(
                    "op",
                    "philox_words",
                    "seed",
                    WordsTree.scalar(WordType.UINT64, words.seed()),
                    "draw",
                    WordsTree.scalar(WordType.UINT64, words.draw()));
        } else if (vector instanceof GoldenVector.OfThreshold threshold) {
            return object(
                    "op",
                    "words_to_mask",
                    "rate",
                    WordsTree.rate(threshold.rate()),
                    "words",
                    WordsTree.vector(WordType.UINT32, threshold.words()));
        }
        if (vector instanceof GoldenVector.OfOperation operation) {
            return OperationTree.call(operation.call());
        }
        GoldenVector.OfDropout dropout = (GoldenVector.OfDropout) vector;
        Map<String, Object> tree = object("op", dropout.isSingle() ? "dropout" : "calls");
        if (dropout.isSingle()) {
            tree.putAll(call(dropout.call()));
        } else {
            tree.put("calls", dropout.calls().stream().map(VectorTree::call).toList());
        }
        return tree;
    }

    /** The expectations of a vector. */
    public static List<Object> answers(GoldenVector vector) {
        if (vector instanceof GoldenVector.OfBlock block) {
            return always("words", WordsTree.vector(WordType.UINT32, block.words()));
        } else if (vector instanceof GoldenVector.OfWords words) {
            return always("words", WordsTree.vector(WordType.UINT32, words.words()));
        } else if (vector instanceof GoldenVector.OfThreshold threshold) {
            return always("mask", WordsTree.vector(WordType.BOOL, threshold.mask()));
        }
        if (vector instanceof GoldenVector.OfOperation operation) {
            return OperationTree.expected(operation.expectations());
        }
        GoldenVector.OfDropout dropout = (GoldenVector.OfDropout) vector;
        List<Object> expected = new ArrayList<>();
        dropout.expectations().forEach(expectation -> expected.add(expectation(expectation, dropout.isSingle())));
        return expected;
    }

    private static Map<String, Object> call(Call call) {
        Map<String, Object> tree = object("training", call.training(), "rate", WordsTree.rate(call.rate()));
        tree.put("input", WordsTree.of(call.input()));
        call.mask().ifPresent(mask -> tree.put("mask", WordsTree.of(mask)));
        call.gradOutput().ifPresent(gradient -> tree.put("grad_output", WordsTree.of(gradient)));
        call.seed().ifPresent(seed -> tree.put("seed", seed));
        call.noiseShape().ifPresent(shape -> tree.put("noise_shape", WordsTree.integers(shape.extents())));
        call.permutation().ifPresent(axes -> tree.put("permutation", WordsTree.integers(axes)));
        return tree;
    }

    private static Map<String, Object> expectation(Expectation expectation, boolean single) {
        Map<String, Object> tree = object("when", expectation.when());
        if (expectation.rejected()) {
            tree.put("relation", "rejected");
        } else if (single) {
            tree.putAll(answer(expectation.answers().get(0)));
        } else {
            tree.put(
                    "answers",
                    expectation.answers().stream().map(VectorTree::answer).toList());
            if (!expectation.same().isEmpty()) {
                tree.put(
                        "same",
                        expectation.same().stream().map(VectorTree::same).toList());
            }
            if (!expectation.different().isEmpty()) {
                tree.put(
                        "different",
                        expectation.different().stream()
                                .map(masks -> compared(Field.MASK, masks.calls()))
                                .toList());
            }
        }
        return tree;
    }

    private static Map<String, Object> same(Same same) {
        return compared(same.field(), same.calls());
    }

    private static Map<String, Object> compared(Field field, List<Integer> calls) {
        return object(
                "field",
                field.toString(),
                "calls",
                calls.stream().map(Integer::longValue).toList());
    }

    private static Map<String, Object> answer(Answer answer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, Field.OUTPUT, answer.output());
        put(tree, Field.GRAD_INPUT, answer.gradInput());
        put(tree, Field.MASK, answer.mask());
        return tree;
    }

    private static void put(Map<String, Object> tree, Field field, Optional<Expected> expected) {
        expected.ifPresent(value -> tree.put(field.toString(), WordsTree.of(value)));
    }

    private static List<Object> always(String key, Map<String, Object> words) {
        int size = ((List<?>) Objects.requireNonNull(words.get("bits"))).size();
        words.put("relation", Collections.nCopies(size, ExpectedRelation.BITS.toString()));
        return List.of(object("when", Map.of(), key, words));
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return object;
    }
}
