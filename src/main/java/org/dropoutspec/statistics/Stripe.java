package org.dropoutspec.statistics;

/** One column of a mask in rows: the elements whose index has the same remainder. */
final class Stripe {
    private Stripe() {}

    /** The number of drops among the elements {@code index}, {@code index} + {@code width}, ... */
    static int dropped(PackedMask mask, int width, int index) {
        return width < 64 ? narrow(mask.words(), width, index) : wide(mask, width, index);
    }

    /** Relies on the bits beyond the end being 0. */
    private static int narrow(long[] words, int width, int index) {
        int dropped = 0;
        // the first element of the column in a word; in each further word it comes 64 places sooner
        int first = index;
        for (int phase = 0; phase < Math.min(width, words.length); phase++) {
            long column = 0;
            for (int bit = first; bit < 64; bit += width) {
                column |= 1L << bit;
            }
            for (int w = phase; w < words.length; w += width) {
                dropped += Long.bitCount(words[w] & column);
            }
            first = Math.floorMod(first - 64, width);
        }
        return dropped;
    }

    private static int wide(PackedMask mask, int width, int index) {
        int dropped = 0;
        for (long i = index; i < mask.size(); i += width) {
            dropped += (int) (mask.words()[(int) (i >>> 6)] >>> i & 1);
        }
        return dropped;
    }
}
