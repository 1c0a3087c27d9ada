package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Compares an implementation's answer, of whatever form, with the words that it should have given. */
final class OperationAnswer {
    private final List<String> failures = new ArrayList<>();

    private OperationAnswer() {}

    /** @param expected by name, as {@link org.dropoutspec.golden.format.VectorOperation#answer} gives the fields */
    static List<String> failures(Map<String, Object> expected, OperationResult result) {
        OperationAnswer answer = new OperationAnswer();
        expected.forEach(
                (name, field) -> answer.compare(name, field, result.fields().get(name)));
        return answer.failures;
    }

    private void compare(String path, Object expected, @Nullable Object got) {
        if (expected instanceof List<?> list) {
            if (!(got instanceof List<?> others) || list.size() != others.size()) {
                failures.add(path + ": expected a list of " + list.size());
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                compare(path + "[" + i + "]", list.get(i), others.get(i));
            }
        } else if (expected instanceof Map<?, ?> map) {
            if (!(got instanceof Map<?, ?> others) || !map.keySet().equals(others.keySet())) {
                failures.add(path + ": expected the fields " + map.keySet());
                return;
            }
            map.forEach((name, field) -> compare(path + "." + name, field, others.get(name)));
        } else {
            compareWords(path, (Expected) expected, got);
        }
    }

    private void compareWords(String path, Expected expected, @Nullable Object got) {
        DType dtype = expected.tensor().dtype();
        Tensor tensor = got instanceof Double number // a loss, which has no type on the wire
                ? Tensor.of(dtype, Shape.of(), number)
                : (Tensor) got;
        if (tensor == null) {
            failures.add(path + ": expected " + dtype + " " + expected.tensor().shape() + ", got nothing");
            return;
        }
        if (tensor.dtype() != dtype || !tensor.shape().equals(expected.tensor().shape())) {
            failures.add(path + ": expected " + dtype + " " + expected.tensor().shape() + ", got " + tensor.dtype()
                    + " " + tensor.shape());
            return;
        }
        for (int i = 0; i < tensor.size(); i++) {
            long word = expected.tensor().bits(i);
            if (!expected.relations().get(i).holds(dtype, word, tensor.bits(i))) {
                failures.add(Mismatch.text(
                        path, i, WordType.of(dtype), word, expected.relations().get(i), tensor.bits(i)));
            }
        }
    }
}
