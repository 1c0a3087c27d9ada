package org.dropoutspec.implementation;

import java.util.Optional;
import java.util.OptionalLong;
import org.dropoutspec.tensor.Shape;

/** An implementation around another one. The inner one is the one that runs: it is restarted, doubled and measured. */
public interface Enclosing extends Implementation {
    /** The inner implementation, which runs. */
    Implementation enclosed();

    @Override
    default Shape layout(Call call) {
        return enclosed().layout(call);
    }

    @Override
    default boolean restart() {
        return enclosed().restart();
    }

    @Override
    default Optional<Implementation> another() {
        return enclosed().another();
    }

    @Override
    default OptionalLong residentBytes() {
        return enclosed().residentBytes();
    }
}
