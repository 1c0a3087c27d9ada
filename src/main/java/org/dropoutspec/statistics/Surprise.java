package org.dropoutspec.statistics;

/**
 * How far the strata of a cell are from what is expected, in squared standard deviations. This quick look finds the few
 * cells among thousands whose bets are worth the arithmetic.
 *
 * <p>It uses a normal approximation, but nothing rests on that. A cell that is passed over counts with an e-value of 0,
 * which is at most its own, and which could not have been more than some 15 of the 23 nats or more that a check needs.
 */
final class Surprise {
    /** A squared deviation that a single stratum shows without meaning much: P(z^2 > 4) is .05. */
    private static final double USUAL = 4;

    private static final double LEAST = 16;

    private final double least;
    private double beyond;
    private double sum;
    private double variance;
    private double largest;
    private int where;

    Surprise(int strata) {
        this.least = LEAST + strata / 8.0;
    }

    void clear() {
        beyond = 0;
        sum = 0;
        variance = 0;
        largest = -1;
        where = -1;
    }

    /**
     * Adds a stratum.
     *
     * @param deviation of its score from 0, such as the drops beyond what is expected; a single element adds at most 1
     * @param spread the variance of the score, positive
     * @param weight the weight of the score in the sum over strata that deviate alike
     */
    void add(int stratum, double deviation, double spread, double weight) {
        // a few events where few are expected are less surprising than their variance suggests
        double squared = deviation * deviation / (spread + Math.abs(deviation) / 8);
        beyond += Math.max(0, squared - USUAL);
        sum += weight * deviation;
        variance += weight * weight * spread;
        if (squared > largest) {
            largest = squared;
            where = stratum;
        }
    }

    /** Whether the bets may show something. */
    boolean isWorthABet() {
        return beyond >= least || variance > 0 && sum * sum >= LEAST * variance;
    }

    /** The stratum that deviates most; -1 where there is none. */
    int where() {
        return where;
    }
}
