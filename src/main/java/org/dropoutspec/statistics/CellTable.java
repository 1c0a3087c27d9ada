package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of a family for each rate of the design, and what they say: an e-value for each cell, their weighted mean
 * for each rate, and the mean of these, which are e-values under any dependence between cells.
 *
 * <p>A row holds the elements and drops of all draws of its rate, then four counts for each cell: elements, drops, and
 * both again where the known bit is 1.
 *
 * <p>A cell's e-value is the smaller of two: one against every probability inside the rate's resolution, wandering or
 * not, and one against every constant rate. A wrong rate by itself is thus no evidence for a dependence.
 */
final class CellTable {
    private static final int WIDTH = 4;

    private final Design design;
    private final String family;
    private final List<Cell> cells;
    private final double[] logWeights;
    /** One for each rate. */
    private final List<Judge> judges;

    private final long[][] rows;

    CellTable(Design design, String family, List<Cell> cells) {
        this.design = design;
        this.family = family;
        this.cells = List.copyOf(cells);
        this.logWeights = logWeights(cells);
        this.judges = design.rates().stream()
                .map(rate -> new Judge(rate, design.resolution(), cells))
                .toList();
        this.rows = new long[design.rates().size()][2 + WIDTH * cells.size()];
    }

    /** The same cells with other counts. */
    private CellTable(CellTable table, long[][] rows) {
        this.design = table.design;
        this.family = table.family;
        this.cells = table.cells;
        this.logWeights = table.logWeights;
        this.judges = table.judges;
        this.rows = rows;
    }

    private static double[] logWeights(List<Cell> cells) {
        double total = cells.stream().mapToDouble(Cell::weight).sum();
        return cells.stream()
                .mapToDouble(cell -> Math.log(cell.weight() / total))
                .toArray();
    }

    Design design() {
        return design;
    }

    String family() {
        return family;
    }

    CellTable empty() {
        return new CellTable(this, new long[rows.length][rows[0].length]);
    }

    CellTable copy() {
        long[][] copy = rows.clone();
        for (int r = 0; r < copy.length; r++) {
            copy[r] = rows[r].clone();
        }
        return new CellTable(this, copy);
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
        return new CellTable(this, sum);
    }

    /** The row of a draw, with its elements added to the total. */
    long[] observe(Draw draw) {
        long[] row = row(draw.rate());
        row[0] += draw.mask().size();
        row[1] += draw.mask().count();
        return row;
    }

    long[] row(double rate) {
        return rows[design.indexOf(rate)];
    }

    static int slot(int cell) {
        return 2 + WIDTH * cell;
    }

    static void add(long[] row, int cell, long elements, long dropped) {
        row[slot(cell)] += elements;
        row[slot(cell) + 1] += dropped;
    }

    /** Adds the elements i of {@code mask} for which {@code known} has an element i + shift, known before. */
    static void addPairs(long[] row, int cell, PackedMask mask, PackedMask known, int shift) {
        int from = Math.max(0, -shift);
        int knownFrom = Math.max(0, shift);
        int length = Math.min(mask.size() - from, known.size() - knownFrom);
        if (length <= 0) {
            return;
        }
        int slot = slot(cell);
        row[slot] += length;
        row[slot + 1] += mask.count(from, from + length);
        row[slot + 2] += known.count(knownFrom, knownFrom + length);
        row[slot + 3] += shift >= 0 ? Overlap.count(mask, known, shift) : Overlap.count(known, mask, -shift);
    }

    RateCount total(double rate) {
        long[] row = row(rate);
        return new RateCount(row[0], row[1]);
    }

    long elements() {
        long elements = 0;
        for (long[] row : rows) {
            elements += row[0];
        }
        return elements;
    }

    RateCount count(double rate, int cell) {
        long[] row = row(rate);
        return new RateCount(row[slot(cell)], row[slot(cell) + 1]);
    }

    PairCount pairs(double rate, int cell) {
        long[] row = row(rate);
        int slot = slot(cell);
        RateCount after = new RateCount(row[slot + 2], row[slot + 3]);
        return new PairCount(after, new RateCount(row[slot] - after.elements(), row[slot + 1] - after.dropped()));
    }

    double logE() {
        double sum = Double.NEGATIVE_INFINITY;
        for (double rate : design.rates()) {
            sum = LogSpace.add(sum, logE(rate));
        }
        return sum - Math.log(design.rates().size());
    }

    double logE(double rate) {
        return LogSpace.sum(logWeights, logEs(rate));
    }

    /** Every cell that holds elements. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (double rate : design.rates()) {
            double[] logE = logEs(rate);
            for (int c = 0; c < logE.length; c++) {
                if (count(rate, c).elements() > 0) {
                    findings.add(finding(rate, c, logE[c]));
                }
            }
        }
        return findings;
    }

    /** What each cell's rate or correlation can still be, all of it together at level {@code alpha}. */
    List<Bound> bounds(double alpha, double share) {
        double part = alpha / (design.rates().size() * cells.size());
        List<Bound> bounds = new ArrayList<>();
        for (double rate : design.rates()) {
            long least = Math.max(1, (long) Math.ceil(share * fullest(rate)));
            RateMixture around = RateMixture.around(rate);
            for (int c = 0; c < cells.size(); c++) {
                Cell cell = cells.get(c);
                if (count(rate, c).elements() >= least && cell.kind() == Cell.Kind.PAIR) {
                    Interval correlation = pairs(rate, c).correlation(around, rate, part);
                    bounds.add(
                            new Bound(family, cell.label(), rate, count(rate, c).elements(), correlation, 0));
                } else if (count(rate, c).elements() >= least) {
                    double expected = cell.expected(rate);
                    Interval interval = expected == rate
                            ? count(rate, c).interval(around, rate, part)
                            : count(rate, c).interval(expected, part);
                    bounds.add(
                            new Bound(family, cell.label(), rate, count(rate, c).elements(), interval, expected));
                }
            }
        }
        return bounds;
    }

    private long fullest(double rate) {
        long fullest = 0;
        for (int c = 0; c < cells.size(); c++) {
            fullest = Math.max(fullest, count(rate, c).elements());
        }
        return fullest;
    }

    private Finding finding(double rate, int c, double logE) {
        Cell cell = cells.get(c);
        RateCount shown = count(rate, c);
        String label = cell.label();
        if (cell.kind() == Cell.Kind.PAIR) {
            PairCount pairs = pairs(rate, c);
            boolean after = pairs.after().excess(rate) >= pairs.otherwise().excess(rate);
            shown = after ? pairs.after() : pairs.otherwise();
            label += after ? " dropped" : " kept";
        }
        return new Finding(family, label, rate, shown.elements(), shown.dropped(), cell.expected(rate), logE);
    }

    private double[] logEs(double rate) {
        Judge judge = judges.get(design.indexOf(rate));
        double excess = total(rate).excess(rate);
        // the thousands of places in a call hold a few hundred different counts
        Map<RateCount, Double> known = new HashMap<>();
        double[] logE = new double[cells.size()];
        for (int c = 0; c < logE.length; c++) {
            int cell = c;
            if (cells.get(c).kind() == Cell.Kind.PAIR) {
                logE[c] = judge.pairs(pairs(rate, c), excess);
            } else if (cells.get(c).kind() == Cell.Kind.RATE) {
                logE[c] = known.computeIfAbsent(count(rate, c), count -> judge.rate(cell, count, excess));
            } else {
                logE[c] = judge.rate(c, count(rate, c), excess);
            }
        }
        return logE;
    }
}
