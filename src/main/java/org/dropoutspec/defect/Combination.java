package org.dropoutspec.defect;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** How a word is made from two others, which shows in the drops. Any two of the three words are independent. */
enum Combination {
    NONE("no function"),
    SUM("the sum"),
    EXCLUSIVE_OR("the exclusive or");

    private static final int SAMPLES = 400_000;

    private final Map<Double, Double> excess = new ConcurrentHashMap<>();
    private final String words;

    Combination(String words) {
        this.words = words;
    }

    int of(int a, int b) {
        return this == SUM ? a + b : a ^ b;
    }

    /** How much more often than by chance all three are dropped, estimated from 400,000 draws. */
    double excess(double rate) {
        return this == NONE ? 0 : excess.computeIfAbsent(rate, this::sampled);
    }

    private double sampled(double rate) {
        SplittableRandom random = new SplittableRandom(8);
        long threshold = (long) (rate * 0x1p32);
        int all = 0;
        for (int i = 0; i < SAMPLES; i++) {
            int a = random.nextInt();
            int b = random.nextInt();
            all += dropped(a, threshold) & dropped(b, threshold) & dropped(of(a, b), threshold);
        }
        return all / (double) SAMPLES - rate * rate * rate;
    }

    private static int dropped(int word, long threshold) {
        return Integer.toUnsignedLong(word) < threshold ? 1 : 0;
    }

    @Override
    public String toString() {
        return words;
    }
}
