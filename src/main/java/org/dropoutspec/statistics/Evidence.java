package org.dropoutspec.statistics;

/** The answer that the counts give: one of three, each with the figures that it rests on. */
public sealed interface Evidence {
    Figures figures();

    /** The null is refuted: the e-value reached its threshold. */
    record Rejected(Figures figures) implements Evidence {}

    /** The positive claim is made: the confidence sequence lies inside the band. */
    record Certified(Figures figures) implements Evidence {}

    /** The sample ended before the evidence sufficed for either; never to be taken for a pass. */
    record Undecided(Figures figures) implements Evidence {}

    /**
     * The figures of a verdict.
     *
     * @param elements how many mask elements were used
     * @param logE ln of the e-value
     * @param threshold ln(1/alpha) of the check's share of the ledger
     * @param interval the confidence sequence
     * @param bound eps*, the largest distance from the claim that the confidence sequence leaves open
     * @param detectable the smallest deviation that rejects if it is observed on so many elements
     */
    record Figures(long elements, double logE, double threshold, Interval interval, double bound, double detectable) {}

    static Evidence judge(
            long elements,
            double logE,
            double threshold,
            Interval interval,
            double bound,
            double band,
            double detectable) {
        Figures figures = new Figures(elements, logE, threshold, interval, bound, detectable);
        if (logE >= threshold) {
            return new Rejected(figures);
        }
        return bound <= band ? new Certified(figures) : new Undecided(figures);
    }
}
