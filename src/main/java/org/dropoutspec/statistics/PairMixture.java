package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The e-process for dependence of a drop on something known before it, such as the drop k elements earlier, on the
 * table of counts (N1, S1, N0, S0): elements and drops where the known bit is 1, and where it is 0.
 *
 * <p>A bet on correlation rho expects the rates q1 = p + rho (1-p) and q0 = p - rho p. Since each element is bet on
 * given its own past, overlapping pairs are counted exactly, at any p. Under the composite null [low, high] the rate
 * that a bet expects above p is moved above high by the same odds against keeping, one below p below low, and each
 * pays against that end: at most fair anywhere in the null, also where the rate wanders.
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
        Stratum.requireRate(rate);
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        double odds = rate / (1 - rate);
        double negative = Math.min(odds, 1 / odds);
        List<double[]> bets = new ArrayList<>();
        for (int j = 0; j < STRENGTHS; j++) {
            double rho = j == 0 ? 0.999 : Math.scalb(1.0, -j);
            bets.add(bet(rate, low, high, rho));
            bets.add(bet(rate, low, high, -rho * negative));
        }
        return new PairMixture(bets.toArray(double[][]::new));
    }

    double logE(PairCount count) {
        double[] gains = new double[BETS];
        add(count, gains);
        return logE(gains);
    }

    /** Adds ln of what each bet has gained. */
    void add(PairCount count, double[] gains) {
        for (int i = 0; i < BETS; i++) {
            double[] bet = bets[i];
            gains[i] += LogSpace.ratio(count.after().kept(), count.after().dropped(), bet[1], bet[0])
                    + LogSpace.ratio(count.otherwise().kept(), count.otherwise().dropped(), bet[3], bet[2]);
        }
    }

    /** ln of the mean of what the bets have gained; the same bet stands at the same place at every rate. */
    static double logE(double[] gains) {
        double sum = Double.NEGATIVE_INFINITY;
        for (double gain : gains) {
            sum = LogSpace.add(sum, gain);
        }
        return sum - Math.log(gains.length);
    }

    private static double[] bet(double p, double low, double high, double rho) {
        double[] first = factors(rho * (1 - p), p, low, high);
        double[] second = factors(-rho * p, p, low, high);
        return new double[] {first[0], first[1], second[0], second[1]};
    }

    /** ln of what a drop and a keep pay to a bet on rate p + shift. */
    private static double[] factors(double shift, double p, double low, double high) {
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
