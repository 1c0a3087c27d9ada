package org.dropoutspec.statistics;

/**
 * The gains of the bets on counts of one kind in one stratum, as sums that can be added. A hopeless bet loses hundreds
 * of nats a count, and there may be 1e11 counts, so a sum has 128 bits, in a high and a low half.
 */
final class SpreadSums {
    private static final double HIGH = 0x1p64;

    private long counts;
    private final long[] high = new long[SpreadBets.BETS];
    private final long[] low = new long[SpreadBets.BETS];
    /** By bet on even counts, the number of counts on which it was not made because of the resolution. */
    private final long[] lost = new long[EvenBets.BETS];

    /** Adds {@code times} counts of the same size with the same number of drops. */
    void add(SpreadBets.Counts size, int dropped, long times) {
        long[] pay = size.pay(dropped);
        counts += times;
        for (int bet = 0; bet < low.length; bet++) {
            add(bet, Math.multiplyHigh(times, pay[bet]), times * pay[bet]);
        }
        for (int bet : size.lost()) {
            lost[bet] += times;
        }
    }

    private void add(int bet, long more, long lower) {
        low[bet] += lower;
        high[bet] += more + (Long.compareUnsigned(low[bet], lower) < 0 ? 1 : 0);
    }

    SpreadSums plus(SpreadSums other) {
        SpreadSums sum = new SpreadSums();
        for (SpreadSums part : new SpreadSums[] {this, other}) {
            sum.counts += part.counts;
            for (int bet = 0; bet < low.length; bet++) {
                sum.add(bet, part.high[bet], part.low[bet]);
            }
            for (int bet = 0; bet < lost.length; bet++) {
                sum.lost[bet] += part.lost[bet];
            }
        }
        return sum;
    }

    void counted(Counts walk) {
        counts = walk.sum(counts);
        walk.sum(lost);
        long[] here = low.clone();
        walk.sum(low);
        walk.sum(high);
        for (int bet = 0; bet < low.length; bet++) {
            high[bet] += Long.compareUnsigned(low[bet], here[bet]) < 0 ? 1 : 0;
        }
    }

    long counts() {
        return counts;
    }

    long lost(int bet) {
        return lost[bet];
    }

    /** Adds ln of the gain of each bet. */
    void addTo(double[] gains) {
        for (int bet = 0; bet < low.length; bet++) {
            gains[bet] += gained(bet) / SpreadBets.UNIT;
        }
    }

    private double gained(int bet) {
        return high[bet] == low[bet] >> 63 ? low[bet] : high[bet] * HIGH + (low[bet] >>> 1) * 2.0 + (low[bet] & 1);
    }

    /** Whether the counts look too even rather than too uneven. */
    boolean isEven() {
        double even = Double.NEGATIVE_INFINITY;
        double uneven = Double.NEGATIVE_INFINITY;
        for (int bet = 0; bet < low.length; bet++) {
            even = bet < EvenBets.BETS ? Math.max(even, gained(bet)) : even;
            uneven = bet < EvenBets.BETS ? uneven : Math.max(uneven, gained(bet));
        }
        return even > uneven;
    }
}
