package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Elements of a call by those at the end of the calls before it, the calls of a stratum laid end to end: at every distance
 * up to the horizon. A stream that repeats itself at a shift shows here, whatever the shift; elements of one and the same
 * call are left to {@link LagFamily}.
 */
final class JoinFamily implements Family {
    /** Smaller calls are left out: they are many, hold next to nothing, and would cost most of the time. */
    private static final int SMALLEST = 64;

    private final CellTable totals;
    private final LagTier tier;
    private final int smallest;
    /** The last elements of each stratum, at least as many as the longest lag. */
    private final PackedMask[] histories;
    /** Where in the history the elements begin that were drawn. */
    private final int[] from;

    JoinFamily(Design design, Horizon horizon) {
        this(design, horizon, SMALLEST);
    }

    JoinFamily(Design design, Horizon horizon, int smallest) {
        this(
                new CellTable(design, "join", List.of()),
                new LagTier(design, 1, horizon),
                smallest,
                new PackedMask[design.size()],
                new int[design.size()]);
        long[] nothing = new long[PackedMask.wordsFor(horizon.lags())];
        Arrays.fill(histories, new PackedMask(nothing, 64 * nothing.length));
        Arrays.fill(from, 64 * nothing.length);
    }

    private JoinFamily(CellTable totals, LagTier tier, int smallest, PackedMask[] histories, int[] from) {
        this.totals = totals;
        this.tier = tier;
        this.smallest = smallest;
        this.histories = histories.clone();
        this.from = from.clone();
        if (tier.last() > BitLags.LONGEST) {
            throw new IllegalArgumentException("lags (" + tier.last() + ") must be at most " + BitLags.LONGEST);
        }
    }

    @Override
    public String name() {
        return totals.family();
    }

    @Override
    public void observe(Draw draw) {
        totals.observe(draw);
        int stratum = totals.design().indexOf(draw.stratum());
        PackedMask mask = draw.mask();
        if (mask.size() >= smallest && tier.takes(stratum, mask.size())) {
            tier.of(stratum).across(histories[stratum], from[stratum], mask);
            from[stratum] = Math.max(0, from[stratum] - mask.size());
            histories[stratum] = end(histories[stratum], mask);
        }
    }

    /** The last elements of the history and the mask that follows it, as many as the history has. */
    private static PackedMask end(PackedMask history, PackedMask mask) {
        int size = history.size();
        long[] words = new long[size >>> 6];
        for (int i = 0; i < words.length; i++) {
            int index = mask.size() + 64 * i;
            words[i] = index >= size ? mask.bits(index - size) : history.bits(index);
            if (index < size && index + 64 > size) {
                words[i] |= mask.bits(0) << size - index;
            }
        }
        return new PackedMask(words, size);
    }

    @Override
    public JoinFamily continued() {
        return new JoinFamily(totals.empty(), tier.empty(), smallest, histories, from);
    }

    @Override
    public JoinFamily plus(Family later) {
        JoinFamily that = (JoinFamily) later;
        return new JoinFamily(totals.plus(that.totals), tier.plus(that.tier), smallest, that.histories, that.from);
    }

    @Override
    public long elements() {
        return totals.elements();
    }

    @Override
    public double logE() {
        double logE = Double.NEGATIVE_INFINITY;
        for (double each : tier.new Evaluation(totals.pairEvidence()).logE) {
            logE = LogSpace.add(logE, each);
        }
        return logE - Math.log(tier.size());
    }

    @Override
    public List<Finding> findings() {
        return tier.findings(name(), totals.pairEvidence(), Place.Joined::new);
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
