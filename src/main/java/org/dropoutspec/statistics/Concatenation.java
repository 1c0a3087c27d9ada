package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Masks laid end to end, up to a limit of elements. */
final class Concatenation {
    private final int limit;
    private long[] words = new long[16];
    private int size;
    private @Nullable PackedMask mask;

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

    /** This sequence where counts are written; the sequence that was written where counts are read. */
    Concatenation named(Counts counts) {
        Concatenation other = new Concatenation(limit);
        long[] read = counts.words(LongStream.concat(LongStream.of(size), Arrays.stream(mask().words()))
                .toArray());
        int count = read.length == 0 || read[0] < 0 || read[0] > limit ? -1 : (int) read[0];
        if (count < 0 || read.length != 1 + PackedMask.wordsFor(count)) {
            throw new IllegalArgumentException("evidence is not of this design: a sequence of another length");
        }
        other.append(new PackedMask(Arrays.copyOfRange(read, 1, read.length), count));
        return other;
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
