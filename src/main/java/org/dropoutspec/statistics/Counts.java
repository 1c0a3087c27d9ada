package org.dropoutspec.statistics;

import java.util.Map;

/**
 * The counts of a family on their way out of a process or into another. A family names its counts in one method, in an
 * order that follows from the design. On the way out the named counts are written; on the way in, the counts that were
 * written are added to those that are here. So shards add up to the last bit, in any order.
 */
public interface Counts {
    /** A whole number. Returns it on the way out, and the sum on the way in. */
    long sum(long here);

    /** Whole numbers, to each of which its own written one is added on the way in. */
    void sum(long[] here);

    /**
     * Whole numbers by key.
     *
     * @param length how many numbers each key has
     * @param limit keys are at least 0 and below this
     */
    void sum(Map<Integer, long[]> here, int length, int limit);

    /** Words in which a bit stays set only if it is set both here and in the written ones. */
    void all(long[] here);

    /** Whether a part was counted in the process of these counts; the part is named next only if it was. */
    boolean present(boolean here);

    /**
     * The process of the counts that are named next, where only those of one of several processes are kept.
     *
     * @param here the process that they came from; negative if they are this process's own
     */
    long origin(long here);

    /** Words that are no counts. Returns those that are here on the way out, and the written ones on the way in. */
    long[] words(long[] here);
}
