package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The counts of a family that compares elements with elements of other calls, in cells, and what they say: an e-value for
 * each cell from all strata together, and their weighted mean.
 *
 * <p>Counts are kept apart by the stratum of the element judged and by the rate at which the other one was drawn
 * ({@link Known}), since a bet has to be calibrated to both. A cell bets half on all strata alike and half on each for
 * itself ({@link Disjoint}); its e-value is the smaller of one against every probability inside the resolution,
 * wandering or not, and one against the asked rate, less what a wrong rate explains ({@link WrongRate}): in the elements
 * of the cell, so that an element that is always kept is no dependence either, and in all elements.
 */
final class RelationTable {
    private static final int WIDTH = 4;

    private final Design design;
    private final String family;
    private final List<Cell> cells;
    private final double[] logWeights;
    /** By stratum and class of the other rate; null where nothing was counted. */
    private final long[][] counts;

    private final Bets[] bets;
    private final WrongRate wrongRate;

    private record Bets(PairMixture wide, PairMixture point) {}

    /** @param cells of pairs, with their weights */
    RelationTable(Design design, String family, List<Cell> cells) {
        this.design = design;
        this.family = family;
        this.cells = List.copyOf(cells);
        this.logWeights = Cell.logWeights(cells);
        this.counts = new long[design.size() * Known.CLASSES][];
        this.bets = new Bets[counts.length];
        for (int part = 0; part < bets.length; part++) {
            double rate = design.rate(part / Known.CLASSES);
            double known = Known.rate(part % Known.CLASSES, rate);
            bets[part] = new Bets(PairMixture.of(rate, known, design.resolution()), PairMixture.of(rate, known, 0));
        }
        this.wrongRate = new WrongRate(design);
    }

    /** The same cells with other counts. */
    private RelationTable(RelationTable table, long[][] counts, WrongRate wrongRate) {
        this.design = table.design;
        this.family = table.family;
        this.cells = table.cells;
        this.logWeights = table.logWeights;
        this.bets = table.bets;
        this.counts = counts;
        this.wrongRate = wrongRate;
    }

    String family() {
        return family;
    }

    RelationTable empty() {
        return new RelationTable(this, new long[counts.length][], new WrongRate(design));
    }

    RelationTable plus(RelationTable other) {
        if (!design.equals(other.design) || !cells.equals(other.cells)) {
            throw new IllegalArgumentException("family (" + other.family + " of " + other.design
                    + ") must be of the same design as " + family + " of " + design);
        }
        long[][] sum = new long[counts.length][];
        for (int part = 0; part < sum.length; part++) {
            sum[part] = sum(counts[part], other.counts[part]);
        }
        return new RelationTable(this, sum, wrongRate.plus(other.wrongRate));
    }

    private static long[] sum(long[] a, long[] b) {
        if (a == null || b == null) {
            return a == null ? b == null ? null : b.clone() : a.clone();
        }
        long[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** Adds the elements of a draw to the total. */
    void observe(Draw draw) {
        wrongRate.observe(draw);
    }

    /** The counts to which pairs of this draw and one at the rate {@code other} are added, four to a {@link #slot}. */
    long[] counts(Draw draw, double other) {
        int part = design.indexOf(draw.stratum()) * Known.CLASSES + Known.classOf(draw.rate(), other);
        if (counts[part] == null) {
            counts[part] = new long[WIDTH * cells.size()];
        }
        return counts[part];
    }

    static int slot(int cell) {
        return WIDTH * cell;
    }

    long elements() {
        return wrongRate.elements();
    }

    private PairCount pairs(int part, int cell) {
        long[] row = counts[part];
        int slot = slot(cell);
        RateCount after = new RateCount(row[slot + 2], row[slot + 3]);
        return new PairCount(after, new RateCount(row[slot] - after.elements(), row[slot + 1] - after.dropped()));
    }

    /** Of a stratum, whatever the rates of the other elements. */
    private PairCount pairsOf(int stratum, int cell) {
        PairCount sum = new PairCount(RateCount.NONE, RateCount.NONE);
        for (int part = stratum * Known.CLASSES; part < (stratum + 1) * Known.CLASSES; part++) {
            sum = counts[part] == null ? sum : sum.plus(pairs(part, cell));
        }
        return sum;
    }

    double logE() {
        Evaluation evaluation = new Evaluation();
        double[] together = new double[cells.size()];
        for (int c = 0; c < together.length; c++) {
            together[c] = evaluation.logE(c);
        }
        return LogSpace.sum(logWeights, together);
    }

    /** Every cell that holds elements, by the stratum that shows it best. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Evaluation evaluation = new Evaluation();
        for (int c = 0; c < cells.size(); c++) {
            double logE = evaluation.logE(c);
            int shown = evaluation.strongest();
            if (shown >= 0) {
                findings.add(finding(shown, c, logE));
            }
        }
        return findings;
    }

    private Finding finding(int s, int c, double logE) {
        double rate = design.rate(s);
        PairCount pairs = pairsOf(s, c);
        boolean after = pairs.after().excess(rate) >= pairs.otherwise().excess(rate);
        RateCount shown = after ? pairs.after() : pairs.otherwise();
        return new Finding(
                family,
                cells.get(c).place(),
                after ? Finding.Given.DROPPED : Finding.Given.KEPT,
                design.strata().get(s),
                shown.elements(),
                shown.dropped(),
                rate,
                logE);
    }

    /** What the correlation of each cell can still be, all of it together at level {@code alpha}. */
    List<Bound> bounds(double alpha, double share) {
        double part = alpha / (design.size() * cells.size());
        List<Bound> bounds = new ArrayList<>();
        for (int s = 0; s < design.size(); s++) {
            double rate = design.rate(s);
            RateMixture around = RateMixture.around(rate);
            PairCount[] pairs = new PairCount[cells.size()];
            long fullest = 0;
            for (int c = 0; c < pairs.length; c++) {
                pairs[c] = pairsOf(s, c);
                fullest = Math.max(fullest, pairs[c].total().elements());
            }
            long least = Math.max(1, (long) Math.ceil(share * fullest));
            for (int c = 0; c < pairs.length; c++) {
                long elements = pairs[c].total().elements();
                if (elements >= least) {
                    Interval interval = pairs[c].correlation(around, rate, part);
                    bounds.add(new Bound(
                            family, cells.get(c).place(), design.strata().get(s), elements, interval, 0));
                }
            }
        }
        return bounds;
    }

    /** The e-values as they stand, one cell after the other. */
    private final class Evaluation {
        private final double[] wide = new double[PairMixture.BETS];
        private final double[] point = new double[PairMixture.BETS];
        private final double[] allWide = new double[PairMixture.BETS];
        private final double[] allPoint = new double[PairMixture.BETS];
        private final WrongRate.Explained[] rows = wrongRate.byStratum();
        private final double[] apart = new double[design.size()];
        private final boolean[] holds = new boolean[design.size()];

        double logE(int cell) {
            Arrays.fill(allWide, 0);
            Arrays.fill(allPoint, 0);
            WrongRate.Explained byStratum = new WrongRate.Explained();
            WrongRate.Explained byRow = new WrongRate.Explained();
            for (int s = 0; s < apart.length; s++) {
                RateCount total = gain(s, cell);
                holds[s] = total.elements() > 0;
                apart[s] = 0;
                if (holds[s]) {
                    double excess = total.excess(design.rate(s));
                    apart[s] = smaller(wide, point, Math.max(excess, rows[s].charge()));
                    byStratum.add(excess);
                    byRow.add(rows[s]);
                    for (int bet = 0; bet < PairMixture.BETS; bet++) {
                        allWide[bet] += wide[bet];
                        allPoint[bet] += point[bet];
                    }
                }
            }
            double each = Disjoint.together(apart);
            if (apart.length == 1) {
                return each;
            }
            double alike = smaller(allWide, allPoint, Math.max(byStratum.charge(), byRow.charge()));
            return LogSpace.add(each, alike) - Math.log(2);
        }

        /** Fills in what the bets on a stratum have gained; returns on how many elements. */
        private RateCount gain(int s, int cell) {
            Arrays.fill(wide, 0);
            Arrays.fill(point, 0);
            RateCount total = RateCount.NONE;
            for (int part = s * Known.CLASSES; part < (s + 1) * Known.CLASSES; part++) {
                if (counts[part] != null && counts[part][slot(cell)] > 0) {
                    PairCount pairs = pairs(part, cell);
                    bets[part].wide().add(pairs, wide);
                    bets[part].point().add(pairs, point);
                    total = total.plus(pairs.total());
                }
            }
            return total;
        }

        private double smaller(double[] wide, double[] point, double charge) {
            return Math.min(LogSpace.mean(wide), LogSpace.mean(point) - charge);
        }

        /** The stratum with the most evidence in the cell judged last; -1 where no stratum has elements. */
        int strongest() {
            int shown = -1;
            for (int s = 0; s < apart.length; s++) {
                shown = holds[s] && (shown < 0 || apart[s] > apart[shown]) ? s : shown;
            }
            return shown;
        }
    }
}
