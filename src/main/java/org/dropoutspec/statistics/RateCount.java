package org.dropoutspec.statistics;

/** The number of elements and of drops among them. Counts of shards can be added. */
public record RateCount(long elements, long dropped) {
    public static final RateCount NONE = new RateCount(0, 0);

    public RateCount {
        if (dropped < 0 || dropped > elements) {
            throw new IllegalArgumentException("dropped (" + dropped + ") must be in [0, " + elements + "]");
        }
    }

    public long kept() {
        return elements - dropped;
    }

    /** The observed rate; NaN without elements. */
    public double rate() {
        return (double) dropped / elements;
    }

    public RateCount plus(RateCount other) {
        return new RateCount(elements + other.elements, dropped + other.dropped);
    }

    /** ln of the e-value against the null that every element is dropped at {@code rate} give or take the resolution. */
    public double logE(double rate, double resolution) {
        return RateMixture.of(rate, resolution).logE(elements, dropped);
    }

    /**
     * ln of the e-value against the null that every element is dropped with probability at least {@code rate}: for
     * events that must be frequent, such as that one seed gives different masks at rates that differ by {@code rate}.
     */
    public double logEAtLeast(double rate) {
        Stratum.requireRate(rate);
        return RateMixture.between(rate, 1, Math.min(rate, 1 - rate)).logE(elements, dropped);
    }

    /**
     * The confidence sequence: the rates q that bets around {@code rate} do not refute at level {@code alpha}. Over all
     * sample sizes together, the probability that it ever excludes the true rate is at most alpha.
     */
    public Interval interval(double rate, double alpha) {
        return interval(RateMixture.around(rate), rate, alpha);
    }

    /** The same, with bets around {@code rate} that were made already. */
    Interval interval(RateMixture around, double rate, double alpha) {
        requireAlpha(alpha);
        if (elements == 0) {
            return new Interval(0, 1);
        }
        // q is refuted when the bets' likelihood is 1/alpha times its own; ln of it falls on either side of S/n
        double least = around.logE(elements, dropped) + Math.log(alpha);
        return new Interval(edge(0, rate, least), edge(1, rate, least));
    }

    /** The refuted rate closest to the observed one, on the side of {@code end}; {@code end} if it is not refuted. */
    private double edge(double end, double rate, double least) {
        double outside = end;
        double inside = rate();
        if (likelihood(end, rate) > least) {
            return end;
        }
        while (true) {
            double middle = (outside + inside) / 2;
            if (middle == outside || middle == inside) {
                return outside;
            }
            if (likelihood(middle, rate) > least) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
    }

    /** ln of the likelihood of rate q relative to {@code rate}, rounded up. */
    double likelihood(double q, double rate) {
        double drops = dropped == 0 ? 0 : dropped * LogSpace.logRatio(q, rate);
        double keeps = kept() == 0 ? 0 : kept() * LogSpace.logRatio(1 - q, 1 - rate);
        return drops + keeps + LogSpace.SLACK * (Math.abs(drops) + Math.abs(keeps));
    }

    /**
     * How much better, in nats, the observed rate explains the counts than {@code rate} does, rounded up. An e-value
     * against {@code rate} alone, less this, is an e-value against every constant rate, since the largest likelihood is
     * at least the true one.
     */
    double excess(double rate) {
        return excess(rate, 0);
    }

    /**
     * How much better, in nats, the observed rate explains the counts than the nearest rate within {@code resolution}
     * of {@code rate} does, rounded up; 0 if the observed rate is within. An e-value against every probability within
     * the resolution, less this, is also an e-value against every constant rate. For a rate beyond the resolution, the
     * largest likelihood ratio to the nearer end is at least the true one, and the e-value is one at that end.
     */
    double excess(double rate, double resolution) {
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        if (elements == 0 || rate() >= low && rate() <= high) {
            return 0;
        }
        return Math.max(0, likelihood(rate(), rate() < low ? low : high));
    }

    /**
     * The smallest distance of the observed rate from {@code rate} at which this many elements reject, on the side
     * where that distance is larger.
     *
     * @return infinite if no rate would be rejected
     */
    public double detectable(double rate, double resolution, double threshold) {
        RateMixture mixture = RateMixture.of(rate, resolution);
        long centre = Math.round(elements * rate);
        long above = firstRejected(mixture, centre, elements, threshold);
        long below = firstRejected(mixture, centre, 0, threshold);
        return above < 0 || below < 0
                ? Double.POSITIVE_INFINITY
                : Math.max((double) above / elements - rate, rate - (double) below / elements);
    }

    private long firstRejected(RateMixture mixture, long centre, long end, double threshold) {
        if (mixture.logE(elements, end) < threshold) {
            return -1;
        }
        long accepted = centre;
        long rejected = end;
        while (Math.abs(rejected - accepted) > 1) {
            long middle = accepted + (rejected - accepted) / 2;
            if (mixture.logE(elements, middle) < threshold) {
                accepted = middle;
            } else {
                rejected = middle;
            }
        }
        return rejected;
    }

    /** The answer: rejected at the threshold, certified if the confidence sequence is in rate +- band, or undecided. */
    public Evidence evidence(double rate, double resolution, double threshold, double band, double alpha) {
        Interval interval = interval(rate, alpha);
        return Evidence.judge(
                elements,
                logE(rate, resolution),
                threshold,
                interval,
                interval.distanceFrom(rate),
                band,
                detectable(rate, resolution, threshold));
    }

    static void requireAlpha(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha (" + alpha + ") must be in (0, 1)");
        }
    }

    @Override
    public String toString() {
        return dropped + " of " + elements;
    }
}
