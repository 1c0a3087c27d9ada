package org.dropoutspec.implementation;

/**
 * A field that the answer to a call carries.
 *
 * @param name such as {@code output}
 * @param kind what it holds
 * @param required whether it must be there; if not, it may be there, and nobody reads it
 * @param size the number of bits, for a field of kind {@link Kind#BITS}; otherwise 0
 */
public record ResultField(String name, Kind kind, boolean required, int size) {
    /** The kind of value in a field of an answer. */
    public enum Kind {
        /** A tensor of any type. */
        TENSOR,
        /** One bit for each element. */
        BITS,
        /** A tensor of booleans. */
        MASK,
        /** A number, NaN or an infinity. */
        NUMBER,
        /** A whole number. */
        INTEGER,
        /** A text. */
        TEXT,
        /** A list of tensors of any type. */
        TENSORS,
        /** A list of tensors of booleans. */
        MASKS,
        /** A list of objects that hold tensors by name, or nothing. */
        TENSORS_BY_NAME
    }

    public static ResultField tensor(String name) {
        return new ResultField(name, Kind.TENSOR, true, 0);
    }

    public static ResultField mask(String name) {
        return new ResultField(name, Kind.MASK, true, 0);
    }

    public static ResultField of(String name, Kind kind) {
        return new ResultField(name, kind, true, 0);
    }

    /** One bit for each of {@code elements} elements. */
    public static ResultField bits(String name, int elements) {
        return new ResultField(name, Kind.BITS, true, elements);
    }

    /** A field that may be there and is not read. */
    public static ResultField ignored(String name) {
        return new ResultField(name, Kind.TENSOR, false, 0);
    }
}
