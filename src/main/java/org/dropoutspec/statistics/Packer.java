package org.dropoutspec.statistics;

import java.nio.LongBuffer;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Packs tensors without a branch on their elements, since a random mask would make every other branch mispredicted. */
final class Packer {
    private static final long WORDS = 0x7FFF_FFFF_7FFF_FFFFL;
    private static final long HALVES = 0x7FFF_7FFF_7FFF_7FFFL;
    private static final long BYTES = 0x0101_0101_0101_0101L;

    private static final int WORDS_A_BLOCK = 64;

    private Packer() {}

    static PackedMask pack(Tensor tensor) {
        int size = tensor.size();
        long[] words = new long[PackedMask.wordsFor(size)];
        LongBuffer data = tensor.data().asLongBuffer();
        int full = size >>> 6;
        switch (tensor.dtype()) {
            case FLOAT64 -> pack(data, words, full, 64, Packer::doubles);
            case FLOAT32 -> pack(data, words, full, 32, Packer::floats);
            case FLOAT16, BFLOAT16 -> pack(data, words, full, 16, Packer::halves);
            case BOOL -> pack(data, words, full, 8, Packer::booleans);
        }
        for (int i = full << 6; i < size; i++) {
            words[full] |= dropped(tensor, i) << i;
        }
        return new PackedMask(words, size);
    }

    private static long dropped(Tensor tensor, int index) {
        long magnitude = tensor.dtype() == DType.BOOL
                ? tensor.bits(index) & 1
                : tensor.bits(index) & ~tensor.dtype().signBit();
        return magnitude == 0 ? 1 : 0;
    }

    /** Packs the 64 elements that start at index {@code from} of the data. */
    private interface Kernel {
        long word(long[] data, int from);
    }

    private static void pack(LongBuffer data, long[] words, int full, int longs, Kernel kernel) {
        // by blocks that stay in the cache: the compiler is at its best when it reads an array
        long[] block = new long[longs * Math.min(full, WORDS_A_BLOCK)];
        for (int w = 0; w < full; w += WORDS_A_BLOCK) {
            int count = Math.min(WORDS_A_BLOCK, full - w);
            data.get(block, 0, count * longs);
            for (int i = 0; i < count; i++) {
                words[w + i] = kernel.word(block, i * longs);
            }
        }
    }

    private static long doubles(long[] data, int from) {
        long word = 0;
        for (int i = from; i < from + 64; i++) {
            // the sum carries into the sign bit unless the magnitude is 0
            long zero = ~((data[i] & Long.MAX_VALUE) + Long.MAX_VALUE) & Long.MIN_VALUE;
            word = word >>> 1 | zero;
        }
        return word;
    }

    private static long floats(long[] data, int from) {
        long pairs = 0;
        for (int i = from; i < from + 32; i++) {
            long zero = ~((data[i] & WORDS) + WORDS) & ~WORDS;
            // the even elements gather in the lower half of the word, the odd ones in the upper
            pairs = pairs >>> 1 | zero;
        }
        return spread(pairs) | spread(pairs >>> 32) << 1;
    }

    /** Moves bit i of the lower half to bit 2 i. */
    private static long spread(long half) {
        long x = half & 0xFFFF_FFFFL;
        x = (x | x << 16) & 0x0000_FFFF_0000_FFFFL;
        x = (x | x << 8) & 0x00FF_00FF_00FF_00FFL;
        x = (x | x << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
        x = (x | x << 2) & 0x3333_3333_3333_3333L;
        return (x | x << 1) & 0x5555_5555_5555_5555L;
    }

    private static long halves(long[] data, int from) {
        // the product brings the bits at 0, 16, 32, 48 next to each other at the top; no two terms meet, so nothing is
        // carried
        long gather = 1L << 60 | 1L << 45 | 1L << 30 | 1L << 15;
        long word = 0;
        for (int i = from; i < from + 16; i++) {
            long zero = ~((data[i] & HALVES) + HALVES) & ~HALVES;
            word = word >>> 4 | (zero >>> 15) * gather & 0xFL << 60;
        }
        return word;
    }

    private static long booleans(long[] data, int from) {
        long gather = 0x0102_0408_1020_4080L;
        long word = 0;
        for (int i = from; i < from + 8; i++) {
            word = word >>> 8 | (~data[i] & BYTES) * gather & 0xFFL << 56;
        }
        return word;
    }
}
