package org.dropoutspec.statistics;

/** Counts each of 64 bit positions over many words, by binary counters that stand upright: plane k holds bits k. */
final class LaneCounter {
    private static final int PLANES = 12;

    private final long[] planes = new long[PLANES];
    private int added;

    /** Adds a word, and empties the counters into {@code counts} before they can overflow. */
    void add(long word, long[] counts, int from, int step) {
        long carry = word;
        for (int plane = 0; carry != 0; plane++) {
            long old = planes[plane];
            planes[plane] = old ^ carry;
            carry &= old;
        }
        if (++added == (1 << PLANES) - 1) {
            drain(counts, from, step);
        }
    }

    /** Empties the counters: counter i is added to {@code counts[from + i * step]}. */
    void drain(long[] counts, int from, int step) {
        for (int plane = 0; plane < PLANES; plane++) {
            for (long rest = planes[plane]; rest != 0; rest &= rest - 1) {
                counts[from + Long.numberOfTrailingZeros(rest) * step] += 1L << plane;
            }
            planes[plane] = 0;
        }
        added = 0;
    }
}
