package org.dropoutspec.statistics;

/**
 * How many of {@code size} independent draws are dropped at a rate.
 *
 * @param rate in (0, 1)
 */
public record Binomial(int size, double rate) {
    /** A weight of so small a part of the largest, times as many as there can be, is below the last digit of a sum. */
    private static final double LEAST = 0x1p-90;

    public Binomial {
        Stratum.requireRate(rate);
    }

    /**
     * The total variation distance from as many draws at a higher rate, rounded down: the least probability with which
     * two masks of independent elements at the two rates differ, however they are coupled. The number of drops decides
     * between the rates, so that it is the distance of the masks too.
     */
    public double distance(Binomial higher) {
        if (higher.size != size || higher.rate <= rate) {
            throw new IllegalArgumentException(
                    "draws (" + higher + ") must be as many as " + this + " and at a higher rate");
        }
        // from here on a number of drops is more probable at the higher rate
        double keeps = Math.log1p((higher.rate - rate) / (1 - higher.rate));
        int from = (int) Math.ceil(size * keeps / (keeps + LogSpace.logRatio(higher.rate, rate)));
        double distance = higher.atLeast(from) - atLeast(from);
        // two sums of at most n terms, each off by a few roundings for every step from the most probable one
        return Math.max(0, distance - size * 0x1p-48);
    }

    private double atLeast(int count) {
        BinomialWeights weights = new BinomialWeights(size, rate, LEAST);
        return weights.atLeast(count);
    }
}
