package org.dropoutspec.statistics;

import java.util.Arrays;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Tensor;

/** A mask in row-major order, packed 64 elements to a word, lowest bit first: a bit is 1 if the element was dropped. */
public final class PackedMask {
    private final long[] words;
    private final int size;
    private final int[] before;

    /** Takes over {@code words}. Bits beyond {@code size} must be 0, since the kernels rely on it. */
    PackedMask(long[] words, int size) {
        this.words = words;
        this.size = size;
        this.before = new int[words.length + 1];
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            count += Long.bitCount(words[i]);
            before[i + 1] = count;
        }
    }

    /** A mask given element by element: true = dropped. */
    public static PackedMask of(boolean... dropped) {
        long[] words = new long[wordsFor(dropped.length)];
        for (int i = 0; i < dropped.length; i++) {
            words[i >>> 6] |= (dropped[i] ? 1L : 0L) << i;
        }
        return new PackedMask(words, dropped.length);
    }

    /** A mask given as words, lowest bit first, each bit 1 = dropped; bits beyond {@code size} are ignored. */
    public static PackedMask ofWords(int size, long... words) {
        if (words.length != wordsFor(size)) {
            throw new IllegalArgumentException(
                    "words (" + words.length + ") must be " + wordsFor(size) + " for a mask of " + size + " elements");
        }
        long[] own = words.clone();
        if ((size & 63) != 0) {
            own[own.length - 1] &= (1L << size) - 1;
        }
        return new PackedMask(own, size);
    }

    /**
     * The mask that the output of dropout shows.
     *
     * @param output of any floating type, for an input without zeros: +0 and -0 are dropped, all else is kept
     */
    public static PackedMask ofOutput(Tensor output) {
        if (!output.dtype().isFloating()) {
            throw new IllegalArgumentException("dtype (" + output.dtype() + ") must be a floating type");
        }
        return Packer.pack(output);
    }

    /** The mask that an implementation reports: a bool tensor, 1 = kept. */
    public static PackedMask ofKept(Tensor mask) {
        if (mask.dtype().isFloating()) {
            throw new IllegalArgumentException("dtype (" + mask.dtype() + ") must be bool");
        }
        return Packer.pack(mask);
    }

    /** The mask from an answer in bits, where a bit is set if the element was kept. */
    public static PackedMask ofKept(Bits kept) {
        long[] words = kept.words();
        for (int i = 0; i < words.length; i++) {
            words[i] = ~words[i];
        }
        return ofWords(kept.size(), words);
    }

    static int wordsFor(int size) {
        return (size + 63) >>> 6;
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** Whether element {@code index} was dropped. */
    public boolean dropped(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index (" + index + ") must be in [0, " + size + ")");
        }
        return (words[index >>> 6] >>> index & 1) != 0;
    }

    /** How many elements were dropped. */
    public int count() {
        return before[words.length];
    }

    /** How many of the elements in [from, to) were dropped; takes the same time for any range. */
    public int count(int from, int to) {
        return to <= from ? 0 : countBelow(to) - countBelow(from);
    }

    /** The number of elements in which this mask and another of the same size differ. */
    public int differences(PackedMask other) {
        if (other.size != size) {
            throw new IllegalArgumentException("mask (" + other.size + " elements) must be as large as this: " + size);
        }
        int differences = 0;
        for (int i = 0; i < words.length; i++) {
            differences += Long.bitCount(words[i] ^ other.words[i]);
        }
        return differences;
    }

    /** Whether every element that another mask of the same size drops is dropped here too. */
    public boolean covers(PackedMask other) {
        for (int i = 0; i < words.length; i++) {
            if ((other.words[i] & ~words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether this mask and another of the same size are equal wherever {@code except} keeps. */
    public boolean equalsOutside(PackedMask except, PackedMask other) {
        for (int i = 0; i < words.length; i++) {
            if (((words[i] ^ other.words[i]) & ~except.words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The mask that drops what both this one and another of the same size drop. */
    public PackedMask and(PackedMask other) {
        return replaced(this, other);
    }

    /** This mask, but with the elements of another of the same size wherever {@code where} drops. */
    public PackedMask replaced(PackedMask where, PackedMask other) {
        long[] mixed = words.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= (mixed[i] ^ other.words[i]) & where.words[i];
        }
        return new PackedMask(mixed, size);
    }

    /** The mask that keeps what this one drops, and drops what it keeps. */
    PackedMask complement() {
        long[] other = words.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] = ~other[i];
        }
        return ofWords(size, other);
    }

    /** This mask without the drops before {@code index}. */
    PackedMask from(int index) {
        long[] rest = words.clone();
        Arrays.fill(rest, 0, Math.min(rest.length, index >>> 6), 0);
        if (index >>> 6 < rest.length) {
            rest[index >>> 6] &= -1L << index;
        }
        return new PackedMask(rest, size);
    }

    private int countBelow(int index) {
        int word = index >>> 6;
        return (index & 63) == 0 ? before[word] : before[word] + Long.bitCount(words[word] & (1L << index) - 1);
    }

    /** The words themselves, not a copy. */
    long[] words() {
        return words;
    }

    /** The 64 elements from {@code index} on, lowest bit first; 0 beyond the end. */
    public long bits(int index) {
        int word = index >>> 6;
        int shift = index & 63;
        long low = word < words.length ? words[word] >>> shift : 0;
        return shift == 0 || word + 1 >= words.length ? low : low | words[word + 1] << 64 - shift;
    }

    /** The elements in [from, to), as a mask of their own. */
    PackedMask slice(int from, int to) {
        long[] own = new long[wordsFor(to - from)];
        for (int w = 0; w < own.length; w++) {
            own[w] = bits(from + (w << 6));
        }
        return ofWords(to - from, own);
    }

    /** This mask with the last element first. */
    PackedMask reversed() {
        long[] own = new long[words.length];
        int padding = -size & 63;
        for (int w = 0; w < own.length; w++) {
            // mirrored, the bits beyond the end come first and are shifted out
            long low = Long.reverse(words[own.length - 1 - w]) >>> padding;
            boolean more = padding > 0 && w + 1 < own.length;
            own[w] = more ? low | Long.reverse(words[own.length - 2 - w]) << 64 - padding : low;
        }
        return new PackedMask(own, size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedMask that && size == that.size && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return count() + " of " + size + " dropped";
    }
}
