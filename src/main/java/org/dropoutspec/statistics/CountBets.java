package org.dropoutspec.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.special.Beta;

/**
 * Bets on a binomial count being closer to the middle of its distribution, or further out, than it should be.
 *
 * <p>The probability integral transform of a count, w in [F(x-1), F(x)], is uniform when it is randomised over that
 * range, and v = |2w - 1| then pays kappa v^(kappa-1) fairly for any kappa. Instead of drawing w, the pay is averaged
 * over the range: it stays exactly fair, and no chance but the implementation's enters.
 */
final class CountBets {
    /** kappa = 2^(j/2) for j = -6 to -1 bets on even counts, 2^j for j = 1 to 6 on uneven ones. */
    static final int BETS = 12;

    private static final double[] KAPPAS = kappas();
    /** Logarithms are kept in units of 2^-32, so that sums are exact. */
    private static final double UNIT = 0x1p32;

    private static final int REMEMBERED = 1 << 14;

    private final Map<Key, long[]> known = new LinkedHashMap<>();

    private record Key(int size, int count, double rate) {}

    private static double[] kappas() {
        double[] kappas = new double[BETS];
        for (int i = 0; i < BETS; i++) {
            int j = i < BETS / 2 ? i - BETS / 2 : i - BETS / 2 + 1;
            kappas[i] = j < 0 ? Math.pow(2, j / 2.0) : Math.pow(2, j);
        }
        return kappas;
    }

    /** ln of what each bet pays for {@code count} drops in {@code size}, in units of 2^-32, rounded down. */
    long[] pay(int size, int count, double rate) {
        Key key = new Key(size, count, rate);
        long[] pay = known.get(key);
        if (pay == null) {
            pay = compute(size, count, rate);
            if (known.size() == REMEMBERED) {
                known.clear();
            }
            known.put(key, pay);
        }
        return pay;
    }

    /** ln of the mean of what the bets have gained, given their sums in units of 2^-32. */
    static double logE(long[] sums, int from) {
        double logE = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < BETS; i++) {
            logE = LogSpace.add(logE, sums[from + i] / UNIT);
        }
        return logE - Math.log(BETS);
    }

    private static long[] compute(int size, int count, double rate) {
        Edge left = Edge.above(size, count - 1, rate);
        Edge right = Edge.above(size, count, rate);
        long[] pay = new long[BETS];
        for (int i = 0; i < BETS; i++) {
            // one unit by rounding down; three more, 7e-10, for the distribution function's relative error of 1e-13
            pay[i] = (long) Math.floor(Math.log(hedged(mean(left, right, KAPPAS[i]), i)) * UNIT) - 3;
        }
        return pay;
    }

    /**
     * A point between two counts, by the probability beyond it on the side that has less. Both counts see the same
     * point, so that what they are paid adds up whatever its error.
     */
    private record Edge(boolean lower, double tail) {
        static Edge above(int size, int count, double rate) {
            if (count < 0) {
                return new Edge(true, 0);
            }
            if (count == size) {
                return new Edge(false, 0);
            }
            double below = Beta.regularizedBeta(1 - rate, size - count, count + 1.0);
            double above = Beta.regularizedBeta(rate, count + 1.0, size - count);
            return new Edge(below <= above, Math.min(0.5, Math.min(below, above)));
        }

        /** The integral of kappa |2w - 1|^(kappa-1) over the tail. */
        double paid(double kappa) {
            return -0.5 * Math.expm1(kappa * Math.log1p(-2 * tail));
        }
    }

    /** Half of a bet on uneven counts is kept back: among uneven counts there are always some near the middle. */
    private static double hedged(double pay, int bet) {
        return bet < BETS / 2 ? pay : (1 + pay) / 2;
    }

    /** The mean pay between two edges; the limit where both tails vanish. */
    private static double mean(Edge left, Edge right, double kappa) {
        if (left.lower && !right.lower) {
            return (1 - left.paid(kappa) - right.paid(kappa)) / (1 - left.tail - right.tail);
        }
        double tails = Math.abs(right.tail - left.tail);
        return tails > 0 ? Math.abs(right.paid(kappa) - left.paid(kappa)) / tails : kappa;
    }
}
