package org.dropoutspec.sampling;

import java.util.List;

/**
 * How much is sampled, and how narrow a bound it has to certify.
 *
 * @param rate the band of a drop rate, on either side of it, beside the declared resolution
 * @param correlation the band of a correlation, on either side of 0
 * @param place the band of the drop rate among elements picked by their place or by the input, on either side
 * @param strength 2 for every pair of conditions, 3 for every triple
 * @param largest the largest number of elements of a row, apart from a few large rows
 * @param repetitions of a row whose mask has the input's own shape, by the size class of the input
 * @param noiseRepetitions of a row with a noise shape, by the size class of the input
 * @param elements at least so many are drawn of each element type; where that leaves something undecided, four times as
 *     many
 * @param bits the widths at which a rate may have been rounded, for the rates near the edges and the coupled seeds
 * @param restarts how often the implementation is started anew, for its first calls
 */
public record Plan(
        double rate,
        double correlation,
        double place,
        int strength,
        int largest,
        List<Integer> repetitions,
        List<Integer> noiseRepetitions,
        long elements,
        List<Integer> bits,
        int restarts) {
    /** How many times the horizon may be asked before a check ends inconclusive. */
    static final int EXTENSION = 4;

    private static final int LARGEST_AT_SITE = 1 << 12;
    private static final double CORRELATION_AT_SITE = 0.3;
    private static final double PLACE_AT_SITE = 0.24;
    private static final double CORRELATION_OF_SEEDS = 0.0025;

    public Plan {
        repetitions = List.copyOf(repetitions);
        noiseRepetitions = List.copyOf(noiseRepetitions);
        bits = List.copyOf(bits);
    }

    /**
     * The plan for a mask site of another operation than plain dropout: bands at least twice as wide, masks of up to
     * 4,096 elements and a few larger ones, a quarter of the elements. There are many sites, and each call costs much
     * more.
     */
    public Plan ofSite() {
        return new Plan(
                2 * rate,
                Math.max(2 * correlation, CORRELATION_AT_SITE),
                Math.max(2 * place, PLACE_AT_SITE),
                2,
                Math.min(largest, LARGEST_AT_SITE),
                repetitions.stream().map(times -> (times + 15) / 16).toList(),
                noiseRepetitions.stream().map(times -> (times + 15) / 16).toList(),
                elements / 4,
                bits,
                restarts);
    }

    /** The plan with this band of the drop rate, all bands scaled alike, and the number of elements that this takes. */
    public Plan within(double bound) {
        double narrower = bound / rate;
        return new Plan(
                bound,
                correlation * narrower,
                place * narrower,
                strength,
                largest,
                repetitions,
                noiseRepetitions,
                Math.round(elements / (narrower * narrower)),
                bits,
                restarts);
    }

    /** The plan for calls with a seed each: not many seeds differ in the bits that every implementation uses. */
    public Plan ofSeeds() {
        return new Plan(
                rate,
                Math.max(correlation, CORRELATION_OF_SEEDS),
                place,
                strength,
                largest,
                repetitions,
                noiseRepetitions,
                elements,
                bits,
                restarts);
    }

    /** The horizon of the calls with a seed each, in elements of each type. */
    long seededElements() {
        return Math.max(elements / 4, Math.min(elements, 250_000));
    }
}
