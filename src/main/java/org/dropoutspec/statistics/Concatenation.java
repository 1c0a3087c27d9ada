package org.dropoutspec.statistics;

import java.util.Arrays;

/** Masks in a row, up to a limit. */
final class Concatenation {
    private final int limit;
    private long[] words = new long[16];
    private int size;
    private PackedMask mask;

    Concatenation(int limit) {
        this.limit = limit;
    }

    /** Adds as much of the mask as there is room for. */
    void append(PackedMask next) {
        int added = Math.min(next.size(), limit - size);
        words = Arrays.copyOf(words, Math.max(words.length, PackedMask.wordsFor(size + added) + 1));
        for (int from = 0; from < added; from += 64) {
            long bits = next.bits(from);
            bits = added - from < 64 ? bits & (1L << added - from) - 1 : bits;
            int word = size + from >>> 6;
            int shift = size & 63;
            words[word] |= bits << shift;
            words[word + 1] |= shift == 0 ? 0 : bits >>> 64 - shift;
        }
        size += added;
        mask = null;
    }

    Concatenation copy() {
        Concatenation copy = new Concatenation(limit);
        copy.words = words.clone();
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    PackedMask mask() {
        if (mask == null) {
            mask = new PackedMask(Arrays.copyOf(words, PackedMask.wordsFor(size)), size);
        }
        return mask;
    }
}
