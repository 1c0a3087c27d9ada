package org.dropoutspec.implementation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dropoutspec.tensor.DType;

/**
 * What an implementation says of itself.
 *
 * @param name such as {@code PyTorch}
 * @param version such as {@code 2.13.0}
 * @param language such as {@code Python}
 * @param homepage where to read about it
 * @param issues where to report a defect
 * @param notes anything a reader of the certificate should know
 * @param operations the operations of the wire protocol that it answers, such as {@code dropout}
 * @param dtypes the element types that it takes as input
 * @param capabilities what it can be asked
 * @param choices where it differs legitimately
 */
public record Description(
        String name,
        String version,
        String language,
        Optional<String> homepage,
        Optional<String> issues,
        Optional<String> notes,
        SortedSet<String> operations,
        Set<DType> dtypes,
        Set<Capability> capabilities,
        Choices choices) {

    public Description {
        operations = Collections.unmodifiableSortedSet(new TreeSet<>(operations));
        dtypes = Collections.unmodifiableSet(copy(dtypes, DType.class));
        capabilities = Collections.unmodifiableSet(copy(capabilities, Capability.class));
    }

    /** An implementation of {@code dropout} in Java for float32 with no capabilities and the default choices. */
    public static Description of(String name, String version) {
        return new Description(
                name,
                version,
                "Java",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(Set.of("dropout")),
                EnumSet.of(DType.FLOAT32),
                EnumSet.noneOf(Capability.class),
                Choices.defaults());
    }

    public Description with(DType... taken) {
        return new Description(
                name, version, language, homepage, issues, notes, operations, Set.of(taken), capabilities, choices);
    }

    public Description with(Capability... declared) {
        return new Description(
                name, version, language, homepage, issues, notes, operations, dtypes, Set.of(declared), choices);
    }

    public Description with(Choices declared) {
        return new Description(
                name, version, language, homepage, issues, notes, operations, dtypes, capabilities, declared);
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    private static <E extends Enum<E>> EnumSet<E> copy(Set<E> set, Class<E> type) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(set);
        return copy;
    }
}
