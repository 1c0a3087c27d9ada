package org.dropoutspec.statistics;

/**
 * Counts how often an element and two before it are all set, for every two distances a &lt; b up to a horizon.
 *
 * <p>If bits are rare, each set bit is taken with all pairs of those before it. Otherwise whole words are taken: for
 * every b, the elements that are set together with the one b before, and among these for every a.
 */
final class TripleCounts {
    /** Below this rate of set bits the first way is faster, since its work grows with the third power of the rate. */
    private static final double RARE = 0.18;

    private TripleCounts() {}

    /** The index of a pair of distances among all pairs. */
    static int index(int a, int b) {
        return (b - 1) * (b - 2) / 2 + a - 1;
    }

    /** The number of pairs of distances. */
    static int pairs(int horizon) {
        return horizon * (horizon - 1) / 2;
    }

    /** The counts for the elements from {@code start} on, which must be at least the horizon. */
    static int[] of(PackedMask mask, int start, int horizon) {
        return mask.count() < RARE * mask.size() ? ofRare(mask, start, horizon) : ofWords(mask, start, horizon);
    }

    static int[] ofRare(PackedMask mask, int start, int horizon) {
        int[] counts = new int[pairs(horizon)];
        int[] set = new int[mask.count()];
        int found = 0;
        int nearest = 0;
        for (int i = 0; i < mask.size(); i++) {
            if (!mask.dropped(i)) {
                continue;
            }
            while (nearest < found && set[nearest] < i - horizon) {
                nearest++;
            }
            for (int far = nearest; i >= start && far < found; far++) {
                // index(a, i - set[far]) less a
                int row = index(0, i - set[far]) + i;
                for (int near = far + 1; near < found; near++) {
                    counts[row - set[near]]++;
                }
            }
            set[found++] = i;
        }
        return counts;
    }

    static int[] ofWords(PackedMask mask, int start, int horizon) {
        int[] counts = new int[pairs(horizon)];
        int from = start >>> 6;
        long[][] shifted = new long[64][];
        for (int shift = 0; shift < 64; shift++) {
            shifted[shift] = BitLags.shifted(mask, shift);
        }
        long[] both = new long[mask.words().length - from];
        for (int b = 2; b <= horizon; b++) {
            and(shifted[0], from, shifted[b & 63], from - (b >>> 6), both);
            both[0] &= -1L << start;
            for (int shift = 0; shift < 64; shift++) {
                BitLags.overlaps(both, 0, both.length, shifted[shift], from, shift, 1, b - 1, counts, index(0, b));
            }
        }
        return counts;
    }

    private static void and(long[] x, int fromX, long[] y, int fromY, long[] and) {
        for (int i = 0; i < and.length; i++) {
            and[i] = x[fromX + i] & y[fromY + i];
        }
    }
}
