package org.example;

import java.util.SplittableRandom;

/** The dropout of a library that knows nothing of the suite: inverted, on arrays of floats. */
public final class FloatDropout {
    private SplittableRandom random = new SplittableRandom();

    /** The masks that follow are a function of the seed. */
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

    /** What is kept, divided by 1 - rate in double and rounded once; the output of x, and the gradient of upstream. */
    public float[] apply(float[] x, boolean[] kept, double rate) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = kept[i] ? (float) (x[i] / (1 - rate)) : 0;
        }
        return y;
    }

    /** @throws IllegalArgumentException unless it is in [0, 1]; NaN is not */
    public static void requireRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate (" + rate + ") must be in [0, 1]");
        }
    }
}
