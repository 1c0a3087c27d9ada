package org.dropoutspec.implementation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Tiled;

/**
 * One call of an operation of the family, as the wire protocol carries it: fields by name.
 *
 * @param operation such as {@code spatial_dropout}
 * @param fields in the order in which they are written; each a {@link Tensor}, {@link Tiled}, {@link Double}, {@link
 *     Boolean}, {@link Long}, {@link Shape}, {@code int[]} or {@link String}, or a list or a map of these
 * @param result the fields that the answer must carry
 * @param answered about how many elements the tensors of the answer have together; a longer reply is no answer
 */
public record OperationCall(String operation, Map<String, Object> fields, List<ResultField> result, long answered) {

    public OperationCall {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        result = List.copyOf(result);
    }

    /** A call without fields, for which no answer is expected yet. */
    public static OperationCall of(String operation) {
        return new OperationCall(operation, Map.of(), List.of(), 0);
    }

    /** The same call with this field added or replaced. */
    public OperationCall with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new OperationCall(operation, more, result, answered);
    }

    /** The same call with this field, if there is a value for it. */
    public OperationCall with(String field, Optional<?> value) {
        return value.isPresent() ? with(field, value.get()) : this;
    }

    /** The same call with the seed, if there is one. */
    public OperationCall withSeed(OptionalLong seed) {
        return seed.isPresent() ? with("seed", seed.getAsLong()) : this;
    }

    public OperationCall without(String field) {
        Map<String, Object> fewer = new LinkedHashMap<>(fields);
        fewer.remove(field);
        return new OperationCall(operation, fewer, result, answered);
    }

    /** The same call, whose answer carries these fields, with about this many elements together. */
    public OperationCall expecting(List<ResultField> carried, long elements) {
        return new OperationCall(operation, fields, carried, elements);
    }

    /**
     * The same call, whose answer carries the output; the masks and the input's buffer if they are declared; and these
     * gradients if there is an upstream gradient.
     */
    public OperationCall expecting(Declaration declared, List<String> masks, List<String> gradients, long elements) {
        return carrying(
                declared,
                declared.can(Capability.MASK_OUTPUT) ? masks : List.of(),
                ResultField::mask,
                gradients,
                elements);
    }

    /** The same for an operation that draws noise instead of masks. */
    public OperationCall expectingNoise(Declaration declared, List<String> gradients, long elements) {
        List<String> noise = declared.can(Capability.NOISE_OUTPUT) ? List.of("noise") : List.of();
        return carrying(declared, noise, ResultField::tensor, gradients, elements);
    }

    private OperationCall carrying(
            Declaration declared,
            List<String> drawn,
            Function<String, ResultField> form,
            List<String> gradients,
            long elements) {
        List<ResultField> carried = new ArrayList<>(List.of(ResultField.tensor("output")));
        // some report a mask in evaluation too, all kept or all dropped; nobody reads it
        drawn.forEach(field -> carried.add(training() ? form.apply(field) : ResultField.ignored(field)));
        if (has("grad_output")) {
            gradients.forEach(gradient -> carried.add(ResultField.tensor(gradient)));
        }
        if (declared.can(Capability.INPUT_AFTER) && has("input")) {
            carried.add(ResultField.tensor("input_after"));
        }
        return expecting(carried, elements);
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

    public long integer(String field) {
        return (Long) required(field);
    }

    public String text(String field) {
        return (String) required(field);
    }

    /** Whether the flag is present and set. */
    public boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    /** The probability of dropping. */
    public double rate() {
        return number("rate");
    }

    public boolean training() {
        return (Boolean) required("training");
    }

    public OptionalLong seed() {
        return has("seed") ? OptionalLong.of(integer("seed")) : OptionalLong.empty();
    }

    /** The number of the layer that is asked; 0, the first, if the call names none. */
    public int instance() {
        return has("instance") ? Math.toIntExact(integer("instance")) : 0;
    }

    /** The value of a field that the call must carry. */
    public Object required(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("call (" + operation + ") must carry the field " + field);
        }
        return value;
    }

    /** The tensors that the call carries, except those in lists and maps. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                tensors.put(name, tensor);
            }
        });
        return tensors;
    }

    /** The number of elements of the call's tensors together, except those in lists and maps. */
    public long elements() {
        return fields.values().stream()
                .mapToLong(value -> value instanceof Tensor tensor
                        ? tensor.size()
                        : value instanceof Tiled tiled ? tiled.size() : 0)
                .sum();
    }

    /** The call in words, enough to replay it: {@code spatial_dropout, rate 0.2, input float32 [1, 2, 4], seed 7}. */
    @Override
    public String toString() {
        return operation
                + (Boolean.FALSE.equals(fields.get("training")) ? ", evaluation" : "")
                + fields.entrySet().stream()
                        .filter(field -> !field.getKey().equals("training"))
                        .map(field -> ", " + field.getKey().replace('_', ' ') + " " + text(field.getValue()))
                        .collect(Collectors.joining());
    }

    private static String text(Object value) {
        if (value instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "(", ")"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OperationCall::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }
}
