package org.dropoutspec.defect;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The generator begins again after so many words.
 *
 * @param period in words
 */
record PeriodEffect(int period) implements Effect {
    /** A stretch that is long enough not to repeat by chance at the rates .05 to .95. */
    private static final int WINDOW = 1000;

    @Override
    public boolean isGradual() {
        return false;
    }

    @Override
    public String kind() {
        return "period";
    }

    /** A call repeats what came before where it begins after the first period. */
    @Override
    public List<Trace> traces(Asked asked, History history) {
        boolean shows = history.words() >= period && asked.maskSize() >= WINDOW && Math.abs(asked.rate() - 0.5) <= 0.45;
        return shows ? List.of(new Trace.Shown(1, 1)) : List.of();
    }

    @Override
    public void words(int[] words, Strike strike) {
        for (int i = 0; i < words.length; i++) {
            words[i] = word((strike.history().words() + i) % period);
        }
    }

    private int word(long position) {
        return new SplittableRandom(Words.key(period, position)).nextInt();
    }

    @Override
    public String toString() {
        return "begins again after " + period + " words";
    }
}
