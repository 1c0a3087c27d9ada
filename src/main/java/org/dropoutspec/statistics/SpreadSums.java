package org.dropoutspec.statistics;

/** What the bets on counts of one kind have gained in one stratum: sums, which add. */
final class SpreadSums {
    private long counts;
    private final long[] gained = new long[SpreadBets.BETS];
    /** By bet on even counts: for how many counts the resolution left nothing to bet on. */
    private final long[] lost = new long[EvenBets.BETS];

    /** Adds so many counts of the same size with the same number of drops. */
    void add(SpreadBets.Counts size, int dropped, long times) {
        long[] pay = size.pay(dropped);
        counts += times;
        for (int bet = 0; bet < gained.length; bet++) {
            gained[bet] += times * pay[bet];
        }
        for (int bet : size.lost()) {
            lost[bet] += times;
        }
    }

    SpreadSums plus(SpreadSums other) {
        SpreadSums sum = new SpreadSums();
        sum.counts = counts + other.counts;
        for (int bet = 0; bet < gained.length; bet++) {
            sum.gained[bet] = gained[bet] + other.gained[bet];
        }
        for (int bet = 0; bet < lost.length; bet++) {
            sum.lost[bet] = lost[bet] + other.lost[bet];
        }
        return sum;
    }

    long counts() {
        return counts;
    }

    long lost(int bet) {
        return lost[bet];
    }

    /** Adds ln of what each bet has gained. */
    void addTo(double[] gains) {
        for (int bet = 0; bet < gained.length; bet++) {
            gains[bet] += gained[bet] / SpreadBets.UNIT;
        }
    }

    /** Whether the counts look rather too even than too uneven. */
    boolean isEven() {
        long even = Long.MIN_VALUE;
        long uneven = Long.MIN_VALUE;
        for (int bet = 0; bet < gained.length; bet++) {
            even = bet < EvenBets.BETS ? Math.max(even, gained[bet]) : even;
            uneven = bet < EvenBets.BETS ? uneven : Math.max(uneven, gained[bet]);
        }
        return even > uneven;
    }
}
