package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of a family for each stratum of the design, and what they say: an e-value for each cell, from all strata
 * together, and their weighted mean, which is an e-value under any dependence between cells.
 *
 * <p>A row holds the elements and drops of all draws of its stratum, then four counts for each cell: elements, drops,
 * and both again where the known bit is 1.
 *
 * <p>Strata are disjoint data. A cell bets on them in two ways, half each: that all deviate alike, with one bet for all,
 * and each for itself, by the product of their e-values ({@link Disjoint}).
 *
 * <p>Each e-value is the smaller of two: one against every probability inside the rate's resolution, wandering or not,
 * and one against every constant rate. A wrong rate by itself is thus no evidence for a dependence.
 */
final class CellTable {
    private static final int WIDTH = 4;

    private final Design design;
    private final String family;
    private final List<Cell> cells;
    private final double[] logWeights;
    /** One for each stratum. */
    private final List<Judge> judges;

    private final long[][] rows;

    CellTable(Design design, String family, List<Cell> cells) {
        this.design = design;
        this.family = family;
        this.cells = List.copyOf(cells);
        this.logWeights = Cell.logWeights(cells);
        this.judges = design.strata().stream()
                .map(stratum -> new Judge(stratum.rate(), design.resolution(), cells))
                .toList();
        this.rows = new long[design.size()][2 + WIDTH * cells.size()];
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

    /** Adds the elements i of {@code mask} for which {@code known} has an element i + shift, known before. */
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

    double logE() {
        return LogSpace.sum(logWeights, new Evaluation().together);
    }

    /** Every cell that holds elements, by the stratum that shows it best. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Evaluation evaluation = new Evaluation();
        for (int c = 0; c < cells.size(); c++) {
            int shown = -1;
            for (int s = 0; s < rows.length; s++) {
                boolean better = shown < 0 || evaluation.apart[s][c] > evaluation.apart[shown][c];
                shown = count(s, c).elements() > 0 && better ? s : shown;
            }
            if (shown >= 0) {
                findings.add(finding(shown, c, evaluation.together[c]));
            }
        }
        return findings;
    }

    /** The e-values as they stand: of each cell in each stratum, and of each cell in all strata together. */
    private final class Evaluation {
        final double[][] apart = new double[rows.length][cells.size()];
        final double[] together = new double[cells.size()];

        private final double[] excess = new double[rows.length];
        private final double allExcess;

        Evaluation() {
            double sum = 0;
            for (int s = 0; s < rows.length; s++) {
                excess[s] = total(s).excess(design.rate(s));
                sum += excess[s];
            }
            allExcess = sum;
            // the thousands of places in a call hold a few hundred different counts
            List<Map<RateCount, Double>> known = new ArrayList<>();
            for (int s = 0; s < rows.length; s++) {
                known.add(new HashMap<>());
            }
            for (int c = 0; c < together.length; c++) {
                together[c] = evaluate(c, known);
            }
        }

        private double evaluate(int c, List<Map<RateCount, Double>> known) {
            Cell.Kind kind = cells.get(c).kind();
            double[] parts = new double[rows.length];
            for (int s = 0; s < rows.length; s++) {
                int stratum = s;
                parts[s] = switch (kind) {
                    case PAIR -> pair(s, pairs(s, c));
                    case RATE ->
                        known.get(s)
                                .computeIfAbsent(
                                        count(s, c),
                                        count -> judges.get(stratum).rate(c, count, excess[stratum]));
                    case ALL, NOTHING -> judges.get(s).rate(c, count(s, c), excess[s]);
                };
                apart[s][c] = parts[s];
            }
            double each = Disjoint.together(parts);
            if (rows.length == 1 || kind == Cell.Kind.ALL || kind == Cell.Kind.NOTHING) {
                return each;
            }
            return LogSpace.add(each, kind == Cell.Kind.PAIR ? pairsAlike(c) : ratesAlike(c)) - Math.log(2);
        }

        private double pair(int s, PairCount count) {
            if (count.total().elements() == 0) {
                return 0;
            }
            Judge.Mixtures<PairMixture> bets = judges.get(s).pairs();
            return Math.min(bets.wide().logE(count), bets.point().logE(count) - excess[s]);
        }

        private double pairsAlike(int c) {
            double[] wide = new double[PairMixture.BETS];
            double[] point = new double[PairMixture.BETS];
            for (int s = 0; s < rows.length; s++) {
                PairCount count = pairs(s, c);
                if (count.total().elements() > 0) {
                    judges.get(s).pairs().wide().add(count, wide);
                    judges.get(s).pairs().point().add(count, point);
                }
            }
            return Math.min(PairMixture.logE(wide), PairMixture.logE(point) - allExcess);
        }

        private double ratesAlike(int c) {
            double[] wide = new double[Tilt.BETS];
            double[] point = new double[Tilt.BETS];
            for (int s = 0; s < rows.length; s++) {
                RateCount count = count(s, c);
                judges.get(s).tilts().wide().add(count.elements(), count.dropped(), wide);
                judges.get(s).tilts().point().add(count.elements(), count.dropped(), point);
            }
            return Math.min(Tilt.logE(wide), Tilt.logE(point) - allExcess);
        }
    }

    /** What each cell's rate or correlation can still be, all of it together at level {@code alpha}. */
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
        double rate = design.rate(s);
        RateCount shown = count(s, c);
        Finding.Given given = Finding.Given.NOTHING;
        if (cell.kind() == Cell.Kind.PAIR) {
            PairCount pairs = pairs(s, c);
            boolean after = pairs.after().excess(rate) >= pairs.otherwise().excess(rate);
            shown = after ? pairs.after() : pairs.otherwise();
            given = after ? Finding.Given.DROPPED : Finding.Given.KEPT;
        }
        return new Finding(
                family,
                cell.place(),
                given,
                design.strata().get(s),
                shown.elements(),
                shown.dropped(),
                cell.expected(rate),
                logE);
    }
}
