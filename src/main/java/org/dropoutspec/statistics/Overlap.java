package org.dropoutspec.statistics;

/** The kernel of every test of dependence: counts how often two masks, one shifted against the other, drop together. */
final class Overlap {
    private Overlap() {}

    /**
     * Adds a table of four counts at {@code slot}, of the elements i of {@code mask} for which {@code known} has an
     * element i + shift: how many there are, how many were dropped, how many have the other dropped, and how many both.
     */
    static void add(long[] counts, int slot, PackedMask mask, PackedMask known, int shift) {
        int from = Math.max(0, -shift);
        int knownFrom = Math.max(0, shift);
        int length = Math.min(mask.size() - from, known.size() - knownFrom);
        if (length <= 0) {
            return;
        }
        if (Math.max(mask.size(), known.size()) <= 64) {
            add(counts, slot, mask.bits(0) >>> from, known.bits(0) >>> knownFrom, length);
            return;
        }
        counts[slot] += length;
        counts[slot + 1] += mask.count(from, from + length);
        counts[slot + 2] += known.count(knownFrom, knownFrom + length);
        counts[slot + 3] += shift >= 0 ? count(mask, known, shift) : count(known, mask, -shift);
    }

    /** Adds the same table for the lowest {@code length} bits, 1 to 64, of two words. */
    static void add(long[] counts, int slot, long dropped, long known, int length) {
        long all = -1L >>> 64 - length;
        counts[slot] += length;
        counts[slot + 1] += Long.bitCount(dropped & all);
        counts[slot + 2] += Long.bitCount(known & all);
        counts[slot + 3] += Long.bitCount(dropped & known & all);
    }

    /**
     * The number of i with i &lt; {@code a.size()} and i + offset &lt; {@code b.size()} at which a drops i and b drops
     * i + offset.
     *
     * @param offset not negative
     */
    static long count(PackedMask a, PackedMask b, int offset) {
        return count(a.words(), b.words(), offset >>> 6, offset & 63);
    }

    private static long count(long[] a, long[] b, int skip, int shift) {
        // bits beyond either size are 0, so no length needs a mask
        long sum = 0;
        if (shift == 0) {
            int length = Math.min(a.length, b.length - skip);
            for (int i = 0; i < length; i++) {
                sum += Long.bitCount(a[i] & b[i + skip]);
            }
            return sum;
        }
        int length = Math.min(a.length, b.length - skip - 1);
        if (length > 0) {
            sum = shifted(a, b, skip, shift, length);
        }
        int last = b.length - skip - 1;
        return last >= 0 && last < a.length ? sum + Long.bitCount(a[last] & b[b.length - 1] >>> shift) : sum;
    }

    private static long shifted(long[] a, long[] b, int skip, int shift, int length) {
        // each word of b is rotated once; it gives the upper part of one word and the lower part of the next
        long lower = -1L >>> shift;
        long sum = 0;
        long rotated = Long.rotateRight(b[skip], shift);
        for (int i = 0; i < length; i++) {
            long next = Long.rotateRight(b[i + skip + 1], shift);
            sum += Long.bitCount(a[i] & (next ^ (rotated ^ next) & lower));
            rotated = next;
        }
        return sum;
    }
}
