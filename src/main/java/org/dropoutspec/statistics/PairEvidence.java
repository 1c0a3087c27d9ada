package org.dropoutspec.statistics;

/**
 * The evidence of one cell after another for dependence on something known before, from the counts of all strata. Half
 * of the bet is that all strata have the same correlation, half is on each for itself ({@link Disjoint}).
 */
final class PairEvidence {
    private final Bets bets;
    private final WrongRate.Charges charges;
    private final double[] rates;
    private final Surprise surprise;
    private final long[][] counts;
    private final double[] parts;
    private int shown;

    PairEvidence(Design design, Bets bets, WrongRate.Charges charges) {
        this.bets = bets;
        this.charges = charges;
        this.rates = design.strata().stream().mapToDouble(Stratum::rate).toArray();
        this.surprise = new Surprise(rates.length);
        this.counts = new long[rates.length][4];
        this.parts = new double[rates.length];
    }

    /** Goes on to the next cell. */
    void clear() {
        surprise.clear();
        for (long[] count : counts) {
            count[0] = 0;
        }
    }

    /** Sets the counts of a stratum; at most once a cell. */
    void set(int stratum, long elements, long dropped, long known, long both) {
        if (elements == 0) {
            return;
        }
        long[] count = counts[stratum];
        count[0] = elements;
        count[1] = dropped;
        count[2] = known;
        count[3] = both;
        double p = rates[stratum];
        double variance = p * (1 - p);
        // the sum of (drop - p) (known - p), and its variance given these known bits
        double score = both - p * (dropped + known) + p * p * elements;
        double spread = variance * ((1 - p) * (1 - p) * known + p * p * (elements - known));
        surprise.add(stratum, score, spread, 1 / variance);
    }

    /** The stratum that showed most in the cell judged last; -1 where none holds elements. */
    int shown() {
        return shown;
    }

    /** ln E of the cell; minus infinity where it is not worth a bet. */
    double logE() {
        shown = surprise.where();
        return surprise.isWorthABet() ? bet() : Double.NEGATIVE_INFINITY;
    }

    double bet() {
        double[] wide = new double[PairMixture.BETS];
        double[] point = new double[PairMixture.BETS];
        for (int s = 0; s < parts.length; s++) {
            parts[s] = counts[s][0] == 0 ? 0 : part(s, wide, point);
        }
        for (int s = 0; s < parts.length; s++) {
            shown = counts[s][0] > 0 && (shown < 0 || parts[s] > parts[shown]) ? s : shown;
        }
        double each = Disjoint.together(parts);
        double alike = Math.min(PairMixture.logE(wide), PairMixture.logE(point) - charges.all());
        return parts.length == 1 ? each : LogSpace.add(each, alike) - Math.log(2);
    }

    /** ln E of the stratum for itself. The gains of its bets are added to the sums over all strata. */
    private double part(int s, double[] wide, double[] point) {
        PairCount count = count(counts[s]);
        double[] ownWide = new double[PairMixture.BETS];
        double[] ownPoint = new double[PairMixture.BETS];
        bets.pair(s, 0, true).add(count, ownWide);
        bets.pair(s, 0, false).add(count, ownPoint);
        for (int bet = 0; bet < PairMixture.BETS; bet++) {
            wide[bet] += ownWide[bet];
            point[bet] += ownPoint[bet];
        }
        return Math.min(PairMixture.logE(ownWide), PairMixture.logE(ownPoint) - charges.each()[s]);
    }

    private static PairCount count(long[] count) {
        RateCount after = new RateCount(count[2], count[3]);
        return new PairCount(after, new RateCount(count[0] - count[2], count[1] - count[3]));
    }
}
