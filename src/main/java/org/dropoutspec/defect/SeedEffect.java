package org.dropoutspec.defect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Capability;

/**
 * The streams of different seeds have something in common.
 *
 * @param number of bits that count, or of draws by which streams overlap
 */
record SeedEffect(Kinship kinship, int number) implements Effect {
    /** Which streams have what in common. */
    enum Kinship {
        CUT("counts %d bits of a seed"),
        OVERLAP("draws call n + %d of a seed as call n of the next seed"),
        NEIGHBOURS("copies the even neighbour of an odd seed");

        private final String words;

        Kinship(String words) {
            this.words = words;
        }
    }

    @Override
    public boolean isGradual() {
        return kinship == Kinship.NEIGHBOURS;
    }

    @Override
    public String kind() {
        return "seeds";
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.SEED);
    }

    /** The earlier draw that shares its words with this one, if there was one. */
    private Optional<Asked> kin(History history) {
        long seed = history.seed();
        int draw = history.drawOfSeed();
        return switch (kinship) {
            case CUT -> history.ofSeedsLike(seed, number, draw);
            case OVERLAP -> history.ofSeed(seed - 1, draw + number).or(() -> history.ofSeed(seed + 1, draw - number));
            case NEIGHBOURS -> history.ofSeed(seed ^ 1, draw);
        };
    }

    @Override
    public boolean isSeenInSingleCalls() {
        return true;
    }

    /** The suite compares seeds in calls of 64 elements. */
    @Override
    public List<Trace> traces(Asked asked, History history) {
        return kin(history)
                .filter(other -> other.rate() == asked.rate() && asked.size() == 64 && other.size() == 64)
                .map(other -> List.<Trace>of(new Trace.Pairs(View.SEEDS, asked.rate(), other.rate(), 1, asked.size())))
                .orElse(List.of());
    }

    @Override
    public long key(long seed, long draw, Strike strike) {
        return switch (kinship) {
            case CUT -> IndependentWords.key(seed & (1L << number) - 1, draw);
            case OVERLAP -> IndependentWords.key(-1, seed * number + draw);
            case NEIGHBOURS -> IndependentWords.key(seed, draw);
        };
    }

    @Override
    public void words(int[] words, Strike strike) {
        long seed = strike.history().seed();
        if (kinship == Kinship.NEIGHBOURS && seed % 2 != 0) {
            int[] other = IndependentWords.of(
                    IndependentWords.key(seed - 1, strike.history().drawOfSeed()), words.length);
            for (int i = 0; i < words.length; i++) {
                words[i] = strike.hits() ? other[i] : words[i];
            }
        }
    }

    @Override
    public String toString() {
        return String.format(kinship.words, number);
    }
}
