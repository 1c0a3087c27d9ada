package org.dropoutspec.statistics;

import java.util.Map;

/**
 * What a family has counted, on its way out of a process or into another. A family names its counts once, in an order that
 * follows from the design: where they go out they are written, where they come in what was written is added to those that
 * are there. So shards add up to the last bit, in any order.
 */
public interface Counts {
    /** A whole number: itself where it goes out, the sum where it comes in. */
    long sum(long here);

    /** Whole numbers, each added in its place. */
    void sum(long[] here);

    /**
     * Whole numbers by key.
     *
     * @param length how many there are of each key
     * @param limit keys are from 0 on and below this
     */
    void sum(Map<Integer, long[]> here, int length, int limit);

    /** Words of which a bit stays set where it is set in both. */
    void all(long[] here);

    /** Whether a part was counted where these counts were: only then it is named next. */
    boolean present(boolean here);

    /**
     * Of which process what is named next is, where of several one alone is kept.
     *
     * @param here the process whose it is, as it came in; negative for the own
     */
    long origin(long here);

    /** Words that are no counts: those that are here where they go out, those that come in otherwise. */
    long[] words(long[] here);
}
