package org.dropoutspec.statistics;

/**
 * The distribution of the number of drops among {@code size} independent draws at a rate.
 *
 * @param rate in (0, 1)
 */
public record Binomial(int size, double rate) {
    /** Smaller weights, relative to the largest, are left out: together they are below the last digit of a sum. */
    private static final double LEAST = 0x1p-90;

    public Binomial {
        Stratum.requireRate(rate);
    }

    /**
     * The total variation distance from as many draws at a higher rate, rounded down. Two masks of independent elements
     * at the two rates differ with this probability at least, however they are coupled. The number of drops is
     * sufficient for the rate, so its distance is also that of the masks.
     */
    public double distance(Binomial higher) {
        if (higher.size != size || higher.rate <= rate) {
            throw new IllegalArgumentException(
                    "draws (" + higher + ") must be as many as " + this + " and at a higher rate");
        }
        // from this number of drops on, a number is more probable at the higher rate
        double keeps = Math.log1p((higher.rate - rate) / (1 - higher.rate));
        int from = (int) Math.ceil(size * keeps / (keeps + LogSpace.logRatio(higher.rate, rate)));
        double distance = higher.atLeast(from) - atLeast(from);
        // two sums of at most n terms; each term is off by a few roundings for every step from the most probable number
        return Math.max(0, distance - size * 0x1p-48);
    }

    private double atLeast(int count) {
        BinomialWeights weights = new BinomialWeights(size, rate, LEAST);
        return weights.atLeast(count);
    }
}
