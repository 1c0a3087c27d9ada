package org.dropoutspec.implementation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Tensor;

/**
 * The answer to a call of an operation: fields by name.
 *
 * @param fields each a {@link Tensor}, a {@link Double}, a {@link Long}, a {@link String}, {@link Bits}, or a list of tensors
 *     or of tensors by name
 */
public record OperationResult(Map<String, Object> fields) {

    public OperationResult {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static OperationResult of(String field, Object value) {
        return new OperationResult(Map.of(field, value));
    }

    public OperationResult with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new OperationResult(more);
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    public Tensor tensor(String field) {
        return (Tensor) required(field);
    }

    public Optional<Tensor> optionalTensor(String field) {
        return Optional.ofNullable((Tensor) fields.get(field));
    }

    public double number(String field) {
        return (Double) required(field);
    }

    public Bits bits(String field) {
        return (Bits) required(field);
    }

    public long integer(String field) {
        return (Long) required(field);
    }

    public String text(String field) {
        return (String) required(field);
    }

    @SuppressWarnings("unchecked")
    public List<Tensor> tensors(String field) {
        return (List<Tensor>) required(field);
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Tensor>> tensorsByName(String field) {
        return (List<Map<String, Tensor>>) required(field);
    }

    /** The value of a field that the answer must carry. */
    public Object required(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("answer (" + fields.keySet() + ") must carry the field " + field);
        }
        return value;
    }
}
