package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * The most that an adversary can make of a bet that a count lies close to some centre. The adversary drops each element
 * with any probability in [low, high], and knows all that came before.
 *
 * <p>By dynamic programming on the number m of elements to come and the centre c of a bell of one width: U_0(c) is the
 * bell at -c, and U_m(c) the larger of q U_{m-1}(c-1) + (1-q) U_{m-1}(c) at q = low and q = high. So one program for
 * whole and one for half centres serve all sizes.
 *
 * <p>A bell rises and falls, and so does every U_m. Centres beyond a bound, which are hardly ever reached, are given
 * the value at the bound; that makes U no smaller.
 */
final class SteeredCounts {
    /** The largest size; the time grows with its power 1.5. */
    static final int LARGEST = 4096;

    /** How far the centre is followed from where it is expected, in standard deviations. */
    private static final double FAR = 5;

    private final double rate;
    private final double low;
    private final double high;
    private final double width;
    /** By size, ln of the largest expectation for the centre that {@link Bell#centre} names. */
    private final double[] logMost = new double[LARGEST + 1];

    SteeredCounts(double rate, double low, double high, double width) {
        this.rate = rate;
        this.low = low;
        this.high = high;
        this.width = width;
        follow(0);
        follow(0.5);
    }

    /** ln of the largest expectation of the bell, rounded up. */
    double logMost(int size) {
        return logMost[size];
    }

    /** Fills in {@link #logMost} for the centres k + {@code part}. */
    private void follow(double part) {
        double deviation = Math.sqrt(rate * (1 - rate));
        double resolution = Math.max(high - rate, rate - low);
        double reach = Bell.REACH * width;
        int offset = 3 + (int) Math.ceil(reach);
        double[] value = new double[2 * offset + LARGEST + 1];
        double[] next = value.clone();
        int from = 0;
        int to = 0;
        for (int m = 0; m <= LARGEST; m++) {
            double backward = reach + FAR * deviation * Math.sqrt(m) + resolution * m;
            double forward = FAR * deviation * Math.sqrt(LARGEST - m) + resolution * (LARGEST - m);
            double bound = Math.min(backward, forward) + 3;
            // for centres below -reach or above m + reach no count lies on the bell, and all are worth the same
            int first = (int) Math.ceil(Math.max(-reach, m * rate - bound) - part);
            int last = (int) Math.floor(Math.min(m + reach, m * rate + bound) - part);
            if (m == 0) {
                for (int k = first; k <= last; k++) {
                    next[offset + k] = Math.exp(new Bell(k + part, width).log(0));
                }
            } else {
                Arrays.fill(value, offset + Math.min(first - 1, from), offset + from, value[offset + from]);
                Arrays.fill(value, offset + to + 1, offset + Math.max(last, to) + 1, value[offset + to]);
                step(value, next, offset + first, offset + last);
            }
            if (falls(next, offset + first, 1) || falls(next, offset + last, -1)) {
                Arrays.fill(logMost, m, LARGEST + 1, Double.POSITIVE_INFINITY);
                return;
            }
            double centre = Bell.centre(m, rate);
            if (centre - Math.floor(centre) == part) {
                logMost[m] = Math.log(next[offset + (int) Math.floor(centre)]) + m * 0x1p-50;
            }
            double[] free = value;
            value = next;
            next = free;
            from = first;
            to = last;
        }
    }

    private void step(double[] value, double[] next, int first, int last) {
        double least = low;
        double most = high;
        for (int k = first; k <= last; k++) {
            double drop = value[k - 1] - value[k];
            next[k] = value[k] + Math.max(least * drop, most * drop);
        }
    }

    /** Whether the values fall from a bound inwards; then larger ones may lie beyond it. */
    private static boolean falls(double[] values, int bound, int inwards) {
        return values[bound + inwards] < values[bound];
    }
}
