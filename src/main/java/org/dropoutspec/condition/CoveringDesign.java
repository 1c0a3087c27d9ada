package org.dropoutspec.condition;

import java.util.List;
import java.util.stream.Stream;

/**
 * Rows that meet every pair, or every triple, of levels that can be met at all. They stand in four lists.
 *
 * @param scope what the implementation can be asked
 * @param own rows whose mask has the input's own shape: every pair, or triple, of the other factors' levels
 * @param noise rows with a noise shape: every pair, or triple, with one of its levels; below 2^15 elements
 * @param large a few rows from 2^20 elements on; at strength 3 every pair with that level
 * @param first rows for the first draws of a process: every level, or pair of levels, with that age. All others are
 *     asked later in a process
 */
public record CoveringDesign(
        Scope scope, List<Condition> own, List<Condition> noise, List<Condition> large, List<Condition> first) {

    /**
     * The same arguments give the same rows.
     *
     * @param strength 2 for pairs of levels, 3 for triples
     * @param largest the largest number of elements of a row
     * @param seed draws the rows
     */
    public static CoveringDesign of(Scope scope, int strength, int largest, long seed) {
        throw new UnsupportedOperationException("not built yet");
    }

    public List<Condition> all() {
        return Stream.of(own, noise, large, first).flatMap(List::stream).toList();
    }

    /** The call that is asked just before a row; for {@link Before#SAME_SHAPE_AND_RATE} the row itself. */
    public Predecessor predecessor(Condition row) {
        throw new UnsupportedOperationException("not built yet");
    }
}
