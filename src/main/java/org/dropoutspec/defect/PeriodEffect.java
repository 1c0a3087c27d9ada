package org.dropoutspec.defect;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The generator repeats itself after a number of words.
 *
 * @param period in words
 */
record PeriodEffect(int period) implements Effect {
    /** A stretch of this length does not repeat by chance at the rates .05 to .95. */
    private static final int WINDOW = 1000;
    /** In this many elements a stretch that the suite remembers begins for certain. */
    private static final int LONG = 1 << 13;

    private static final double FEW = 0.02;

    @Override
    public boolean isGradual() {
        return false;
    }

    @Override
    public String kind() {
        return "period";
    }

    /**
     * A call that is sufficiently longer than a period repeats itself. Two smaller calls repeat each other where they
     * fall on the same part of the period at one rate, which is rare.
     */
    @Override
    public List<Trace> traces(Asked asked, History history) {
        if (asked.maskSize() < WINDOW || Math.abs(asked.rate() - 0.5) > 0.45) {
            return List.of();
        } else if (asked.maskSize() >= period + LONG) {
            return List.of(new Trace.Shown(1, 1));
        }
        return history.words() >= period ? List.of(new Trace.Shown(FEW, 1)) : List.of();
    }

    @Override
    public void words(int[] words, Strike strike) {
        for (int i = 0; i < words.length; i++) {
            words[i] = word((strike.history().words() + i) % period);
        }
    }

    private int word(long position) {
        return new SplittableRandom(IndependentWords.key(period, position)).nextInt();
    }

    @Override
    public String toString() {
        return "begins again after " + period + " words";
    }
}
