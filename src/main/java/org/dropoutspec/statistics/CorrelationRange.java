package org.dropoutspec.statistics;

/**
 * The range of the correlations of several lags, taken together: the smallest interval that holds the confidence
 * sequence of each.
 *
 * <p>Let q1 and q0 be the conditional drop rates after a drop and after a keep. The likelihood of bets around the asked
 * rate over that of (q1, q0) is an e-process if these are the true rates, so (q1, q0) is refuted where it reaches
 * 1/alpha (Ville's inequality). The correlation is q1 - q0. Its largest value among the pairs not refuted has a dual:
 * for any m > 0 it is at most the maximum of q1 - q0 + (ln L(q1, q0) - ln L*)/m, with L* the likelihood at which a pair
 * is refuted. With the m of the lag before, nearly every lag is seen not to widen the interval.
 */
final class CorrelationRange {
    private static final int STEPS = 12;
    /** How far the multiplier is searched, in nats, to either side of its value for normal counts. */
    private static final double AROUND = 3;

    private final double rate;
    private final double logAlpha;
    private final RateMixture around;
    private final Edge high = new Edge();
    private final Edge low = new Edge();

    /** @param alpha the level of each lag's confidence sequence */
    CorrelationRange(double rate, double alpha) {
        this(RateMixture.around(rate), rate, alpha);
    }

    /** The same, with the bets around {@code rate} made already. */
    CorrelationRange(RateMixture around, double rate, double alpha) {
        RateCount.requireAlpha(alpha);
        this.rate = rate;
        this.logAlpha = Math.log(alpha);
        this.around = around;
    }

    void add(PairCount pairs) {
        RateCount total = pairs.total();
        // half of the bets around the rate are on the rate itself; if it is right, the others are worth nearly nothing
        double bets = total.excess(rate) < 2 ? -Math.log(2) : around.logE(total.elements(), total.dropped());
        high.add(pairs.after(), pairs.otherwise(), bets + logAlpha);
        low.add(pairs.otherwise(), pairs.after(), bets + logAlpha);
    }

    Interval interval() {
        return new Interval(-low.furthest, high.furthest);
    }

    /** The largest difference between the rates of two counts. */
    private final class Edge {
        private double furthest = -1;
        private double multiplier = 1;

        void add(RateCount first, RateCount second, double least) {
            double bound = dual(first, second, least, multiplier);
            if (bound <= furthest && bound > Double.NEGATIVE_INFINITY) {
                return;
            }
            // the dual is smallest where the pair of rates that it finds has the likelihood L*; elsewhere it is larger,
            // but just as valid
            double below = usual(first, second, least) - AROUND;
            double above = below + 2 * AROUND;
            for (int i = 0; i < STEPS; i++) {
                double middle = (below + above) / 2;
                if (likelihood(first, second, Math.exp(middle)) > least) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            multiplier = Math.exp(above);
            furthest = Math.max(furthest, Math.min(1, dual(first, second, least, multiplier)));
        }

        /** ln of the multiplier for the case that ln of the likelihood falls off as a parabola. */
        private double usual(RateCount first, RateCount second, double least) {
            double most = first.excess(rate) + second.excess(rate);
            return 0.5 * Math.log(2 * (most - least) / (variance(first) + variance(second)));
        }

        /** The variance of the observed rate. */
        private static double variance(RateCount count) {
            double n = count.elements() + 1.0;
            double observed = (count.dropped() + 0.5) / n;
            return observed * (1 - observed) / n;
        }

        private double dual(RateCount first, RateCount second, double least, double m) {
            double difference =
                    upper(first.elements(), first.dropped(), m) + upper(second.elements(), second.kept(), m) - 1;
            return difference + (likelihood(first, second, m) - least) / m;
        }

        /** ln of the likelihood of the pair of rates that the multiplier finds, relative to the asked rate. */
        private double likelihood(RateCount first, RateCount second, double m) {
            return first.likelihood(upper(first.elements(), first.dropped(), m), rate)
                    + second.likelihood(1 - upper(second.elements(), second.kept(), m), rate);
        }

        /** The q at which m q + (s ln q + (n - s) ln(1 - q)) is largest: m q (1 - q) = n q - s. */
        private static double upper(double n, double s, double m) {
            double b = m - n;
            double root = Math.sqrt(b * b + 4 * m * s);
            if (b > 0) {
                return Math.min(1, (b + root) / (2 * m));
            }
            // the same without cancellation
            return s > 0 ? Math.min(1, 2 * s / (root - b)) : 0;
        }
    }
}
