package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The e-process for dependence of a drop on something known before it, such as the drop k elements earlier, from the
 * counts (N1, S1, N0, S0): elements and drops where the known bit is 1, and where it is 0.
 *
 * <p>A bet on correlation rho expects the rates q1 = p + rho (1-p) and q0 = p - rho p. Each element is bet on given its
 * own past, so overlapping pairs are counted exactly, at any p. Under the composite null [low, high], a rate that the
 * bet expects above p is moved above high by the same odds against keeping, one below p below low. Each pays against
 * that end: at most fair anywhere in the null, also if the probability changes from element to element.
 *
 * <p>The known bit may be 1 at another rate k than p, as a drop of a call at another rate is. A bet then expects q1 = p
 * + c (1-k) and q0 = p - c k, which average to p, with c in proportion to the largest possible: that of two masks drawn
 * by comparing one set of numbers with two rates.
 */
final class PairMixture {
    private static final int STRENGTHS = 13;
    /** How many bets there are. */
    static final int BETS = 2 * STRENGTHS;

    private final double[][] bets;

    private PairMixture(double[][] bets) {
        this.bets = bets;
    }

    static PairMixture of(double rate, double resolution) {
        return of(rate, rate, resolution);
    }

    /** @param known the rate at which the known bit is 1 */
    static PairMixture of(double rate, double known, double resolution) {
        Stratum.requireRate(rate);
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        double positive = Math.min((1 - rate) / (1 - known), rate / known);
        double negative = Math.min(rate / (1 - known), (1 - rate) / known);
        List<double[]> bets = new ArrayList<>();
        for (int j = 0; j < STRENGTHS; j++) {
            double strength = j == 0 ? 0.999 : Math.scalb(1.0, -j);
            bets.add(bet(rate, known, low, high, strength * positive));
            bets.add(bet(rate, known, low, high, -strength * negative));
        }
        return new PairMixture(bets.toArray(double[][]::new));
    }

    double logE(PairCount count) {
        double[] gains = new double[BETS];
        add(count, gains);
        return logE(gains);
    }

    /** Adds ln of the gain of each bet. */
    void add(PairCount count, double[] gains) {
        for (int i = 0; i < BETS; i++) {
            double[] bet = bets[i];
            gains[i] += LogSpace.ratio(count.after().kept(), count.after().dropped(), bet[1], bet[0])
                    + LogSpace.ratio(count.otherwise().kept(), count.otherwise().dropped(), bet[3], bet[2]);
        }
    }

    /** ln of the mean gain of the bets, from ln of each. A bet has the same index at every rate. */
    static double logE(double[] gains) {
        double sum = Double.NEGATIVE_INFINITY;
        for (double gain : gains) {
            sum = LogSpace.add(sum, gain);
        }
        return sum - Math.log(gains.length);
    }

    private static double[] bet(double p, double known, double low, double high, double slope) {
        double[] first = factors(slope * (1 - known), p, low, high);
        double[] second = factors(-slope * known, p, low, high);
        return new double[] {first[0], first[1], second[0], second[1]};
    }

    /** ln of what a bet on the rate p + shift pays at a drop, and at a keep. */
    static double[] factors(double shift, double p, double low, double high) {
        if (shift > 0) {
            // 1 - q is (1 - high) (1 - p - shift) / (1 - p)
            double distance = (1 - high) * shift / (1 - p);
            return high < 1
                    ? new double[] {Math.log1p(distance / high), Math.log1p(-shift / (1 - p))}
                    : new double[] {0, 0};
        }
        double distance = low * shift / p;
        return low > 0 ? new double[] {Math.log1p(shift / p), Math.log1p(-distance / (1 - low))} : new double[] {0, 0};
    }
}
