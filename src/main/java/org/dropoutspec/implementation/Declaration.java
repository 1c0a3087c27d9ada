package org.dropoutspec.implementation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.dropoutspec.tensor.DType;

/**
 * What an implementation declares about one of its operations.
 *
 * @param dtypes the element types that it takes as input
 * @param capabilities the capabilities that it has
 * @param choices its choices where implementations may differ
 */
public record Declaration(Set<DType> dtypes, Set<Capability> capabilities, Choices choices) {
    /** The declaration of an operation that is not declared: it takes no type. */
    public static final Declaration NONE = new Declaration(Set.of(), Set.of(), Choices.defaults());

    public Declaration {
        dtypes = Collections.unmodifiableSet(copy(dtypes, DType.class));
        capabilities = Collections.unmodifiableSet(copy(capabilities, Capability.class));
    }

    /** A declaration of all floating types, with these capabilities and the default choices. */
    public static Declaration ofEveryType(Capability... capabilities) {
        return new Declaration(
                Set.copyOf(DType.floating(Set.of(DType.values()))), Set.of(capabilities), Choices.defaults());
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    public Declaration withCapabilities(Set<Capability> declared) {
        return new Declaration(dtypes, declared, choices);
    }

    public Declaration with(Choices declared) {
        return new Declaration(dtypes, capabilities, declared);
    }

    private static <E extends Enum<E>> EnumSet<E> copy(Set<E> set, Class<E> type) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(set);
        return copy;
    }
}
