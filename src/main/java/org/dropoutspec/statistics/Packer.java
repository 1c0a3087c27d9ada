package org.dropoutspec.statistics;

import java.nio.ByteBuffer;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Packs tensors without a branch on their elements, which a random mask would mispredict every other time. */
final class Packer {
    private static final long WORDS = 0x7FFF_FFFF_7FFF_FFFFL;
    private static final long HALVES = 0x7FFF_7FFF_7FFF_7FFFL;
    private static final long BYTES = 0x0101_0101_0101_0101L;

    private Packer() {}

    static PackedMask pack(Tensor tensor) {
        int size = tensor.size();
        long[] words = new long[PackedMask.wordsFor(size)];
        ByteBuffer data = tensor.data();
        int full = size >>> 6;
        switch (tensor.dtype()) {
            case FLOAT64 -> doubles(data, words, full);
            case FLOAT32 -> floats(data, words, full);
            case FLOAT16, BFLOAT16 -> halves(data, words, full);
            case BOOL -> booleans(data, words, full);
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

    private static void doubles(ByteBuffer data, long[] words, int full) {
        for (int w = 0; w < full; w++) {
            long word = 0;
            for (int i = 0; i < 64; i++) {
                long magnitude = data.getLong((w << 6 | i) << 3) & Long.MAX_VALUE;
                // the sum carries into the sign bit unless the magnitude is 0
                word |= ~(magnitude + Long.MAX_VALUE) >>> 63 << i;
            }
            words[w] = word;
        }
    }

    private static void floats(ByteBuffer data, long[] words, int full) {
        for (int w = 0; w < full; w++) {
            long pairs = 0;
            int base = w << 8;
            for (int i = 0; i < 32; i++) {
                long zero = ~((data.getLong(base + (i << 3)) & WORDS) + WORDS) & ~WORDS;
                // the even elements gather in the lower half of the word, the odd ones in the upper
                pairs |= zero >>> 31 << i;
            }
            words[w] = spread(pairs) | spread(pairs >>> 32) << 1;
        }
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

    private static void halves(ByteBuffer data, long[] words, int full) {
        // the product brings the bits at 0, 16, 32, 48 next to each other at the top; no two terms meet, so none
        // carries
        long gather = 1L << 60 | 1L << 45 | 1L << 30 | 1L << 15;
        for (int w = 0; w < full; w++) {
            long word = 0;
            int base = w << 7;
            for (int i = 0; i < 16; i++) {
                long zero = ~((data.getLong(base + (i << 3)) & HALVES) + HALVES) & ~HALVES;
                word |= (zero >>> 15) * gather >>> 60 << 4 * i;
            }
            words[w] = word;
        }
    }

    private static void booleans(ByteBuffer data, long[] words, int full) {
        long gather = 0x0102_0408_1020_4080L;
        for (int w = 0; w < full; w++) {
            long word = 0;
            int base = w << 6;
            for (int i = 0; i < 8; i++) {
                long dropped = ~data.getLong(base + (i << 3)) & BYTES;
                word |= dropped * gather >>> 56 << 8 * i;
            }
            words[w] = word;
        }
    }
}
