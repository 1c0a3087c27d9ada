package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Calls of operations and their expectations as a JSON tree: the inverse of {@link OperationParser}. */
final class OperationTree {
    private OperationTree() {}

    static Map<String, Object> call(OperationCall call) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("op", call.operation());
        call.fields().forEach((name, value) -> tree.put(name, value(value)));
        return tree;
    }

    static List<Object> expected(List<OperationExpectation> expectations) {
        List<Object> trees = new ArrayList<>();
        for (OperationExpectation expectation : expectations) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("when", expectation.when());
            if (expectation.rejected()) {
                tree.put("relation", "rejected");
            }
            expectation.answer().forEach((name, value) -> tree.put(name, value(value)));
            trees.add(tree);
        }
        return trees;
    }

    private static Object value(Object value) {
        if (value instanceof Expected expected) {
            return WordsTree.of(expected);
        } else if (value instanceof Tensor tensor) {
            return WordsTree.of(tensor);
        } else if (value instanceof Double number) {
            return WordsTree.rate(number);
        } else if (value instanceof Shape shape) {
            return WordsTree.integers(shape.extents());
        } else if (value instanceof int[] integers) {
            return WordsTree.integers(integers);
        } else if (value instanceof List<?> list) {
            return list.stream().map(OperationTree::value).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> tree = new LinkedHashMap<>();
            new TreeMap<>(map).forEach((name, field) -> tree.put((String) name, value(field)));
            return tree;
        }
        return value; // a flag or an integer
    }
}
