package org.dropoutspec.statistics;

/**
 * Counts the pairs of dropped elements at each lag of a range: both the element and the one so many before it are
 * dropped. One AND and one bit count serve 64 pairs.
 *
 * <p>Two words can be out of step in 64 ways. For each, the mask is shifted once, and the shifted copy serves all lags
 * with that remainder modulo 64.
 */
final class BitLags {
    /** Above this many lags Fourier transforms are faster. */
    static final int LONGEST = 1 << 12;
    /** In words, so that the mask and its shifted copy stay in the first cache. */
    private static final int BLOCK = 1 << 10;

    private BitLags() {}

    /**
     * Adds the pairs inside one mask.
     *
     * @param both {@code both[k - first]} for lag k, from {@code first} to {@code last}
     */
    static void within(PackedMask mask, int first, int last, long[] both) {
        int longest = Math.min(last, mask.size() - 1);
        if (longest >= first) {
            int pad = pad(longest);
            long[] words = padded(pad, mask.words(), mask.words().length);
            count(words, pad, words, first, longest, both);
        }
    }

    /**
     * Adds the pairs of an element of {@code mask} and an earlier one in {@code history}. The last element of the
     * history is the one right before the mask.
     *
     * @param history a multiple of 64 elements, at least as many as the longest lag
     * @param both {@code both[k - 1]} for lag k, from 1 to {@code last}
     */
    static void across(PackedMask history, PackedMask mask, int last, long[] both) {
        int before = history.words().length;
        // elements further on are too far away from any in the history
        int length = Math.min(before, mask.words().length);
        int pad = pad(last);
        long[] known = padded(pad, history.words(), before + length);
        long[] words = padded(pad + before, mask.words(), length);
        count(words, pad + before, known, 1, last, both);
    }

    /** The number of zero words that have to be in front, so that the longest lag finds something to read. */
    private static int pad(int longest) {
        return (longest >>> 6) + 2;
    }

    private static long[] padded(int pad, long[] words, int length) {
        long[] padded = new long[pad + length];
        System.arraycopy(words, 0, padded, pad, Math.min(words.length, length));
        return padded;
    }

    private static void count(long[] words, int from, long[] known, int first, int last, long[] both) {
        int back = pad(last) - 1;
        int[] sums = new int[last + 1];
        long[] shifted = new long[Math.min(BLOCK, words.length - from) + back];
        for (int start = from; start < words.length; start += BLOCK) {
            int length = Math.min(BLOCK, words.length - start);
            for (int shift = 0; shift < 64; shift++) {
                shift(known, start - back, shift, shifted, length + back);
                overlaps(words, start, length, shifted, back, shift, first, last, sums, 0);
            }
        }
        for (int lag = first; lag <= last; lag++) {
            both[lag - first] += sums[lag];
        }
    }

    /** The mask shifted to {@code shift} places later, in words. */
    static long[] shifted(PackedMask mask, int shift) {
        long[] shifted = new long[mask.words().length];
        shift(padded(1, mask.words(), shifted.length), 1, shift, shifted, shifted.length);
        return shifted;
    }

    private static void shift(long[] words, int from, int shift, long[] shifted, int length) {
        if (shift == 0) {
            System.arraycopy(words, from, shifted, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            shifted[i] = words[from + i] << shift | words[from + i - 1] >>> 64 - shift;
        }
    }

    /**
     * Adds to {@code sums[offset + lag]}, for every lag from {@code first} to {@code last} that is {@code shift} modulo
     * 64, how many elements of {@code length} words are set together with the element {@code lag} before.
     *
     * @param at the word of {@code shifted} that goes with the first word at lag {@code shift}
     */
    static void overlaps(
            long[] words,
            int from,
            int length,
            long[] shifted,
            int at,
            int shift,
            int first,
            int last,
            int[] sums,
            int offset) {
        int lag = shift + (Math.max(0, first - shift + 63) & ~63);
        for (; lag + 192 <= last; lag += 256) {
            four(words, from, length, shifted, at - (lag >>> 6), sums, offset + lag);
        }
        for (; lag <= last; lag += 64) {
            int other = at - (lag >>> 6);
            int sum = 0;
            for (int i = 0; i < length; i++) {
                sum += Long.bitCount(words[from + i] & shifted[other + i]);
            }
            sums[offset + lag] += sum;
        }
    }

    /** Four lags, each 64 longer than the one before, so that each word is read once for all of them. */
    private static void four(long[] words, int from, int length, long[] shifted, int at, int[] sums, int slot) {
        int first = 0;
        int second = 0;
        int third = 0;
        int fourth = 0;
        for (int i = 0; i < length; i++) {
            long word = words[from + i];
            first += Long.bitCount(word & shifted[at + i]);
            second += Long.bitCount(word & shifted[at + i - 1]);
            third += Long.bitCount(word & shifted[at + i - 2]);
            fourth += Long.bitCount(word & shifted[at + i - 3]);
        }
        sums[slot] += first;
        sums[slot + 64] += second;
        sums[slot + 128] += third;
        sums[slot + 192] += fourth;
    }
}
