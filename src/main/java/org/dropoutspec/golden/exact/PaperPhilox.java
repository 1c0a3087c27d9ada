package org.dropoutspec.golden.exact;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A second Philox4x32-10, in unbounded integers and as close to the paper's words as they allow.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 3.3. This
 * class is there so that the vectors do not come from the generator that they check.
 */
public final class PaperPhilox {
    private static final BigInteger TWO_32 = BigInteger.ONE.shiftLeft(32);
    private static final BigInteger[] MULTIPLIERS = {new BigInteger("d2511f53", 16), new BigInteger("cd9e8d57", 16)};
    private static final BigInteger[] KEY_STEPS = {new BigInteger("9e3779b9", 16), new BigInteger("bb67ae85", 16)};

    private PaperPhilox() {}

    /** The four words of a counter of four words under a key of two. */
    public static long[] block(long[] counter, long[] key) {
        BigInteger[] c = unsigned(counter);
        BigInteger[] k = unsigned(key);
        for (int round = 0; round < 10; round++) {
            BigInteger[] first = c[0].multiply(MULTIPLIERS[0]).divideAndRemainder(TWO_32);
            BigInteger[] second = c[2].multiply(MULTIPLIERS[1]).divideAndRemainder(TWO_32);
            c = new BigInteger[] {
                second[0].xor(c[1]).xor(k[0]), second[1], first[0].xor(c[3]).xor(k[1]), first[1]
            };
            k = new BigInteger[] {
                k[0].add(KEY_STEPS[0]).mod(TWO_32), k[1].add(KEY_STEPS[1]).mod(TWO_32)
            };
        }
        return new long[] {c[0].longValue(), c[1].longValue(), c[2].longValue(), c[3].longValue()};
    }

    /** The four words of block {@code block} of a draw. */
    public static long[] words(long seed, long draw, long block) {
        return block(new long[] {low(block), high(block), low(draw), high(draw)}, new long[] {low(seed), high(seed)});
    }

    /** The word of one element of a draw. */
    public static long word(long seed, long draw, int element) {
        return words(seed, draw, element / 4)[element % 4];
    }

    /** The mask of one draw: an element is dropped when its word is below ceil(rate * 2^32). */
    public static Tensor mask(Shape shape, double rate, long seed, long draw) {
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = kept(word(seed, draw, i), rate);
        }
        return Tensor.ofBooleans(shape, kept);
    }

    public static boolean kept(long word, double rate) {
        return BigInteger.valueOf(word).compareTo(threshold(rate)) >= 0;
    }

    public static BigInteger threshold(double rate) {
        return Ieee.FLOAT64
                .exact(Double.doubleToRawLongBits(rate))
                .times(Rational.powerOfTwo(32))
                .ceiling();
    }

    private static BigInteger[] unsigned(long[] words) {
        return IntStream.range(0, words.length)
                .mapToObj(i -> BigInteger.valueOf(words[i]))
                .toArray(BigInteger[]::new);
    }

    private static long low(long value) {
        return value & 0xFFFF_FFFFL;
    }

    private static long high(long value) {
        return value >>> 32;
    }
}
