package org.dropoutspec.statistics;

/** The kernel of every test of dependence: how often two masks, one shifted against the other, drop together. */
final class Overlap {
    private static final int BLOCK = 512;

    private Overlap() {}

    /**
     * Counts the i with i &lt; {@code a.size()} and i + offset &lt; {@code b.size()} at which a drops i and b drops
     * i + offset.
     *
     * @param offset not negative
     */
    static long count(PackedMask a, PackedMask b, int offset) {
        return count(a.words(), b.words(), offset >>> 6, offset & 63);
    }

    private static long count(long[] a, long[] b, int skip, int shift) {
        // bits beyond either size are 0, so that no length needs to be masked
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
        // shifts go through vector registers and counts do not, so each gets a loop of its own over a block
        long[] both = new long[Math.min(length, BLOCK)];
        long sum = 0;
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            intersect(both, a, b, from, from + skip, shift, count);
            for (int i = 0; i < count; i++) {
                sum += Long.bitCount(both[i]);
            }
        }
        return sum;
    }

    private static void intersect(long[] both, long[] a, long[] b, int from, int other, int shift, int count) {
        int back = 64 - shift;
        for (int i = 0; i < count; i++) {
            both[i] = a[from + i] & (b[other + i] >>> shift | b[other + i + 1] << back);
        }
    }
}
