package org.dropoutspec.reference;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The mask: each element is dropped with probability p, independently of all others.
 *
 * <p>The generator gives each element a word w, uniform on the integers 0 to 2^32 - 1, and the element is dropped when
 *
 * <pre>
 *   w &lt; T     with     T = ceil(p * 2^32)
 * </pre>
 *
 * <p>so that the probability of dropping is T / 2^32: p itself, rounded up to the next multiple of 2^-32. T is 0 at p =
 * 0 and 2^32 at p = 1, so both ends are exact: at 0 nothing is dropped, at 1 everything. And p * 2^32 is exact in
 * double precision, being a multiplication by a power of two, so no element is decided by a rounding error.
 */
public final class BernoulliMask {
    private BernoulliMask() {}

    /**
     * Draws a mask.
     *
     * @param shape of the mask
     * @param rate the probability p of dropping, in [0, 1]
     * @param seed of the generator, all 64 bits
     * @param draw how many masks were drawn before this one since seeding
     * @return a bool tensor, 1 = kept
     */
    public static Tensor draw(Shape shape, double rate, long seed, long draw) {
        long threshold = threshold(rate);
        byte[] kept = new byte[shape.size()];
        int batched = kept.length - kept.length % (4 * Philox4x32.Batch.BLOCKS);
        if (batched > 0) {
            drawBatches(kept, batched, threshold, seed, draw);
        }
        for (int i = batched; i < kept.length; i += 4) {
            int[] words = Philox4x32.words(seed, draw, i / 4);
            for (int word = 0; word < Math.min(4, kept.length - i); word++) {
                kept[i + word] = kept(words[word] & 0xFFFF_FFFFL, threshold);
            }
        }
        return Tensor.wrap(DType.BOOL, shape, kept);
    }

    private static void drawBatches(byte[] kept, int end, long threshold, long seed, long draw) {
        Philox4x32.Batch batch = new Philox4x32.Batch();
        for (int start = 0; start < end; start += 4 * Philox4x32.Batch.BLOCKS) {
            batch.fill(seed, draw, start / 4);
            for (int word = 0; word < 4; word++) {
                long[] words = batch.word(word);
                for (int lane = 0; lane < words.length; lane++) {
                    kept[start + 4 * lane + word] = kept(words[lane], threshold);
                }
            }
        }
    }

    /** 0 when the word is below the threshold, else 1: the sign bit of w - T, as a branch would be mispredicted. */
    static byte kept(long word, long threshold) {
        return (byte) (1 - (word - threshold >>> 63));
    }

    /** T = ceil(p * 2^32), exact, from 0 to 2^32; an element is dropped when its word is below T. */
    public static long threshold(double rate) {
        return (long) Math.ceil(Math.scalb(requireRate(rate), 32));
    }

    /** Returns {@code rate}, or rejects it when it is no probability: NaN, negative or above 1. */
    public static double requireRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate (" + rate + ") must be in [0, 1]");
        }
        return rate;
    }
}
