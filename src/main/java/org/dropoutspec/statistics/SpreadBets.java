package org.dropoutspec.statistics;

import java.util.HashMap;
import java.util.Map;

/** All bets on the counts of one stratum, too even and too uneven. The pays for small counts are remembered. */
final class SpreadBets {
    /** The number of bets; those on even counts come first. */
    static final int BETS = EvenBets.BETS + UnevenBets.BETS;

    /** Logarithms are kept in units of 2^-28, so that sums are exact up to 1e10 nats. */
    static final double UNIT = 0x1p28;

    /** The most that is paid for one count, in nats. */
    private static final double MOST = 4096;

    /** The largest size of counts whose pays are remembered. */
    private static final int SMALL = 4096;

    /** How many pays are remembered, of some 250 bytes each. */
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

    /** The same bets for another thread; remembered pays are not shared. */
    SpreadBets forgetful() {
        return new SpreadBets(even, uneven);
    }

    /** The bets on counts of this many elements. */
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

    /** The bets on counts of one size. */
    final class Counts {
        private final int size;
        private final EvenBets.Terms terms;
        private long[][] pays = {};
        private boolean again;

        private Counts(int size) {
            this.size = size;
            this.terms = even.of(size);
        }

        /** The bets on even counts that are not made because of the resolution. */
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
                // one unit less for what is computed after the bets are rounded down, which is below 1e-10
                boolean placed = bet >= EvenBets.BETS || terms.places(bet);
                pay[bet] = placed ? (long) Math.floor(Math.min(MOST, logs[bet]) * UNIT) - 1 : 0;
            }
            return pay;
        }
    }

    /** ln of the mean gain of the bets, from ln of each. */
    static double logE(double[] gains) {
        double logE = Double.NEGATIVE_INFINITY;
        for (double gain : gains) {
            logE = LogSpace.add(logE, gain);
        }
        return logE - Math.log(gains.length);
    }
}
