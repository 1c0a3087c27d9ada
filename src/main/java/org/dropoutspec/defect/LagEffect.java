package org.dropoutspec.defect;

import java.util.List;

/**
 * An element is made from the random word of another element of the same mask.
 *
 * @param lag how many elements before it the other one is
 * @param opposite whether one less that word is used
 */
record LagEffect(int lag, boolean opposite) implements Effect {
    @Override
    public String kind() {
        return "within a mask";
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        double p = asked.rate();
        int sign = opposite ? -1 : 1;
        int pairs = Math.max(0, asked.maskSize() - lag);
        Trace apart = new Trace.Pairs(View.lag(lag), p, p, sign, lag <= 1024 ? pairs : 0);
        boolean near = lag == 1 || lag == 2 || lag == 4;
        return near ? List.of(apart, new Trace.Pairs(View.nearLag(lag), p, p, sign, pairs)) : List.of(apart);
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
