package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The counts of a family for each stratum of the design, and their evidence: an e-value for each cell, from all strata
 * together, and the weighted mean of these, which is an e-value under any dependence between cells.
 *
 * <p>A row holds the elements and drops of all draws of its stratum, then four counts for each cell: elements and
 * drops, then elements and drops where the known bit is 1.
 *
 * <p>Strata are disjoint data. Half of a cell's bet is that all strata deviate alike, with one bet for all. The other
 * half is on each stratum for itself, by the product of their e-values ({@link Disjoint}). Cells that are nowhere near
 * any evidence are passed over ({@link Surprise}).
 *
 * <p>Each e-value is the smaller of two: one against every probability inside the rate's resolution, which may change
 * from element to element, and one against the asked rate alone, less what a wrong rate explains ({@link WrongRate}).
 * So a wrong rate by itself is no evidence for anything else, even if it is wrong under some condition only.
 */
final class CellTable {
    private static final int WIDTH = 4;

    private final Design design;
    private final String family;
    private final List<Cell> cells;
    private final double[] logWeights;
    private final Bets bets;
    /** One for each stratum. */
    private final List<CallCountBets> judges;

    private final long[][] rows;
    private final WrongRate wrongRate;

    CellTable(Design design, String family, List<Cell> cells) {
        this.design = design;
        this.family = family;
        this.cells = List.copyOf(cells);
        this.logWeights = Cell.logWeights(cells);
        this.bets = new Bets(design);
        this.judges = design.strata().stream()
                .map(stratum -> new CallCountBets(stratum.rate(), design.resolution(), cells))
                .toList();
        this.rows = new long[design.size()][2 + WIDTH * cells.size()];
        this.wrongRate = new WrongRate(design);
    }

    /** The same cells with other counts. */
    private CellTable(CellTable table, long[][] rows, WrongRate wrongRate) {
        this.design = table.design;
        this.family = table.family;
        this.cells = table.cells;
        this.logWeights = table.logWeights;
        this.bets = table.bets;
        this.judges = table.judges;
        this.rows = rows;
        this.wrongRate = wrongRate;
    }

    Design design() {
        return design;
    }

    String family() {
        return family;
    }

    /** How many cells there are. */
    int cells() {
        return cells.size();
    }

    CellTable empty() {
        return new CellTable(this, new long[rows.length][rows[0].length], wrongRate.empty());
    }

    CellTable copy() {
        long[][] copy = rows.clone();
        for (int r = 0; r < copy.length; r++) {
            copy[r] = rows[r].clone();
        }
        return new CellTable(this, copy, wrongRate);
    }

    CellTable plus(CellTable other) {
        if (!design.equals(other.design) || !cells.equals(other.cells)) {
            throw new IllegalArgumentException("family (" + other.family + " of " + other.design
                    + ") must be of the same design as " + family + " of " + design);
        }
        long[][] sum = new long[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            sum[r] = rows[r].clone();
            for (int i = 0; i < sum[r].length; i++) {
                sum[r][i] += other.rows[r][i];
            }
        }
        return new CellTable(this, sum, wrongRate.plus(other.wrongRate));
    }

    void counted(Counts counts) {
        for (long[] row : rows) {
            counts.sum(row);
        }
        wrongRate.counted(counts);
    }

    /** The row of a draw's stratum, after the draw's elements were added to its total. */
    long[] observe(Draw draw) {
        wrongRate.observe(draw);
        long[] row = row(design.indexOf(draw.stratum()));
        row[0] += draw.mask().size();
        row[1] += draw.mask().count();
        return row;
    }

    long[] row(int stratum) {
        return rows[stratum];
    }

    static int slot(int cell) {
        return 2 + WIDTH * cell;
    }

    static void add(long[] row, int cell, long elements, long dropped) {
        row[slot(cell)] += elements;
        row[slot(cell) + 1] += dropped;
    }

    /** Adds the elements i of {@code mask} for which {@code known} has an element i + shift, which was known before. */
    static void addPairs(long[] row, int cell, PackedMask mask, PackedMask known, int shift) {
        Overlap.add(row, slot(cell), mask, known, shift);
    }

    RateCount total(int stratum) {
        long[] row = rows[stratum];
        return new RateCount(row[0], row[1]);
    }

    long elements() {
        long elements = 0;
        for (long[] row : rows) {
            elements += row[0];
        }
        return elements;
    }

    RateCount count(int stratum, int cell) {
        long[] row = rows[stratum];
        return new RateCount(row[slot(cell)], row[slot(cell) + 1]);
    }

    PairCount pairs(int stratum, int cell) {
        long[] row = rows[stratum];
        int slot = slot(cell);
        RateCount after = new RateCount(row[slot + 2], row[slot + 3]);
        return new PairCount(after, new RateCount(row[slot] - after.elements(), row[slot + 1] - after.dropped()));
    }

    /** The sum over all strata of this rate, whatever their type. */
    RateCount countAt(double rate, int cell) {
        RateCount sum = RateCount.NONE;
        for (int s = 0; s < rows.length; s++) {
            sum = design.rate(s) == rate ? sum.plus(count(s, cell)) : sum;
        }
        return sum;
    }

    double logE() {
        return LogSpace.sum(logWeights, new Evaluation().together);
    }

    /** One finding for every cell that holds elements, told by the stratum that shows it best. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Evaluation evaluation = new Evaluation();
        for (int c = 0; c < cells.size(); c++) {
            if (evaluation.shown[c] >= 0) {
                findings.add(finding(evaluation.shown[c], c, evaluation.together[c]));
            }
        }
        return findings;
    }

    /** The e-value of each cell, over all strata together, from the counts so far. */
    private final class Evaluation {
        final double[] together = new double[cells.size()];
        /** The stratum that shows a cell best; -1 where none holds elements of it. */
        final int[] shown = new int[cells.size()];

        private final WrongRate.Charges charges = wrongRate.charges();
        private final PairEvidence pairs = new PairEvidence(design, bets, charges);
        private final RateEvidence rates = new RateEvidence(design, bets, charges);

        Evaluation() {
            for (int c = 0; c < together.length; c++) {
                switch (cells.get(c).kind()) {
                    case PAIR -> pair(c);
                    case RATE -> rate(c);
                    case ALL, NOTHING -> calls(c);
                }
            }
        }

        private void pair(int c) {
            int slot = slot(c);
            pairs.clear();
            for (int s = 0; s < rows.length; s++) {
                long[] row = rows[s];
                pairs.set(s, row[slot], row[slot + 1], row[slot + 2], row[slot + 3]);
            }
            together[c] = pairs.logE();
            shown[c] = pairs.shown();
        }

        private void rate(int c) {
            int slot = slot(c);
            rates.clear();
            for (int s = 0; s < rows.length; s++) {
                rates.set(s, rows[s][slot], rows[s][slot + 1]);
            }
            together[c] = rates.logE();
            shown[c] = rates.shown();
        }

        private void calls(int c) {
            double[] parts = new double[rows.length];
            shown[c] = -1;
            for (int s = 0; s < rows.length; s++) {
                RateCount count = count(s, c);
                parts[s] = judges.get(s).rate(c, count, charges.each()[s]);
                if (count.elements() > 0 && (shown[c] < 0 || parts[s] > parts[shown[c]])) {
                    shown[c] = s;
                }
            }
            together[c] = Disjoint.together(parts);
        }
    }

    /** The intervals of the cells' rates and correlations, all of which hold together at level {@code alpha}. */
    List<Bound> bounds(double alpha, double share) {
        double part = alpha / (rows.length * cells.size());
        List<Bound> bounds = new ArrayList<>();
        for (int s = 0; s < rows.length; s++) {
            double rate = design.rate(s);
            long least = Math.max(1, (long) Math.ceil(share * fullest(s)));
            RateMixture around = RateMixture.around(rate);
            for (int c = 0; c < cells.size(); c++) {
                RateCount count = count(s, c);
                if (count.elements() < least) {
                    continue;
                }
                Cell cell = cells.get(c);
                double expected = cell.expected(rate);
                Interval interval = cell.kind() == Cell.Kind.PAIR
                        ? pairs(s, c).correlation(around, rate, part)
                        : expected == rate ? count.interval(around, rate, part) : count.interval(expected, part);
                bounds.add(new Bound(
                        family,
                        cell.place(),
                        design.strata().get(s),
                        count.elements(),
                        interval,
                        cell.kind() == Cell.Kind.PAIR ? 0 : expected));
            }
        }
        return bounds;
    }

    private long fullest(int stratum) {
        long fullest = 0;
        for (int c = 0; c < cells.size(); c++) {
            fullest = Math.max(fullest, count(stratum, c).elements());
        }
        return fullest;
    }

    private Finding finding(int s, int c, double logE) {
        Cell cell = cells.get(c);
        Stratum stratum = design.strata().get(s);
        if (cell.kind() == Cell.Kind.PAIR) {
            return Finding.of(family, cell.place(), stratum, pairs(s, c), logE);
        }
        RateCount shown = count(s, c);
        return new Finding(
                family,
                cell.place(),
                Finding.Given.NOTHING,
                stratum,
                shown.elements(),
                shown.dropped(),
                cell.expected(stratum.rate()),
                logE);
    }
}
