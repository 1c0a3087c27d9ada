package org.dropoutspec.statistics;

/**
 * Bets that an element and two before it are dependent although any two of the three are independent. A sum, a
 * difference or an exclusive or of two earlier random numbers leaves this trace when all are compared with a threshold.
 *
 * <p>Three drops that are independent in pairs have one degree of freedom, delta = P(all three) - p^3. The rates after
 * two drops, after one and after none are then p + delta/p^2, p - delta/(p (1-p)) and p + delta/(1-p)^2. At p = .1 a
 * sum and a difference have delta = .004 of at most .009; at .5 an exclusive or has all of it and a sum nothing. The
 * bets are on .999, 1/2, ... 1/32 of the largest delta of either sign. They pay against the ends of the null like those
 * of {@link PairMixture}.
 */
final class TripleMixture {
    private static final int STRENGTHS = 6;

    private final double[][] bets = new double[2 * STRENGTHS][];

    /** @param rate at most 1/2; at higher rates the bets are on the kept elements */
    TripleMixture(double rate, double resolution) {
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        for (int j = 0; j < STRENGTHS; j++) {
            double strength = j == 0 ? 0.999 : Math.scalb(1.0, -j);
            bets[2 * j] = bet(rate, low, high, strength * rate * rate * (1 - rate));
            bets[2 * j + 1] = bet(rate, low, high, -strength * rate * rate * rate);
        }
    }

    private static double[] bet(double p, double low, double high, double delta) {
        double[] both = PairMixture.factors(delta / (p * p), p, low, high);
        double[] one = PairMixture.factors(-delta / (p * (1 - p)), p, low, high);
        double[] none = PairMixture.factors(delta / ((1 - p) * (1 - p)), p, low, high);
        return new double[] {both[0], both[1], one[0], one[1], none[0], none[1]};
    }

    /** ln of the mean gain of the bets, from the elements after two drops, after one, and after none. */
    double logE(RateCount both, RateCount one, RateCount none) {
        double logE = Double.NEGATIVE_INFINITY;
        for (double[] bet : bets) {
            double gain = LogSpace.ratio(both.kept(), both.dropped(), bet[1], bet[0])
                    + LogSpace.ratio(one.kept(), one.dropped(), bet[3], bet[2])
                    + LogSpace.ratio(none.kept(), none.dropped(), bet[5], bet[4]);
            logE = LogSpace.add(logE, gain);
        }
        return logE - Math.log(bets.length);
    }
}
