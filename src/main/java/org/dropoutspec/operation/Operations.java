package org.dropoutspec.operation;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.operation.grouped.SpatialDropout;
import org.dropoutspec.operation.grouped.StochasticDepth;

/** Every operation of the family that this suite judges beside plain dropout: adding one is one line here. */
public final class Operations {
    private static final List<Operation> ALL = List.of(new SpatialDropout(), new StochasticDepth());

    private Operations() {}

    /** In the order of the specification. */
    public static List<Operation> all() {
        return ALL;
    }

    /** The operation with this name on the wire. */
    public static Optional<Operation> named(String name) {
        return ALL.stream().filter(operation -> operation.name().equals(name)).findFirst();
    }
}
