package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
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
    private final double[][] bets;
    private final double[] logWeights;

    private PairMixture(double[][] bets) {
        this.bets = bets;
        this.logWeights = new double[bets.length];
        Arrays.fill(logWeights, -Math.log(bets.length));
    }

    static PairMixture of(double rate, double resolution) {
        Design.requireRate(rate);
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        double odds = rate / (1 - rate);
        double negative = Math.min(odds, 1 / odds);
        List<double[]> bets = new ArrayList<>();
        for (int j = 0; j <= 12; j++) {
            double rho = j == 0 ? 0.999 : Math.scalb(1.0, -j);
            bets.add(bet(rate, low, high, rho));
            bets.add(bet(rate, low, high, -rho * negative));
        }
        return new PairMixture(bets.toArray(double[][]::new));
    }

    double logE(PairCount count) {
        double[] terms = new double[bets.length];
        for (int i = 0; i < terms.length; i++) {
            double[] bet = bets[i];
            terms[i] = LogSpace.ratio(count.after().kept(), count.after().dropped(), bet[1], bet[0])
                    + LogSpace.ratio(count.otherwise().kept(), count.otherwise().dropped(), bet[3], bet[2]);
        }
        return LogSpace.sum(logWeights, terms);
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
