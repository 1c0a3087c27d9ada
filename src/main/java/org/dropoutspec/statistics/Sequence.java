package org.dropoutspec.statistics;

import java.util.Arrays;

/** Masks laid end to end, up to a limit. */
final class Sequence {
    private final int limit;
    private long[] words;
    private int size;
    /** How many elements there were when this shard began. */
    private final int begin;

    /** @param limit how many elements are kept, the first ones */
    Sequence(long limit) {
        this((int) Math.min(limit, Integer.MAX_VALUE - 64), new long[4], 0, 0);
    }

    private Sequence(int limit, long[] words, int size, int begin) {
        this.limit = limit;
        this.words = words;
        this.size = size;
        this.begin = begin;
    }

    void append(PackedMask mask) {
        int count = Math.min(mask.size(), limit - size);
        int needed = PackedMask.wordsFor(size + count) + 1;
        if (needed > words.length) {
            words = Arrays.copyOf(words, Math.max(needed, 2 * words.length));
        }
        for (int i = 0; i < count; i += 64) {
            long bits = mask.bits(i);
            bits = count - i < 64 ? bits & (1L << count - i) - 1 : bits;
            int at = size + i;
            words[at >>> 6] |= bits << at;
            // the bits that did not fit; none at a whole word, where the shift below would be one of 64
            words[(at >>> 6) + 1] |= (at & 63) == 0 ? 0 : bits >>> 64 - (at & 63);
        }
        size += count;
    }

    PackedMask mask() {
        return PackedMask.ofWords(size, Arrays.copyOf(words, PackedMask.wordsFor(size)));
    }

    int size() {
        return size;
    }

    int begin() {
        return begin;
    }

    Sequence continued() {
        return new Sequence(limit, words.clone(), size, size);
    }

    /** From where this one begins to where {@code later} ends, which goes on from here. */
    Sequence plus(Sequence later) {
        return new Sequence(limit, later.words.clone(), later.size, begin);
    }
}
