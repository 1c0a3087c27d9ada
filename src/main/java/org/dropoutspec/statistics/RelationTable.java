package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a family that compares elements with elements of other calls, in cells, and their evidence: an e-value
 * for each cell from all strata together, and the weighted mean of these.
 *
 * <p>Counts are kept by the stratum of the element judged and by the class ({@link Known}) of the rate at which the
 * other one was drawn, since a bet has to be calibrated to both.
 */
final class RelationTable {
    private static final int WIDTH = 4;

    private final Design design;
    private final String family;
    private final List<Cell> cells;
    private final double[] logWeights;
    /** The counts by stratum and class of the other rate; null where nothing was counted. */
    private final long[][] counts;

    private final Bets bets;
    /** The classes by stratum and stratum of the other element. */
    private final int[][] classes;

    private final WrongRate wrongRate;

    /** @param cells of pairs, with their weights */
    RelationTable(Design design, String family, List<Cell> cells) {
        this.design = design;
        this.family = family;
        this.cells = List.copyOf(cells);
        this.logWeights = Cell.logWeights(cells);
        this.counts = new long[design.size() * Known.CLASSES][];
        this.bets = new Bets(design);
        this.classes = Known.classes(design);
        this.wrongRate = new WrongRate(design);
    }

    /** The same cells with other counts. */
    private RelationTable(RelationTable table, long[][] counts, WrongRate wrongRate) {
        this.design = table.design;
        this.family = table.family;
        this.cells = table.cells;
        this.logWeights = table.logWeights;
        this.bets = table.bets;
        this.classes = table.classes;
        this.counts = counts;
        this.wrongRate = wrongRate;
    }

    String family() {
        return family;
    }

    RelationTable empty() {
        return new RelationTable(this, new long[counts.length][], new WrongRate(design));
    }

    RelationTable copy() {
        return plus(empty());
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

    private static long @Nullable [] sum(long @Nullable [] a, long @Nullable [] b) {
        if (a == null || b == null) {
            return a == null ? b == null ? null : b.clone() : a.clone();
        }
        long[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    void counted(Counts walk) {
        for (int part = 0; part < counts.length; part++) {
            if (walk.present(counts[part] != null)) {
                counts[part] = counts[part] == null ? new long[WIDTH * cells.size()] : counts[part];
                walk.sum(counts[part]);
            }
        }
        wrongRate.counted(walk);
    }

    /** Adds the elements of a draw to the total; returns its stratum. */
    int observe(Draw draw) {
        wrongRate.observe(draw);
        return design.indexOf(draw.stratum());
    }

    /** The counts to which pairs of an element of one stratum and one of another are added, four a {@link #slot}. */
    long[] counts(int stratum, int other) {
        int part = stratum * Known.CLASSES + classes[stratum][other];
        if (counts[part] == null) {
            counts[part] = new long[WIDTH * cells.size()];
        }
        return counts[part];
    }

    static int slot(int cell) {
        return WIDTH * cell;
    }

    /** Adds the elements i of {@code mask} for which {@code known} has an element i + shift. */
    static void add(long[] counts, int cell, PackedMask mask, PackedMask known, int shift) {
        Overlap.add(counts, slot(cell), mask, known, shift);
    }

    /** Adds the lowest {@code length} bits, 1 to 64, of two words. */
    static void add(long[] counts, int cell, long dropped, long known, int length) {
        Overlap.add(counts, slot(cell), dropped, known, length);
    }

    /** Adds counts that were made apart to those of the cells from {@code cell} on. */
    static void add(long[] counts, int cell, long[] made) {
        int slot = slot(cell);
        for (int i = 0; i < made.length; i++) {
            counts[slot + i] += made[i];
        }
    }

    int cells() {
        return cells.size();
    }

    long elements() {
        return wrongRate.elements();
    }

    private boolean holds(int cell) {
        for (long[] row : counts) {
            if (row != null && row[slot(cell)] > 0) {
                return true;
            }
        }
        return false;
    }

    private PairCount pairs(int part, int cell) {
        long[] row = counts[part];
        int slot = slot(cell);
        if (row == null || row[slot] == 0) {
            return PairCount.NONE;
        }
        RateCount after = new RateCount(row[slot + 2], row[slot + 3]);
        return new PairCount(after, new RateCount(row[slot] - after.elements(), row[slot + 1] - after.dropped()));
    }

    /** The counts of a stratum, over all rates of the other elements. */
    private PairCount pairsOf(int stratum, int cell) {
        PairCount sum = PairCount.NONE;
        for (int part = stratum * Known.CLASSES; part < (stratum + 1) * Known.CLASSES; part++) {
            sum = sum.plus(pairs(part, cell));
        }
        return sum;
    }

    /** The sum over all strata of this rate, whatever their type and the rates of the other elements. */
    PairCount pairsAt(double rate, int cell) {
        PairCount sum = PairCount.NONE;
        for (int s = 0; s < design.size(); s++) {
            sum = design.rate(s) == rate ? sum.plus(pairsOf(s, cell)) : sum;
        }
        return sum;
    }

    double logE() {
        RelationEvidence evidence = new RelationEvidence(design, bets, wrongRate, this::pairs);
        double[] together = new double[cells.size()];
        for (int c = 0; c < together.length; c++) {
            together[c] = holds(c) ? evidence.logE(c) : 0;
        }
        return LogSpace.sum(logWeights, together);
    }

    /** One finding for every cell that holds elements, told by the stratum that shows it best. */
    List<Finding> findings() {
        RelationEvidence evidence = new RelationEvidence(design, bets, wrongRate, this::pairs);
        List<Finding> findings = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            if (holds(c)) {
                double logE = evidence.logE(c);
                findings.add(finding(evidence.strongest(), c, logE));
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

    /** The intervals of the correlations of the first {@code count} cells; all hold together at level {@code alpha}. */
    List<Bound> bounds(double alpha, double share, int count) {
        double part = alpha / (design.size() * count);
        List<Bound> bounds = new ArrayList<>();
        for (int s = 0; s < design.size(); s++) {
            double rate = design.rate(s);
            RateMixture around = RateMixture.around(rate);
            PairCount[] pairs = new PairCount[count];
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
}
