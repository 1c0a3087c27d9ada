package org.dropoutspec.implementation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.tensor.DType;

/**
 * The description that an implementation gives of itself.
 *
 * @param name such as {@code PyTorch}
 * @param version such as {@code 2.13.0}
 * @param language such as {@code Python}
 * @param homepage where to read about it
 * @param issues where to report a defect
 * @param notes anything a reader of the certificate should know
 * @param declarations what it declares about each operation of the wire protocol that it answers, by name
 * @param seeding how it treats seeds and its stream of masks
 * @param maxElements the largest number of elements in a tensor of a call, if it answers in slices
 */
public record Description(
        String name,
        String version,
        String language,
        Optional<String> homepage,
        Optional<String> issues,
        Optional<String> notes,
        SortedMap<String, Declaration> declarations,
        Seeding seeding,
        OptionalLong maxElements) {

    /** The operation that {@link Call} and {@link Result} are made for. */
    public static final String JUDGED = "dropout";

    private static final int LONGEST_WORD = 100;

    public Description {
        Objects.requireNonNull(name, "name (null) must be given");
        Objects.requireNonNull(version, "version (null) must be given");
        Objects.requireNonNull(language, "language (null) must be given");
        declarations = Collections.unmodifiableSortedMap(new TreeMap<>(declarations));
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
                new TreeMap<>(Map.of(JUDGED, new Declaration(EnumSet.of(DType.FLOAT32), Set.of(), Choices.defaults()))),
                Seeding.defaults(),
                OptionalLong.empty());
    }

    /** Name and version for people, in one line of bounded length: {@code PyTorch 2.13.0}. */
    public String title() {
        return Printable.line(name, LONGEST_WORD) + " " + Printable.line(version, LONGEST_WORD);
    }

    /** The operations that it answers, such as {@code dropout}. */
    public Set<String> operations() {
        return declarations.keySet();
    }

    /** The element types that {@code dropout} takes as input. */
    public Set<DType> dtypes() {
        return judged().dtypes();
    }

    /** The capabilities declared for {@code dropout}. */
    public Set<Capability> capabilities() {
        return judged().capabilities();
    }

    /** The choices declared for {@code dropout}. */
    public Choices choices() {
        return judged().choices();
    }

    /** Whether this capability is declared for {@code dropout}. */
    public boolean can(Capability capability) {
        return capabilities().contains(capability);
    }

    private Declaration judged() {
        return declarations.getOrDefault(JUDGED, Declaration.NONE);
    }

    /** The same description, which declares this operation and no other. */
    public Description onlyDeclaring(String operation, Declaration declared) {
        return new Description(
                name,
                version,
                language,
                homepage,
                issues,
                notes,
                new TreeMap<>(Map.of(operation, declared)),
                seeding,
                maxElements);
    }

    /** The declaration of an operation; {@link Declaration#NONE} if the operation is not declared. */
    public Declaration declaration(String operation) {
        return declarations.getOrDefault(operation, Declaration.NONE);
    }

    /** The same description with this {@code dropout} alone: a mask site of another operation, seen from outside. */
    public Description alone(Declaration dropout) {
        return onlyDeclaring(JUDGED, dropout);
    }

    /** The same description, which declares this operation too. */
    public Description declaring(String operation, Declaration declared) {
        SortedMap<String, Declaration> more = new TreeMap<>(declarations);
        more.put(operation, declared);
        return new Description(name, version, language, homepage, issues, notes, more, seeding, maxElements);
    }

    /** The same with these types in the place of those it had. */
    public Description withDtypes(DType... taken) {
        return with(new Declaration(Set.of(taken), capabilities(), choices()));
    }

    /** The same with these capabilities in the place of those it had. */
    public Description withCapabilities(Capability... declared) {
        return with(new Declaration(dtypes(), Set.of(declared), choices()));
    }

    public Description with(Choices declared) {
        return with(new Declaration(dtypes(), capabilities(), declared));
    }

    private Description with(Declaration dropout) {
        SortedMap<String, Declaration> others = new TreeMap<>(declarations);
        others.put(JUDGED, dropout);
        return new Description(name, version, language, homepage, issues, notes, others, seeding, maxElements);
    }

    public Description with(Seeding declared) {
        return new Description(name, version, language, homepage, issues, notes, declarations, declared, maxElements);
    }
}
