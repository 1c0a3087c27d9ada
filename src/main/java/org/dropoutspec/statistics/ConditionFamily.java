package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A few statistics, counted by row of the design, and their evidence for each condition ({@link Hierarchy}). A defect
 * in one level or in one pair of levels only is found from that condition's own elements.
 */
final class ConditionFamily implements Family {
    /** In nats: a wider condition is still the better answer with this much less evidence. */
    private static final double FEW = 5;

    private final Design design;
    private final Hierarchy hierarchy;
    private final Reading reading;
    private final Bets bets;
    /** By stratum and row: elements and drops, then four counts for each column of the reading. */
    private final Map<Integer, long[]> counts;

    ConditionFamily(Design design, int strength, Reading reading) {
        this(design, new Hierarchy(design.rows(), strength), reading, new Bets(design), new TreeMap<>());
    }

    private ConditionFamily(
            Design design, Hierarchy hierarchy, Reading reading, Bets bets, Map<Integer, long[]> counts) {
        this.design = design;
        this.hierarchy = hierarchy;
        this.reading = reading;
        this.bets = bets;
        this.counts = counts;
    }

    @Override
    public String name() {
        return reading.family();
    }

    @Override
    public void observe(Draw draw) {
        int rows = design.rows().size();
        if (draw.row() >= rows) {
            throw new IllegalArgumentException(
                    "row (" + draw.row() + ") must be one of the " + rows + " that the design has");
        }
        int key = design.indexOf(draw.stratum()) * (rows + 1) + draw.row() + 1;
        long[] own = counts.computeIfAbsent(
                key, none -> new long[2 + 4 * reading.columns().size()]);
        own[0] += draw.mask().size();
        own[1] += draw.mask().count();
        reading.read(draw, own, 2);
    }

    @Override
    public void restarted() {
        reading.restarted();
    }

    @Override
    public ConditionFamily continued() {
        return new ConditionFamily(design, hierarchy, reading.copy(), bets, new TreeMap<>());
    }

    @Override
    public ConditionFamily plus(Family later) {
        ConditionFamily that = (ConditionFamily) later;
        Map<Integer, long[]> sum = new TreeMap<>();
        for (ConditionFamily part : List.of(this, that)) {
            part.counts.forEach((key, own) -> {
                long[] all = sum.computeIfAbsent(key, none -> new long[own.length]);
                for (int i = 0; i < own.length; i++) {
                    all[i] += own[i];
                }
            });
        }
        return new ConditionFamily(design, hierarchy, that.reading.copy(), bets, sum);
    }

    @Override
    public void counted(Counts walk) {
        int keys = design.size() * (design.rows().size() + 1);
        walk.sum(counts, 2 + 4 * reading.columns().size(), keys);
    }

    @Override
    public long elements() {
        return counts.values().stream().mapToLong(own -> own[0]).sum();
    }

    @Override
    public double logE() {
        return evidence(parts()).logE();
    }

    @Override
    public List<Finding> findings() {
        List<RowCounts> parts = parts();
        return new ConditionFindings(design, hierarchy, name(), parts, evidence(parts)).all();
    }

    private List<RowCounts> parts() {
        List<RowCounts> parts = new ArrayList<>();
        int rows = design.rows().size() + 1;
        counts.forEach((key, own) -> parts.add(new RowCounts(key / rows, key % rows - 1, own)));
        return parts;
    }

    private ConditionEvidence evidence(List<RowCounts> parts) {
        return new ConditionEvidence(design, hierarchy, reading, bets, parts);
    }

    /** The finding with the widest condition among those with nearly the most evidence. */
    @Override
    public Optional<Finding> strongest() {
        List<Finding> findings = findings();
        double most = findings.stream().mapToDouble(Finding::logE).max().orElse(0);
        return findings.stream()
                .filter(finding -> finding.logE() >= most - FEW)
                .min(Comparator.comparingInt(ConditionFamily::conditions)
                        .thenComparing(Finding::logE, Comparator.reverseOrder()));
    }

    private static int conditions(Finding finding) {
        return finding.place() instanceof Place.Under under ? under.conditions().size() : 0;
    }

    /** None: bounds under single conditions are not certified, only those over all conditions. */
    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
