package org.dropoutspec.defect;

import java.util.List;

/**
 * An element is made of the random word of another one of the same mask.
 *
 * @param lag how many elements before
 * @param opposite whether of one less it
 */
record LagEffect(int lag, boolean opposite) implements Effect {
    @Override
    public String kind() {
        return "within a mask";
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        double p = asked.rate();
        return List.of(new Trace.Pairs(View.lag(lag), p, p, opposite ? -1 : 1, Math.max(0, asked.maskSize() - lag)));
    }

    @Override
    public void words(int[] words, Strike strike) {
        for (int i = lag; i < words.length; i++) {
            if (strike.hits()) {
                words[i] = opposite ? ~words[i - lag] : words[i - lag];
            }
        }
    }

    @Override
    public String toString() {
        return "copies " + (opposite ? "the opposite of " : "") + "the element " + lag + " before";
    }
}
