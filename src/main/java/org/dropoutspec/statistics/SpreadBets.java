package org.dropoutspec.statistics;

import java.util.HashMap;
import java.util.Map;

/** Every bet on the counts of one stratum, too even and too uneven; what it pays is remembered for small counts. */
final class SpreadBets {
    /** How many bets there are: those on even counts first. */
    static final int BETS = EvenBets.BETS + UnevenBets.BETS;

    /** Logarithms are kept in units of 2^-28, so that sums are exact, over 1e10 nats. */
    static final double UNIT = 0x1p28;

    /** More than this is not paid for one count, in nats. */
    private static final double MOST = 4096;

    /** Of counts up to this size it is remembered what they pay. */
    private static final int SMALL = 4096;

    /** How much is remembered, in pays of some 250 bytes each. */
    private static final int REMEMBERED = 1 << 12;

    private static final int REFERENCES = 64;

    private final EvenBets even;
    private final UnevenBets uneven;
    private final Map<Integer, Counts> known = new HashMap<>();
    private int remembered;

    SpreadBets(double rate, double resolution) {
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        this.even = new EvenBets(rate, low, high);
        this.uneven = new UnevenBets(rate, low, high);
    }

    private SpreadBets(EvenBets even, UnevenBets uneven) {
        this.even = even;
        this.uneven = uneven;
    }

    /** The same bets, for another thread: what is remembered is not shared. */
    SpreadBets forgetful() {
        return new SpreadBets(even, uneven);
    }

    /** The bets on counts of so many elements. */
    Counts of(int size) {
        Counts counts = known.get(size);
        if (counts == null) {
            if (remembered >= REMEMBERED) {
                known.clear();
                remembered = 0;
            }
            counts = new Counts(size);
            known.put(size, counts);
            remembered += 2;
        }
        return counts;
    }

    /** What is bet on counts of one size. */
    final class Counts {
        private final int size;
        private final EvenBets.Terms terms;
        private long[][] pays = {};
        private boolean again;

        private Counts(int size) {
            this.size = size;
            this.terms = even.of(size);
        }

        /** The bets on even counts to which the resolution leaves nothing. */
        int[] lost() {
            return terms.lost();
        }

        /** ln of what each bet pays for {@code dropped} drops, in units of 2^-28, rounded down. */
        long[] pay(int dropped) {
            if (dropped < pays.length && pays[dropped] != null) {
                return pays[dropped];
            }
            if (again && pays.length == 0 && size <= SMALL) {
                pays = new long[size + 1][];
                remembered += size / REFERENCES;
            }
            again = true;
            long[] pay = compute(dropped);
            if (dropped < pays.length) {
                pays[dropped] = pay;
                remembered++;
            }
            return pay;
        }

        private long[] compute(int dropped) {
            double[] logs = new double[BETS];
            terms.pay(dropped, logs);
            uneven.pay(size, dropped, logs, EvenBets.BETS);
            long[] pay = new long[BETS];
            for (int bet = 0; bet < BETS; bet++) {
                // one unit for what is computed after the bets rounded down; it is below 1e-10
                boolean placed = bet >= EvenBets.BETS || terms.places(bet);
                pay[bet] = placed ? (long) Math.floor(Math.min(MOST, logs[bet]) * UNIT) - 1 : 0;
            }
            return pay;
        }
    }

    /** ln of the mean of what the bets have gained. */
    static double logE(double[] gains) {
        double logE = Double.NEGATIVE_INFINITY;
        for (double gain : gains) {
            logE = LogSpace.add(logE, gain);
        }
        return logE - Math.log(gains.length);
    }
}
