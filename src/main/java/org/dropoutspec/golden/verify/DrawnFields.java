package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperation.Drawn;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** What a call draws, as a call or an answer carries it: a tensor under each name, or a list of tensors. */
record DrawnFields(Map<String, Object> fields) {

    /** The drawn fields that a call carries. */
    static DrawnFields of(VectorOperation operation, OperationCall call) {
        Map<String, Object> fields = new LinkedHashMap<>();
        names(operation, call).stream()
                .filter(call::has)
                .forEach(name -> fields.put(name, call.fields().get(name)));
        return new DrawnFields(fields);
    }

    static Set<String> names(VectorOperation operation, OperationCall call) {
        Set<String> names = new LinkedHashSet<>();
        operation.drawn(call).forEach(drawn -> names.add(drawn.field()));
        return names;
    }

    /** The drawn fields made of these tensors, which are in the order in which the operation draws. */
    static DrawnFields of(List<Drawn> drawn, List<Tensor> tensors) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < drawn.size(); i++) {
            if (drawn.get(i).index() < 0) {
                fields.put(drawn.get(i).field(), tensors.get(i));
            } else {
                @SuppressWarnings("unchecked")
                List<Tensor> list =
                        (List<Tensor>) fields.computeIfAbsent(drawn.get(i).field(), name -> new ArrayList<Tensor>());
                list.add(tensors.get(i));
            }
        }
        return new DrawnFields(fields);
    }

    /** The form of a drawn field in an answer; in evaluation it is ignored, since some report a mask there too. */
    static ResultField carried(VectorOperation operation, OperationCall call, String name) {
        if (!call.training()) {
            return ResultField.ignored(name);
        }
        Drawn first = operation.drawn(call).stream()
                .filter(drawn -> drawn.field().equals(name))
                .findFirst()
                .orElseThrow();
        if (first.index() >= 0) {
            return ResultField.of(name, ResultField.Kind.MASKS);
        }
        return first.isNoise() ? ResultField.tensor(name) : ResultField.mask(name);
    }

    OperationCall in(OperationCall call) {
        OperationCall with = call;
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            with = with.with(field.getKey(), field.getValue());
        }
        return with;
    }

    /** The differences between these fields and those that an answer reports. */
    List<String> failures(OperationResult result) {
        List<String> failures = new ArrayList<>();
        fields.forEach((name, given) -> {
            if (given instanceof Tensor tensor) {
                compare(name, tensor, result.tensor(name), failures);
            } else {
                List<?> list = (List<?>) given;
                List<Tensor> got = result.tensors(name);
                if (got.size() != list.size()) {
                    failures.add(name + ": expected " + list.size() + " masks, got " + got.size());
                    return;
                }
                for (int i = 0; i < list.size(); i++) {
                    compare(name + "[" + i + "]", (Tensor) list.get(i), got.get(i), failures);
                }
            }
        });
        return failures;
    }

    private static void compare(String name, Tensor given, Tensor got, List<String> failures) {
        if (given.dtype() != got.dtype() || !given.shape().equals(got.shape())) {
            failures.add(name + ": expected " + given.dtype() + " " + given.shape() + ", got " + got.dtype() + " "
                    + got.shape());
            return;
        }
        WordType type = given.dtype() == DType.BOOL ? WordType.BOOL : WordType.of(given.dtype());
        for (int i = 0; i < given.size(); i++) {
            if (given.bits(i) != got.bits(i)) {
                failures.add(Mismatch.text(name, i, type, given.bits(i), ExpectedRelation.BITS, got.bits(i)));
            }
        }
    }
}
