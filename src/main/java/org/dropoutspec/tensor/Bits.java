package org.dropoutspec.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** One bit for each element of a tensor in row-major order. Immutable; equal when as long and equal in every bit. */
public final class Bits {
    private final long[] words;
    private final int size;

    private Bits(long[] words, int size) {
        this.words = words;
        this.size = size;
    }

    /**
     * Bits packed eight to a byte, the lowest first.
     *
     * @param packed as many bytes as {@code size} bits need; the unused bits of the last byte are 0
     */
    public static Bits ofBytes(int size, byte[] packed) {
        if (packed.length != bytesFor(size)) {
            throw new IllegalArgumentException("bytes (" + packed.length + ") must be " + bytesFor(size) + " for "
                    + size + (size == 1 ? " bit" : " bits"));
        }
        if ((size & 7) != 0 && (packed[packed.length - 1] & 0xFF) >>> (size & 7) != 0) {
            throw new IllegalArgumentException("the last byte (" + (packed[packed.length - 1] & 0xFF)
                    + ") must have no bit set beyond its lowest " + (size & 7));
        }
        long[] words = new long[size + 63 >>> 6];
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(packed, 8 * words.length));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
        return new Bits(words, size);
    }

    /** Bits that are set at the indices that fulfil a condition. */
    public static Bits of(int size, IntPredicate set) {
        long[] words = new long[size + 63 >>> 6];
        for (int i = 0; i < size; i++) {
            words[i >>> 6] |= (set.test(i) ? 1L : 0) << i;
        }
        return new Bits(words, size);
    }

    /** A bit for each element of a floating tensor, set where it is neither +0 nor -0. */
    public static Bits ofNonzero(Tensor tensor) {
        long magnitude = ~tensor.dtype().signBit();
        return of(tensor.size(), index -> (tensor.bits(index) & magnitude) != 0);
    }

    /** The number of bytes that {@code size} bits need. */
    public static int bytesFor(int size) {
        return (int) (size + 7L >>> 3);
    }

    /** The number of bits. */
    public int size() {
        return size;
    }

    /** Whether bit {@code index} is set. */
    public boolean isSet(int index) {
        return (words[index >>> 6] >>> index & 1) != 0;
    }

    /** The bits packed 64 to a word, the lowest first; the unused bits of the last word are 0. */
    public long[] words() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits that && size == that.size && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return Arrays.stream(words).map(Long::bitCount).sum() + " of " + size + " set";
    }
}
