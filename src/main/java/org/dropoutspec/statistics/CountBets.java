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
    /** 2^(j/2) for j = -6 to 6 without 0: below 1 bets on even counts, above 1 on uneven ones. */
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
            kappas[i] = Math.pow(2, j / 2.0);
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
        double below = count == 0 ? 0 : Beta.regularizedBeta(1 - rate, size - count + 1.0, count);
        double upTo = count == size ? 1 : Beta.regularizedBeta(1 - rate, size - count, count + 1.0);
        double above = count == size ? 0 : Beta.regularizedBeta(rate, count + 1.0, size - count);
        double from = count == 0 ? 1 : Beta.regularizedBeta(rate, count, size - count + 1.0);
        long[] pay = new long[BETS];
        for (int i = 0; i < BETS; i++) {
            double mean;
            if (upTo <= 0.5) {
                mean = mean(below, upTo, KAPPAS[i]);
            } else if (from <= 0.5) {
                mean = mean(above, from, KAPPAS[i]);
            } else {
                mean = (1 - outer(below, KAPPAS[i]) - outer(above, KAPPAS[i])) / (1 - below - above);
            }
            // one unit and 2^-30 of it more cover the distribution function's error of some 1e-13 of itself
            pay[i] = (long) Math.floor(Math.log(mean) * UNIT) - 4;
        }
        return pay;
    }

    /** The mean pay for w in [from, to], both at most 1/2; the limit where both vanish. */
    private static double mean(double from, double to, double kappa) {
        return to > from ? (outer(to, kappa) - outer(from, kappa)) / (to - from) : kappa;
    }

    /** The integral of kappa |2w - 1|^(kappa-1) over w in [0, to], to at most 1/2. */
    private static double outer(double to, double kappa) {
        return -0.5 * Math.expm1(kappa * Math.log1p(-2 * to));
    }
}
