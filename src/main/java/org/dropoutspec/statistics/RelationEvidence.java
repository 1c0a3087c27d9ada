package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * The evidence in the counts of a {@link RelationTable}, for one cell after another.
 *
 * <p>Half of a cell's bet is on all strata alike and half on each for itself ({@link Disjoint}). The e-value is the
 * smaller of two: one against every probability inside the resolution, changing or not, and one against the asked rate
 * alone, less what a wrong rate explains ({@link WrongRate}). A wrong rate is looked for in the elements of the cell,
 * so that an element which is always kept is no dependence either, and in the rows that all elements belong to.
 */
final class RelationEvidence {
    /** The counts of a cell, by stratum and class of the other rate. */
    interface Counts {
        PairCount pairs(int part, int cell);
    }

    private final Design design;
    private final Bets bets;
    private final Counts counts;
    private final WrongRate.Explained[] rows;
    private final double[] excess;
    private final double[] apart;
    private final boolean[] holds;

    RelationEvidence(Design design, Bets bets, WrongRate wrongRate, Counts counts) {
        this.design = design;
        this.bets = bets;
        this.counts = counts;
        this.rows = wrongRate.byStratum();
        this.excess = new double[design.size()];
        this.apart = new double[design.size()];
        this.holds = new boolean[design.size()];
    }

    /** ln of the e-value of a cell that holds elements. */
    double logE(int cell) {
        WrongRate.Explained byStratum = new WrongRate.Explained();
        WrongRate.Explained byRow = new WrongRate.Explained();
        double[] all = new double[PairMixture.BETS];
        boolean[] judged = new boolean[apart.length];
        for (int s = 0; s < apart.length; s++) {
            double[] gains = new double[PairMixture.BETS];
            RateCount total = gain(s, cell, true, gains);
            holds[s] = total.elements() > 0;
            apart[s] = 0;
            if (holds[s]) {
                double found = total.excess(design.rate(s));
                byStratum.add(found);
                byRow.add(rows[s]);
                excess[s] = Math.max(found, rows[s].charge());
                apart[s] = LogSpace.mean(gains);
                judged[s] = apart[s] > 0;
                // where there is no evidence, a value that is never more than the smaller of the two is good enough
                apart[s] -= judged[s] ? 0 : excess[s];
                add(gains, all);
            }
        }
        double alike = LogSpace.mean(all);
        double charge = Math.max(byStratum.charge(), byRow.charge());
        Arrays.fill(all, 0);
        for (int s = 0; s < apart.length; s++) {
            if (holds[s] && (judged[s] || alike > 0)) {
                double[] gains = new double[PairMixture.BETS];
                gain(s, cell, false, gains);
                apart[s] = judged[s] ? Math.min(apart[s], LogSpace.mean(gains) - excess[s]) : apart[s];
                add(gains, all);
            }
        }
        double each = Disjoint.together(apart);
        if (apart.length == 1) {
            return each;
        }
        alike = alike > 0 ? Math.min(alike, LogSpace.mean(all) - charge) : alike - charge;
        return LogSpace.add(each, alike) - Math.log(2);
    }

    /** Adds the gains of the bets on a stratum; returns the count of the elements. */
    private RateCount gain(int s, int cell, boolean wide, double[] gains) {
        RateCount total = RateCount.NONE;
        for (int known = 0; known < Known.CLASSES; known++) {
            PairCount pairs = counts.pairs(s * Known.CLASSES + known, cell);
            if (pairs.total().elements() > 0) {
                bets.pair(s, known, wide).add(pairs, gains);
                total = total.plus(pairs.total());
            }
        }
        return total;
    }

    private static void add(double[] gains, double[] sums) {
        for (int bet = 0; bet < gains.length; bet++) {
            sums[bet] += gains[bet];
        }
    }

    /** The stratum with the most evidence in the cell judged last. */
    int strongest() {
        int shown = -1;
        for (int s = 0; s < apart.length; s++) {
            shown = holds[s] && (shown < 0 || apart[s] > apart[shown]) ? s : shown;
        }
        return shown;
    }
}
