package org.dropoutspec.reference;

import java.util.Arrays;

/**
 * Philox4x32-10, a counter-based generator: a keyed bijection of 128 bits, applied to 0, 1, 2, ....
 *
 * <p>It keeps no state. The words of an element are a function of seed, draw and position alone, so a mask does not
 * depend on how many threads compute it, in which order, or how the tensor lies in memory.
 *
 * <p>Here the key is the seed (low word, high word) and the counter is (block low, block high, draw low, draw high). A
 * block gives four words, for four consecutive elements of the mask in row-major order: element i takes word i mod 4 of
 * block i div 4.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 4 and table 2;
 * the constants are theirs, and the tests hold the words to the known answers of their library Random123.
 */
public final class Philox4x32 {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD251_1F53L;
    private static final long MULTIPLIER_1 = 0xCD9E_8D57L;
    /** Weyl increments of the key: the golden ratio and sqrt(3) - 1, in 32 bits. */
    private static final int WEYL_0 = 0x9E37_79B9;

    private static final int WEYL_1 = 0xBB67_AE85;
    private static final long WORD = 0xFFFF_FFFFL;

    private Philox4x32() {}

    /**
     * Four words of one draw: those of elements 4 * block to 4 * block + 3.
     *
     * @param seed the key, all 64 bits
     * @param draw how many masks were drawn before this one since seeding
     */
    public static int[] words(long seed, long draw, long block) {
        int[] counter = {(int) block, (int) (block >>> 32), (int) draw, (int) (draw >>> 32)};
        return block(counter, new int[] {(int) seed, (int) (seed >>> 32)});
    }

    /**
     * The bijection itself.
     *
     * @param counter four words
     * @param key two words
     * @return four words
     */
    public static int[] block(int[] counter, int[] key) {
        long c0 = counter[0] & WORD;
        long c1 = counter[1] & WORD;
        long c2 = counter[2] & WORD;
        long c3 = counter[3] & WORD;
        int k0 = key[0];
        int k1 = key[1];
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = c0 * MULTIPLIER_0;
            long product1 = c2 * MULTIPLIER_1;
            c0 = product1 >>> 32 ^ c1 ^ k0 & WORD;
            c1 = product1 & WORD;
            c2 = product0 >>> 32 ^ c3 ^ k1 & WORD;
            c3 = product0 & WORD;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new int[] {(int) c0, (int) c1, (int) c2, (int) c3};
    }

    /**
     * The same rounds for {@value #BLOCKS} consecutive blocks at once: word 0 of every block in one array, word 1 in the
     * next. The compiler turns this form into vector instructions; it is about twice as fast as block after block.
     */
    static final class Batch {
        static final int BLOCKS = 256;

        private final long[][] words = new long[4][BLOCKS];

        /** Fills the batch with the blocks from {@code firstBlock} on of one draw. */
        @SuppressWarnings("IntLongMath") // fewer than 2^31 blocks
        void fill(long seed, long draw, int firstBlock) {
            for (int lane = 0; lane < BLOCKS; lane++) {
                words[0][lane] = firstBlock + lane;
            }
            Arrays.fill(words[1], 0); // a tensor has fewer than 2^31 elements: the block number fits the low word
            Arrays.fill(words[2], draw & WORD);
            Arrays.fill(words[3], draw >>> 32);
            int k0 = (int) seed;
            int k1 = (int) (seed >>> 32);
            for (int round = 0; round < ROUNDS; round++) {
                round(words[0], words[1], words[2], words[3], k0 & WORD, k1 & WORD);
                k0 += WEYL_0;
                k1 += WEYL_1;
            }
        }

        /** Word {@code index}, 0 to 3, of every block of the batch, as unsigned numbers. */
        long[] word(int index) {
            return words[index];
        }

        private static void round(long[] c0, long[] c1, long[] c2, long[] c3, long k0, long k1) {
            for (int lane = 0; lane < BLOCKS; lane++) {
                long product0 = c0[lane] * MULTIPLIER_0;
                long product1 = c2[lane] * MULTIPLIER_1;
                c0[lane] = product1 >>> 32 ^ c1[lane] ^ k0;
                c1[lane] = product1 & WORD;
                c2[lane] = product0 >>> 32 ^ c3[lane] ^ k1;
                c3[lane] = product0 & WORD;
            }
        }
    }
}
