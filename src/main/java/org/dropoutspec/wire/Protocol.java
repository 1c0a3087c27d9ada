package org.dropoutspec.wire;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.implementation.Capability;

/** The version of the protocol spoken here, and the names that this version and the one before know. */
final class Protocol {
    static final int MAJOR = 1;
    static final int MINOR = 1;
    static final String VERSION = MAJOR + "." + MINOR;

    /** The capabilities that concern the adapter as a whole, and so all its operations. */
    static final Set<Capability> WHOLE =
            Collections.unmodifiableSet(EnumSet.of(Capability.STATE, Capability.INSTANCES));

    private static final Set<String> FIRST_OPERATIONS =
            Set.of("dropout", "spatial_dropout", "alpha_dropout", "gaussian_dropout", "dropconnect", "rnn", "network");

    private Protocol() {}

    /** The operations of version 1.{@code minor}, in alphabetical order. */
    static Set<String> operations(int minor) {
        Set<String> names = new TreeSet<>(FIRST_OPERATIONS);
        if (minor >= 1) {
            names.addAll(Set.of("stochastic_depth", "attention"));
        }
        return names;
    }

    /** The capabilities of version 1.{@code minor}. */
    static Set<Capability> capabilities(int minor) {
        return minor >= 1
                ? EnumSet.allOf(Capability.class)
                : EnumSet.range(Capability.BACKWARD, Capability.PHILOX4X32_10);
    }
}
