package org.example;

import java.util.SplittableRandom;

/** Inverted dropout on arrays of floats, as in a library that does not know the suite. */
public final class FloatDropout {
    private SplittableRandom random = new SplittableRandom();

    /** Sets the seed, which decides all masks that follow. */
    public void seed(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Draws which of {@code size} elements are kept.
     *
     * @param rate the probability of dropping one, in [0, 1]
     */
    public boolean[] drawMask(int size, double rate) {
        requireRate(rate);
        boolean[] kept = new boolean[size];
        for (int i = 0; i < size; i++) {
            kept[i] = random.nextDouble() >= rate;
        }
        return kept;
    }

    /** Kept elements are divided by 1 - rate in double and rounded once. For x, and for the upstream gradient. */
    public float[] apply(float[] x, boolean[] kept, double rate) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = kept[i] ? (float) (x[i] / (1 - rate)) : 0;
        }
        return y;
    }

    /** @throws IllegalArgumentException unless the rate is in [0, 1]; NaN is not */
    public static void requireRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate (" + rate + ") must be in [0, 1]");
        }
    }
}
