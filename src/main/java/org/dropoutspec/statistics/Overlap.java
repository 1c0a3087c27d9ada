package org.dropoutspec.statistics;

/** The kernel of every test of dependence: how often two masks, one shifted against the other, drop together. */
final class Overlap {
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
        int back = 64 - shift;
        for (int i = 0; i < length; i++) {
            sum += Long.bitCount(a[i] & (b[i + skip] >>> shift | b[i + skip + 1] << back));
        }
        int last = b.length - skip - 1;
        return last >= 0 && last < a.length ? sum + Long.bitCount(a[last] & b[b.length - 1] >>> shift) : sum;
    }
}
