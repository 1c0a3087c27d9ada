package org.dropoutspec.statistics;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.dropoutspec.tensor.Shape;

/** Masks to judge, and the probability of each. */
final class Masks {
    private Masks() {}

    static PackedMask random(SplittableRandom random, int size, double rate) {
        return of(size, i -> random.nextDouble() < rate);
    }

    static PackedMask of(int size, IntPredicate dropped) {
        long[] words = new long[PackedMask.wordsFor(size)];
        for (int i = 0; i < size; i++) {
            words[i >>> 6] |= (dropped.test(i) ? 1L : 0L) << i;
        }
        return new PackedMask(words, size);
    }

    static Draw flat(double rate, PackedMask mask) {
        return Draw.of(rate, Shape.of(mask.size()), mask);
    }

    /** The probability of the mask of {@code n} elements that has these bits. */
    static double probability(int bits, int n, double rate) {
        return Math.pow(rate, Integer.bitCount(bits)) * Math.pow(1 - rate, n - Integer.bitCount(bits));
    }
}
