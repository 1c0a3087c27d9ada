package org.dropoutspec.implementation;

/**
 * A field that the answer to a call carries.
 *
 * @param name such as {@code output}
 * @param kind what it holds
 * @param required whether it has to be there; otherwise it may be, and nobody looks at it
 */
public record ResultField(String name, Kind kind, boolean required) {
    /** What a field of an answer holds. */
    public enum Kind {
        /** A tensor of any type. */
        TENSOR,
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
        return new ResultField(name, Kind.TENSOR, true);
    }

    public static ResultField mask(String name) {
        return new ResultField(name, Kind.MASK, true);
    }

    public static ResultField of(String name, Kind kind) {
        return new ResultField(name, kind, true);
    }

    /** A field that may be there and is not read. */
    public static ResultField ignored(String name) {
        return new ResultField(name, Kind.TENSOR, false);
    }
}
