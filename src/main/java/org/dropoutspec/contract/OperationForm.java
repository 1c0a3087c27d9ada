package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The part of an operation's call that a compiled implementation has to compile for: everything but its rates, its seed
 * and the numbers in its tensors.
 *
 * @param fields what is not data in each: the type and shape of a tensor, nothing of a number or a text
 */
record OperationForm(String operation, Map<String, Object> fields) {
    private static final String DATA = "data";

    static OperationForm of(OperationCall call) {
        return new OperationForm(call.operation(), form(call.fields()));
    }

    private static Map<String, Object> form(Map<?, ?> fields) {
        Map<String, Object> form = new TreeMap<>();
        fields.forEach((name, value) -> form.put(name.toString(), form(value)));
        return form;
    }

    private static Object form(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.dtype() + " " + tensor.shape();
        } else if (value instanceof Map<?, ?> map) {
            return form(map);
        } else if (value instanceof List<?> list) {
            return list.stream().map(OperationForm::form).toList();
        } else if (value instanceof int[] axes) {
            return Arrays.toString(axes);
        }
        return value instanceof Boolean || value instanceof Shape ? value : DATA;
    }
}
