package org.dropoutspec.defect;

import java.util.List;

/** A word is made from two earlier words of the same mask, as in a lagged generator. */
record CombinationEffect(Combination combination, int near, int far) implements Effect {
    @Override
    public String kind() {
        return "relation";
    }

    /** The suite looks for this in calls of 1,024 elements and more, at one rate. */
    @Override
    public List<Trace> traces(Asked asked, History history) {
        boolean looked = Math.abs(asked.rate() - 0.1) < 0.01 && asked.maskSize() >= 1024 && far <= 1024;
        return looked
                ? List.of(
                        new Trace.Triples(View.relation(far, near), asked.rate(), combination, asked.maskSize() - far))
                : List.of();
    }

    @Override
    public void words(int[] words, Strike strike) {
        for (int i = far; i < words.length; i++) {
            if (strike.hits()) {
                words[i] = combination.of(words[i - near], words[i - far]);
            }
        }
    }

    @Override
    public String toString() {
        return "draws " + combination + " of the words " + near + " and " + far + " before";
    }
}
