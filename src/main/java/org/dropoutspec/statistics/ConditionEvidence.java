package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.Hierarchy.Partition;
import org.dropoutspec.statistics.Reading.Column;
import org.jspecify.annotations.Nullable;

/**
 * The evidence in the counts of rows, for each condition.
 *
 * <p>The bets on a cell are common to its rows, whatever their rates: on the same shift of the log odds of a drop
 * ({@link Tilt}), or on the same correlation ({@link PairMixture}). The gain of each bet in each row is computed once
 * and summed over the rows of each cell. Where the rate itself is judged, the null is its resolution. Other evidence is
 * the smaller of two e-values, as in {@link CellTable}, less what a wrong rate explains, by cell ({@link WrongRate}).
 * So a rate that is wrong only in some rows is no evidence either, and right rates cost the bets next to nothing.
 */
final class ConditionEvidence {
    private final Design design;
    private final Hierarchy hierarchy;
    private final Reading reading;
    private final Bets bets;
    private final List<RowCounts> parts;
    private final double[] excess;
    private final List<Statistic> statistics = new ArrayList<>();

    /**
     * One statistic with its columns, and the gain of each bet on it, in nats.
     *
     * @param from the first column
     * @param to the first column of the next statistic
     * @param wide the gains by part of the bets against the wide null
     * @param point the gains by part of the bets against the asked rate, filled in when they are first needed
     */
    record Statistic(Place place, boolean pairs, int from, int to, double[][] wide, double[][] point) {}

    /** @param parts ordered by stratum */
    ConditionEvidence(Design design, Hierarchy hierarchy, Reading reading, Bets bets, List<RowCounts> parts) {
        this.design = design;
        this.hierarchy = hierarchy;
        this.reading = reading;
        this.bets = bets;
        this.parts = parts;
        this.excess = parts.stream()
                .mapToDouble(part -> part.total().excess(design.rate(part.stratum())))
                .toArray();
        List<Column> columns = reading.columns();
        for (int from = 0, to; from < columns.size(); from = to) {
            Place place = columns.get(from).place();
            to = from + 1;
            while (to < columns.size() && columns.get(to).place().equals(place)) {
                to++;
            }
            double[][] wide = new double[parts.size()][];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = gains(parts.get(i), from, to, true);
            }
            statistics.add(new Statistic(place, columns.get(from).pairs(), from, to, wide, new double[wide.length][]));
        }
    }

    private double[] gains(RowCounts part, int from, int to, boolean wide) {
        double[] gains = new double[reading.columns().get(from).pairs() ? PairMixture.BETS : Tilt.BETS];
        for (int column = from; column < to; column++) {
            Column read = reading.columns().get(column);
            RateCount count = part.rate(column);
            if (count.elements() > 0 && read.pairs()) {
                bets.pair(part.stratum(), read.known(), wide).add(part.pairs(column), gains);
            } else if (count.elements() > 0) {
                bets.tilt(part.stratum(), wide).add(count.elements(), count.dropped(), gains);
            }
        }
        return gains;
    }

    List<Statistic> statistics() {
        return statistics;
    }

    /** ln of the mean of the e-values over the statistics. */
    double logE() {
        double sum = Double.NEGATIVE_INFINITY;
        for (Partition partition : hierarchy.partitions()) {
            double[] charges = charges(partition);
            for (Statistic statistic : statistics) {
                double together = Disjoint.together(logE(partition, statistic, charges));
                sum = LogSpace.add(sum, partition.logWeight() + together);
            }
        }
        return sum - Math.log(statistics.size());
    }

    /** The index of a part's cell in a partition; -1 where it has none. */
    int cell(Partition partition, int part) {
        int row = parts.get(part).row();
        return partition.factors().length == 0 ? 0 : row < 0 ? -1 : partition.cellOf()[row];
    }

    /** ln of the e-value of each cell. */
    double[] logE(Partition partition, Statistic statistic, double[] charges) {
        double[] logE = new double[partition.cells()];
        boolean[] judged = new boolean[logE.length];
        int count = statistic.pairs() ? PairMixture.BETS : Tilt.BETS;
        double[] wide = sums(partition, statistic.wide(), count, null);
        boolean any = false;
        for (int cell = 0; cell < logE.length; cell++) {
            logE[cell] = LogSpace.mean(wide, cell * count, count);
            judged[cell] = logE[cell] > 0 && charges[cell] > 0;
            any |= judged[cell];
            // this is never more than the smaller of the two, since no bet gains less against the asked rate alone;
            // where there is no evidence it is good enough
            logE[cell] -= judged[cell] ? 0 : charges[cell];
        }
        if (any) {
            double[] point = sums(partition, point(partition, statistic, judged), count, judged);
            for (int cell = 0; cell < logE.length; cell++) {
                if (judged[cell]) {
                    logE[cell] = Math.min(logE[cell], LogSpace.mean(point, cell * count, count) - charges[cell]);
                }
            }
        }
        return logE;
    }

    private double[][] point(Partition partition, Statistic statistic, boolean[] judged) {
        double[][] point = statistic.point();
        for (int i = 0; i < point.length; i++) {
            int cell = cell(partition, i);
            if (point[i] == null && cell >= 0 && judged[cell]) {
                point[i] = gains(parts.get(i), statistic.from(), statistic.to(), false);
            }
        }
        return point;
    }

    /** The summed gains of each cell's parts, one cell after the other; of the {@code judged} cells alone, if given. */
    private double[] sums(Partition partition, double[][] gains, int count, boolean @Nullable [] judged) {
        double[] sums = new double[partition.cells() * count];
        for (int i = 0; i < gains.length; i++) {
            int cell = cell(partition, i);
            if (cell >= 0 && (judged == null || judged[cell])) {
                double[] own = gains[i];
                for (int bet = 0; bet < count; bet++) {
                    sums[cell * count + bet] += own[bet];
                }
            }
        }
        return sums;
    }

    /** The nats that a wrong rate explains in each cell; 0 where the rate itself is judged. */
    double[] charges(Partition partition) {
        double[] charges = new double[partition.cells()];
        if (reading.judgesRate()) {
            return charges;
        }
        WrongRate.Explained[] rows = new WrongRate.Explained[charges.length];
        WrongRate.Explained[] strata = new WrongRate.Explained[charges.length];
        for (int from = 0, to; from < parts.size(); from = to) {
            to = endOfStratum(from);
            RateCount[] totals = new RateCount[charges.length];
            for (int i = from; i < to; i++) {
                int cell = cell(partition, i);
                if (cell >= 0) {
                    RateCount total = parts.get(i).total();
                    totals[cell] = totals[cell] == null ? total : totals[cell].plus(total);
                    rows[cell] = rows[cell] == null ? new WrongRate.Explained() : rows[cell];
                    rows[cell].add(excess[i]);
                }
            }
            double rate = design.rate(parts.get(from).stratum());
            for (int cell = 0; cell < totals.length; cell++) {
                if (totals[cell] != null) {
                    strata[cell] = strata[cell] == null ? new WrongRate.Explained() : strata[cell];
                    strata[cell].add(totals[cell].excess(rate));
                }
            }
        }
        for (int cell = 0; cell < charges.length; cell++) {
            charges[cell] = rows[cell] == null ? 0 : Math.max(rows[cell].charge(), strata[cell].charge());
        }
        return charges;
    }

    int endOfStratum(int from) {
        int to = from;
        while (to < parts.size() && parts.get(to).stratum() == parts.get(from).stratum()) {
            to++;
        }
        return to;
    }
}
