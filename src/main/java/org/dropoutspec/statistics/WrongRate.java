package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a gain that a wrong rate alone explains, and which is therefore no evidence for anything else. A rate may
 * be wrong under some condition only, so elements and drops are counted by row of the design and stratum.
 *
 * <p>The rate that explains a part of the data best does so better than the asked one by x nats. If there is one part,
 * all of x is taken off: then nothing is gained in expectation at any constant rate. If there are K parts, half a nat
 * each, save one, is left: this is what the best rates explain by chance if all rates are right, and over the strata or
 * the rows of a run it would come to more than a verdict needs. So a wrong rate is left with a factor of (e/2)^(K/2) at
 * most, in expectation: 7 nats for 48 strata. The parts are the strata or the rows, whichever explain more.
 */
final class WrongRate {
    private final Design design;
    private final Map<Integer, long[]> counts = new TreeMap<>();

    WrongRate(Design design) {
        this.design = design;
    }

    void observe(Draw draw) {
        long[] count = counts.computeIfAbsent(key(draw), none -> new long[2]);
        count[0] += draw.mask().size();
        count[1] += draw.mask().count();
    }

    private int key(Draw draw) {
        return (draw.row() + 1) * design.size() + design.indexOf(draw.stratum());
    }

    WrongRate empty() {
        return new WrongRate(design);
    }

    WrongRate plus(WrongRate other) {
        WrongRate sum = new WrongRate(design);
        for (WrongRate part : new WrongRate[] {this, other}) {
            part.counts.forEach((key, count) -> {
                long[] own = sum.counts.computeIfAbsent(key, none -> new long[2]);
                own[0] += count[0];
                own[1] += count[1];
            });
        }
        return sum;
    }

    void counted(Counts walk) {
        walk.sum(counts, 2, design.size() * (design.rows().size() + 1));
    }

    long elements() {
        return counts.values().stream().mapToLong(count -> count[0]).sum();
    }

    /** The nats that the rows of each stratum explain. */
    Explained[] byStratum() {
        Explained[] explained = new Explained[design.size()];
        for (int s = 0; s < explained.length; s++) {
            explained[s] = new Explained();
        }
        counts.forEach((key, count) -> {
            int s = key % design.size();
            explained[s].add(new RateCount(count[0], count[1]).excess(design.rate(s)));
        });
        return explained;
    }

    /** The nats to be taken off: for each stratum alone, and for all together. */
    record Charges(double[] each, double all) {
        /** The charges where the rows are not known. */
        static Charges of(Design design, RateCount[] totals) {
            double[] each = new double[totals.length];
            Explained all = new Explained();
            for (int s = 0; s < each.length; s++) {
                each[s] = totals[s].excess(design.rate(s));
                all.add(each[s]);
            }
            return new Charges(each, all.charge());
        }
    }

    /** The charges by the strata or by their rows, whichever explain more. */
    Charges charges() {
        RateCount[] totals = new RateCount[design.size()];
        Arrays.fill(totals, RateCount.NONE);
        counts.forEach((key, count) ->
                totals[key % totals.length] = totals[key % totals.length].plus(new RateCount(count[0], count[1])));
        Charges byStratum = Charges.of(design, totals);
        Explained[] rows = byStratum();
        Explained all = new Explained();
        for (int s = 0; s < rows.length; s++) {
            byStratum.each[s] = Math.max(byStratum.each[s], rows[s].charge());
            all.add(rows[s]);
        }
        return new Charges(byStratum.each, Math.max(byStratum.all, all.charge()));
    }

    /** The nats that the best rates of some parts explain. */
    static final class Explained {
        private double nats;
        private int parts;

        void add(double excess) {
            nats += excess;
            parts++;
        }

        void add(Explained others) {
            nats += others.nats;
            parts += others.parts;
        }

        /** The nats to be taken off the gains of all these parts together. */
        double charge() {
            return Math.max(0, nats - Math.max(0, parts - 1) / 2.0);
        }
    }
}
