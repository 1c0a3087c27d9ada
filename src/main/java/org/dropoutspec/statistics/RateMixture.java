package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The e-process for a drop rate, on the counts n and S of elements and drops (Ville's inequality; method of mixtures,
 * Robbins 1970).
 *
 * <p>The null is that every element, whatever came before it, is dropped with a probability in [low, high]. A bet on a
 * rate q above high multiplies by q/high at a drop and by (1-q)/(1-high) at a keep: its expectation is at most 1
 * anywhere in the null, also if the probability changes from element to element, and exactly 1 at high. Likewise below
 * low. The mixture is over rates whose distance from the null shrinks by the square root of 2; a bet that is off by
 * half a step grows at 97 % of the best speed. It is worth as much as a mixture of beta densities to within a few
 * percent, needs no logarithm of the gamma function, and so loses no digits at 1e10 elements.
 */
final class RateMixture {
    private static final double STEP = Math.sqrt(0.5);

    private final double[] onDrop;
    private final double[] onKeep;
    private final double[] logWeights;

    private RateMixture(double[] onDrop, double[] onKeep, double[] logWeights) {
        this.onDrop = onDrop;
        this.onKeep = onKeep;
        this.logWeights = logWeights;
    }

    /** The bets against the null [rate - resolution, rate + resolution], on both sides of it. */
    static RateMixture of(double rate, double resolution) {
        Stratum.requireRate(rate);
        return between(Math.max(0, rate - resolution), Math.min(1, rate + resolution), Math.min(rate, 1 - rate));
    }

    /** The bets against the null [low, high]; a side without possible rates gets no bet. */
    static RateMixture between(double low, double high, double scale) {
        List<double[]> above = high < 1 ? bets(high, 1 - high, scale) : List.of();
        List<double[]> below = low > 0 ? bets(low, -low, scale) : List.of();
        double sides = (above.isEmpty() ? 0 : 1) + (below.isEmpty() ? 0 : 1);
        List<double[]> all = new ArrayList<>(above);
        all.addAll(below);
        double[] onDrop = new double[all.size()];
        double[] onKeep = new double[all.size()];
        double[] weights = new double[all.size()];
        for (int i = 0; i < weights.length; i++) {
            onDrop[i] = all.get(i)[0];
            onKeep[i] = all.get(i)[1];
            weights[i] = -Math.log(sides * (i < above.size() ? above.size() : below.size()));
        }
        return new RateMixture(onDrop, onKeep, weights);
    }

    /** The bets for a confidence sequence. Half is on the rate itself, so that a right rate is certified soon. */
    static RateMixture around(double rate) {
        RateMixture sides = of(rate, 0);
        int count = sides.logWeights.length;
        double[] weights = Arrays.copyOf(sides.logWeights, count + 1);
        for (int i = 0; i < count; i++) {
            weights[i] -= Math.log(2);
        }
        weights[count] = -Math.log(2);
        return new RateMixture(Arrays.copyOf(sides.onDrop, count + 1), Arrays.copyOf(sides.onKeep, count + 1), weights);
    }

    /** ln E after {@code n} elements of which {@code dropped} were dropped; 0 if there are no elements or no bets. */
    double logE(long n, long dropped) {
        if (n == 0 || logWeights.length == 0) {
            return 0;
        }
        double[] terms = new double[logWeights.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = LogSpace.ratio(n - dropped, dropped, onKeep[i], onDrop[i]);
        }
        return LogSpace.sum(logWeights, terms);
    }

    private static List<double[]> bets(double bound, double reach, double scale) {
        List<double[]> bets = new ArrayList<>();
        bets.add(bet(bound, reach * 0.999));
        for (double distance = reach * STEP; Math.abs(distance) > scale * 0x1p-16; distance *= STEP) {
            bets.add(bet(bound, distance));
        }
        return bets;
    }

    private static double[] bet(double bound, double distance) {
        return new double[] {Math.log1p(distance / bound), Math.log1p(-distance / (1 - bound))};
    }
}
