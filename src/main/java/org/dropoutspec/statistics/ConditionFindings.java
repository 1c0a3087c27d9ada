package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.ConditionEvidence.Statistic;
import org.dropoutspec.statistics.Hierarchy.Partition;

/** The findings from the counts of rows: the conditions that show something, each with the counts of one stratum. */
final class ConditionFindings {
    private final Design design;
    private final Hierarchy hierarchy;
    private final String family;
    private final List<RowCounts> parts;
    private final ConditionEvidence evidence;

    ConditionFindings(
            Design design, Hierarchy hierarchy, String family, List<RowCounts> parts, ConditionEvidence evidence) {
        this.design = design;
        this.hierarchy = hierarchy;
        this.family = family;
        this.parts = parts;
        this.evidence = evidence;
    }

    /** A finding for all elements together and for every condition with evidence, by the stratum that shows it best. */
    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (Partition partition : hierarchy.partitions()) {
            double[] charges = evidence.charges(partition);
            for (Statistic statistic : evidence.statistics()) {
                double[] logE = evidence.logE(partition, statistic, charges);
                Shown[] shown = shown(partition, statistic, logE);
                for (int cell = 0; cell < logE.length; cell++) {
                    if (shown[cell] != null) {
                        findings.add(finding(partition, statistic, shown[cell], logE[cell]));
                    }
                }
            }
        }
        return findings;
    }

    /** The counts of one stratum in a cell; {@code row} is one of the cell's rows. */
    private record Shown(int stratum, int row, RateCount all, PairCount pairs, double[] gains) {
        Shown plus(Shown other) {
            double[] sums = gains.clone();
            for (int bet = 0; bet < sums.length; bet++) {
                sums[bet] += other.gains[bet];
            }
            return new Shown(stratum, row, all.plus(other.all), pairs.plus(other.pairs), sums);
        }

        double logE() {
            return LogSpace.mean(gains);
        }
    }

    private Shown shown(Statistic statistic, int i) {
        RowCounts part = parts.get(i);
        RateCount all = RateCount.NONE;
        PairCount pairs = PairCount.NONE;
        for (int column = statistic.from(); column < statistic.to(); column++) {
            all = all.plus(part.rate(column));
            pairs = statistic.pairs() ? pairs.plus(part.pairs(column)) : pairs;
        }
        return new Shown(part.stratum(), part.row(), all, pairs, statistic.wide()[i]);
    }

    /** The stratum with the most evidence, by cell. */
    private Shown[] shown(Partition partition, Statistic statistic, double[] logE) {
        Shown[] shown = new Shown[partition.cells()];
        for (int from = 0, to; from < parts.size(); from = to) {
            to = evidence.endOfStratum(from);
            Shown[] own = new Shown[shown.length];
            for (int i = from; i < to; i++) {
                int cell = evidence.cell(partition, i);
                if (cell >= 0 && (logE[cell] > 0 || partition.factors().length == 0)) {
                    Shown part = shown(statistic, i);
                    own[cell] = own[cell] == null ? part : own[cell].plus(part);
                }
            }
            for (int cell = 0; cell < own.length; cell++) {
                boolean holds = own[cell] != null && own[cell].all().elements() > 0;
                shown[cell] = holds && (shown[cell] == null || own[cell].logE() > shown[cell].logE())
                        ? own[cell]
                        : shown[cell];
            }
        }
        return shown;
    }

    private Finding finding(Partition partition, Statistic statistic, Shown shown, double logE) {
        double rate = design.rate(shown.stratum());
        Finding.Given given = Finding.Given.NOTHING;
        RateCount count = shown.all();
        if (statistic.pairs()) {
            PairCount pairs = shown.pairs();
            boolean after = pairs.after().excess(rate) >= pairs.otherwise().excess(rate);
            given = after ? Finding.Given.DROPPED : Finding.Given.KEPT;
            count = after ? pairs.after() : pairs.otherwise();
        }
        Place place = partition.factors().length == 0
                ? statistic.place()
                : new Place.Under(statistic.place(), hierarchy.conditions(partition, shown.row()));
        return new Finding(
                family,
                place,
                given,
                design.strata().get(shown.stratum()),
                count.elements(),
                count.dropped(),
                rate,
                logE);
    }
}
