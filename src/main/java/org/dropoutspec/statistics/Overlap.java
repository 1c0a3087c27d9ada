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
        if (length > 0) {
            sum = shifted(a, b, skip, shift, length);
        }
        int last = b.length - skip - 1;
        return last >= 0 && last < a.length ? sum + Long.bitCount(a[last] & b[b.length - 1] >>> shift) : sum;
    }

    private static long shifted(long[] a, long[] b, int skip, int shift, int length) {
        int back = 64 - shift;
        // four sums, so that no count waits for the one before it, and each word of b is loaded once
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        int i = 0;
        long b0 = b[skip];
        for (; i + 4 <= length; i += 4) {
            long b1 = b[i + skip + 1];
            long b2 = b[i + skip + 2];
            long b3 = b[i + skip + 3];
            long b4 = b[i + skip + 4];
            sum0 += Long.bitCount(a[i] & (b0 >>> shift | b1 << back));
            sum1 += Long.bitCount(a[i + 1] & (b1 >>> shift | b2 << back));
            sum2 += Long.bitCount(a[i + 2] & (b2 >>> shift | b3 << back));
            sum3 += Long.bitCount(a[i + 3] & (b3 >>> shift | b4 << back));
            b0 = b4;
        }
        for (; i < length; i++) {
            sum0 += Long.bitCount(a[i] & (b[i + skip] >>> shift | b[i + skip + 1] << back));
        }
        return sum0 + sum1 + sum2 + sum3;
    }
}
