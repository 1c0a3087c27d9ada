package org.dropoutspec.defect;

import java.util.List;

/**
 * Neighbours in a group share their fate.
 *
 * @param group the number of elements in a group
 */
record GroupEffect(int group) implements Effect {
    @Override
    public String kind() {
        return "within a mask";
    }

    /** The second of a group copies the first with the strength as probability. What the others add is not counted. */
    @Override
    public List<Trace> traces(Asked asked, History history) {
        double p = asked.rate();
        int size = asked.maskSize();
        int second = (size + group - 2) / group;
        double others = Math.max(0, size - 1 - second);
        return List.of(
                new Trace.Pairs(View.lag(1), p, p, 1, second),
                new Trace.Pairs(View.lag(1), p, p, 0, others),
                new Trace.Pairs(View.nearLag(1), p, p, 1, second),
                new Trace.Pairs(View.nearLag(1), p, p, 0, others));
    }

    @Override
    public void words(int[] words, Strike strike) {
        for (int i = 0; i < words.length; i++) {
            if (i % group > 0 && strike.hits()) {
                words[i] = words[i - i % group];
            }
        }
    }

    @Override
    public String toString() {
        return "shares among " + group;
    }
}
