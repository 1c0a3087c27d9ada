package org.dropoutspec.condition;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows that meet every possible pair, or triple, of levels. They stand in four lists.
 *
 * @param scope what the implementation can be asked
 * @param own rows whose mask has the input's own shape: every pair, or triple, of the other factors' levels
 * @param noise rows with a noise shape: every pair, or triple, that includes one; below 2^15 elements
 * @param large a few rows from 2^20 elements on: that level with every type and layout, at strength 3 with every level
 * @param first rows for the first draws of a process: a plain one for the very first, where signatures are not few, and
 *     that age with every level, or pair of levels. All other rows are for later in a process
 * @param signatures where the scope has few, all signatures of the rows and of their predecessors; otherwise none
 */
public record CoveringDesign(
        Scope scope,
        List<Condition> own,
        List<Condition> noise,
        List<Condition> large,
        List<Condition> first,
        List<Signature> signatures) {
    private static final int FEWEST_ELEMENTS = 1 << 12;

    public CoveringDesign {
        own = List.copyOf(own);
        noise = List.copyOf(noise);
        large = List.copyOf(large);
        first = List.copyOf(first);
        signatures = List.copyOf(signatures);
    }

    /**
     * A design. The same arguments give the same rows.
     *
     * @param strength 2 for pairs of levels, 3 for triples
     * @param largest the largest number of elements of a row, at least 2^12
     * @param seed draws the rows
     */
    public static CoveringDesign of(Scope scope, int strength, int largest, long seed) {
        requireStrength(strength);
        if (largest < FEWEST_ELEMENTS) {
            throw new IllegalArgumentException("largest (" + largest + ") must be at least " + FEWEST_ELEMENTS);
        }
        return new Designer(scope, strength, largest, seed).design();
    }

    /**
     * Rows in one list, own masks and noise shapes together, for what a single call of each shows. The same arguments
     * give the same rows.
     *
     * @param strength 2 for pairs of levels, 3 for triples
     * @param largest the largest number of elements of a row
     * @param factors whose levels meet in every pair, or triple; every other factor has any one of its levels
     */
    public static List<Condition> rows(Scope scope, int strength, int largest, Set<Factor> factors, long seed) {
        requireStrength(strength);
        return new Designer(scope, strength, largest, seed).rows(factors);
    }

    private static void requireStrength(int strength) {
        if (strength != 2 && strength != 3) {
            throw new IllegalArgumentException("strength (" + strength + ") must be 2 or 3");
        }
    }

    /** The rows of all four lists. */
    public List<Condition> all() {
        return Stream.of(own, noise, large, first).flatMap(List::stream).toList();
    }

    /** The call that is asked just before a row; for {@link Before#SAME_SHAPE_AND_RATE} the row itself. */
    public Predecessor predecessor(Condition row) {
        return signatures.isEmpty() ? Predecessor.of(row, scope) : Predecessor.of(row, scope, signatures);
    }
}
