package org.dropoutspec.defect;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** How a word is made of two others, and what that does to the drops. */
enum Combination {
    NONE("no function"),
    SUM("the sum"),
    EXCLUSIVE_OR("the exclusive or");

    private static final int SAMPLES = 400_000;

    private final Map<Double, double[]> given = new ConcurrentHashMap<>();
    private final String words;

    Combination(String words) {
        this.words = words;
    }

    int of(int a, int b) {
        return this == SUM ? a + b : a ^ b;
    }

    /**
     * The rate of the third, and how often that is so, where neither of the two is dropped, the second, the first, and
     * both: four rates, then four shares.
     */
    double[] contexts(double rate) {
        return given.computeIfAbsent(rate, this::sampled);
    }

    private double[] sampled(double rate) {
        SplittableRandom random = new SplittableRandom(8);
        long threshold = (long) (rate * 0x1p32);
        double[] seen = new double[8];
        for (int i = 0; i < SAMPLES; i++) {
            int a = random.nextInt();
            int b = random.nextInt();
            int c = this == NONE ? random.nextInt() : of(a, b);
            int context = 2 * dropped(a, threshold) + dropped(b, threshold);
            seen[context] += dropped(c, threshold);
            seen[4 + context]++;
        }
        for (int context = 0; context < 4; context++) {
            seen[context] = this == NONE ? rate : (seen[context] + rate) / (seen[4 + context] + 1);
            seen[4 + context] /= SAMPLES;
        }
        return seen;
    }

    private static int dropped(int word, long threshold) {
        return Integer.toUnsignedLong(word) < threshold ? 1 : 0;
    }

    @Override
    public String toString() {
        return words;
    }
}
