package org.dropoutspec.golden.format;

import java.util.Locale;
import java.util.Optional;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** A tensor of an answer. */
public enum Field {
    OUTPUT,
    GRAD_INPUT,
    MASK;

    static Optional<Field> named(String name) {
        for (Field field : values()) {
            if (field.toString().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    public Optional<Tensor> of(Result result) {
        return switch (this) {
            case OUTPUT -> Optional.of(result.output());
            case GRAD_INPUT -> result.gradInput();
            case MASK -> result.mask();
        };
    }

    /** The name on the wire and in the vectors. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
