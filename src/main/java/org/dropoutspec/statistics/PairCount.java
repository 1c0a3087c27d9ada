package org.dropoutspec.statistics;

/**
 * Drops, split by something known before each: for a lag, whether the element that many earlier was dropped.
 *
 * @param after the elements for which it was so, such as those after a drop
 * @param otherwise the other elements
 */
public record PairCount(RateCount after, RateCount otherwise) {
    static final PairCount NONE = new PairCount(RateCount.NONE, RateCount.NONE);

    public PairCount plus(PairCount other) {
        return new PairCount(after.plus(other.after), otherwise.plus(other.otherwise));
    }

    public RateCount total() {
        return after.plus(otherwise);
    }

    /** How much better, in nats, two conditional drop rates explain the counts than one common rate does. */
    double excess() {
        double together = total().rate();
        return together > 0 && together < 1 ? after.excess(together) + otherwise.excess(together) : 0;
    }

    /** ln of the e-value against independence at {@code rate} give or take the resolution. */
    public double logE(double rate, double resolution) {
        return PairMixture.of(rate, resolution).logE(this);
    }

    /**
     * A confidence sequence, at level {@code alpha}, for the difference of the two conditional drop rates ({@link
     * CorrelationRange}). The difference is the correlation rho of an element with what was known. No assumption on the
     * rate is needed.
     */
    public Interval correlation(double rate, double alpha) {
        return correlation(RateMixture.around(rate), rate, alpha);
    }

    /** The same, with bets around {@code rate} that were made already. */
    Interval correlation(RateMixture around, double rate, double alpha) {
        CorrelationRange range = new CorrelationRange(around, rate, alpha);
        range.add(this);
        return range.interval();
    }

    /** The smallest correlation, positive or negative, whose expected counts reject; infinite if none would. */
    public double detectable(double rate, double resolution, double threshold) {
        PairMixture mixture = PairMixture.of(rate, resolution);
        double odds = rate / (1 - rate);
        return Math.max(
                detectable(mixture, rate, 1, threshold),
                detectable(mixture, rate, -Math.min(odds, 1 / odds), threshold));
    }

    private double detectable(PairMixture mixture, double rate, double end, double threshold) {
        if (mixture.logE(expected(rate, end)) < threshold) {
            return Double.POSITIVE_INFINITY;
        }
        double accepted = 0;
        double rejected = end;
        for (int i = 0; i < 40; i++) {
            double middle = (accepted + rejected) / 2;
            if (mixture.logE(expected(rate, middle)) < threshold) {
                accepted = middle;
            } else {
                rejected = middle;
            }
        }
        return Math.abs(rejected);
    }

    private PairCount expected(double rate, double rho) {
        return new PairCount(
                expected(after.elements(), rate + rho * (1 - rate)), expected(otherwise.elements(), rate - rho * rate));
    }

    private static RateCount expected(long elements, double rate) {
        return new RateCount(elements, Math.min(elements, Math.max(0, Math.round(elements * rate))));
    }

    /** The answer: rejected at the threshold, certified if the correlation lies within +- band, or undecided. */
    public Evidence evidence(double rate, double resolution, double threshold, double band, double alpha) {
        Interval interval = correlation(rate, alpha);
        return Evidence.judge(
                total().elements(),
                logE(rate, resolution),
                threshold,
                interval,
                interval.distanceFrom(0),
                band,
                detectable(rate, resolution, threshold));
    }
}
