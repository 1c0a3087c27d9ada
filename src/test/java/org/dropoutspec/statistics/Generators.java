package org.dropoutspec.statistics;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.random.MersenneTwister;
import org.dropoutspec.reference.Philox4x32;

/** Uniform numbers in [0, 1) as generators in use make them, sound ones and others. */
final class Generators {
    private Generators() {}

    /** A mask whose drops are the numbers below the rate. */
    static PackedMask mask(DoubleSupplier generator, int size, double rate) {
        return Masks.of(size, i -> generator.getAsDouble() < rate);
    }

    /** The C library's {@code rand} of glibc: x(n) = x(n - 3) + x(n - 31) modulo 2^32, less the lowest bit. */
    static DoubleSupplier rand(int seed) {
        int[] ring = new int[31];
        long state = seed;
        for (int i = 0; i < ring.length; i++) {
            ring[i] = (int) state;
            state = state * 16_807 % Integer.MAX_VALUE;
        }
        int[] next = {0};
        DoubleSupplier rand = () -> {
            int at = next[0];
            ring[at] += ring[(at + 28) % 31];
            next[0] = (at + 1) % 31;
            return (ring[at] >>> 1) * 0x1p-31;
        };
        for (int i = 0; i < 310; i++) {
            rand.getAsDouble();
        }
        return rand;
    }

    /** R250 (Kirkpatrick and Stoll 1981): x(n) = x(n - 103) xor x(n - 250). */
    static DoubleSupplier r250(int seed) {
        int[] ring = new SplittableRandom(seed).ints(250).toArray();
        int[] next = {0};
        return () -> {
            int at = next[0];
            ring[at] ^= ring[(at + 147) % 250];
            next[0] = (at + 1) % 250;
            return (ring[at] >>> 1) * 0x1p-31;
        };
    }

    static DoubleSupplier splittable(int seed) {
        return new SplittableRandom(seed)::nextDouble;
    }

    static DoubleSupplier mersenneTwister(int seed) {
        return new MersenneTwister(seed)::nextDouble;
    }

    /** The reference's, words of 32 bits. */
    static DoubleSupplier philox(int seed) {
        int[] words = new int[4];
        long[] drawn = {0};
        return () -> {
            int word = (int) (drawn[0] & 3);
            if (word == 0) {
                System.arraycopy(Philox4x32.words(seed, 0, drawn[0] >>> 2), 0, words, 0, 4);
            }
            drawn[0]++;
            return (words[word] & 0xFFFF_FFFFL) * 0x1p-32;
        };
    }
}
