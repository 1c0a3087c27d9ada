package org.dropoutspec.operation;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Every operation of the family that this suite judges beside plain dropout. To add one takes one line in {@code
 * META-INF/services/org.dropoutspec.operation.Operation}.
 */
public final class Operations {
    private static final List<Operation> ALL =
            ServiceLoader.load(Operation.class, Operations.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private Operations() {}

    /** All operations, in the order of the specification. */
    public static List<Operation> all() {
        return ALL;
    }

    /** The operation with this name on the wire. */
    public static Optional<Operation> named(String name) {
        return ALL.stream().filter(operation -> operation.name().equals(name)).findFirst();
    }
}
