package org.dropoutspec.golden.format;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The operations other than plain dropout that have vectors; a provider names them. */
public interface VectorOperations {
    /** The operations of this provider, in the order of their files. */
    List<VectorOperation> operations();

    /** The operations of all providers. */
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

    /** The operations, loaded once when they are first asked for. */
    final class Loaded {
        private static final List<VectorOperation> ALL =
                ServiceLoader.load(VectorOperations.class, VectorOperations.class.getClassLoader()).stream()
                        .flatMap(provider -> provider.get().operations().stream())
                        .toList();

        private Loaded() {}
    }
}
