package org.dropoutspec.golden.format;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The operations beside plain dropout that there are vectors of; a provider says which. */
public interface VectorOperations {
    /** Those of one provider, in the order of their files. */
    List<VectorOperation> operations();

    /** All that there are. */
    static List<VectorOperation> all() {
        return Loaded.ALL;
    }

    /** The operation with this name on the wire. */
    static Optional<VectorOperation> named(String name) {
        return all().stream().filter(operation -> operation.name().equals(name)).findFirst();
    }

    /** The name of an operation's file without {@code .json}. */
    static String topic(VectorOperation operation) {
        return operation.name().replace('_', '-');
    }

    /** Loaded when first asked for, and once. */
    final class Loaded {
        private static final List<VectorOperation> ALL =
                ServiceLoader.load(VectorOperations.class, VectorOperations.class.getClassLoader()).stream()
                        .flatMap(provider -> provider.get().operations().stream())
                        .toList();

        private Loaded() {}
    }
}
