package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Elements of a call by those at the end of earlier calls, with the calls of a stratum laid end to end: at every
 * distance up to the horizon. A stream that repeats itself at a shift shows here, whatever the shift. Pairs within one
 * call are left to {@link LagFamily}.
 */
final class JoinFamily implements Family {
    /** In elements. Smaller calls are left out: they are many, hold next to nothing, and would cost much time. */
    private static final int SMALLEST = 64;

    private final Design design;
    private final Bets bets;
    private final WrongRate wrongRate;
    private final LagTier tier;
    private final int smallest;
    /** The last elements of each stratum, at least as many as the longest lag. */
    private final PackedMask[] histories;
    /** The index in each history from which on its elements were really drawn. */
    private final int[] from;

    JoinFamily(Design design, Horizon horizon) {
        this(design, horizon, SMALLEST);
    }

    JoinFamily(Design design, Horizon horizon, int smallest) {
        this.design = design;
        this.bets = new Bets(design);
        this.wrongRate = new WrongRate(design);
        this.tier = new LagTier(design, 1, horizon);
        this.smallest = smallest;
        this.histories = new PackedMask[design.size()];
        this.from = new int[design.size()];
        if (tier.last() > BitLags.LONGEST) {
            throw new IllegalArgumentException("lags (" + tier.last() + ") must be at most " + BitLags.LONGEST);
        }
        restarted();
    }

    /** A family with other counts that goes on where {@code last} stands. */
    private JoinFamily(WrongRate wrongRate, LagTier tier, JoinFamily last) {
        this.design = last.design;
        this.bets = last.bets;
        this.wrongRate = wrongRate;
        this.tier = tier;
        this.smallest = last.smallest;
        this.histories = last.histories.clone();
        this.from = last.from.clone();
    }

    @Override
    public String name() {
        return "join";
    }

    @Override
    public void observe(Draw draw) {
        wrongRate.observe(draw);
        int stratum = design.indexOf(draw.stratum());
        PackedMask mask = draw.mask();
        if (mask.size() >= smallest) {
            tier.open(stratum, mask.size()).ifPresent(counts -> {
                counts.across(histories[stratum], from[stratum], mask);
                from[stratum] = Math.max(0, from[stratum] - mask.size());
                histories[stratum] = end(histories[stratum], mask);
            });
        }
    }

    /** The end of the history with the mask appended, as long as the history. */
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

    /** Forgets the history, since another process may begin with the same numbers. */
    @Override
    public void restarted() {
        long[] nothing = new long[PackedMask.wordsFor(tier.last())];
        Arrays.fill(histories, new PackedMask(nothing, 64 * nothing.length));
        Arrays.fill(from, 64 * nothing.length);
    }

    @Override
    public JoinFamily continued() {
        return new JoinFamily(wrongRate.empty(), tier.empty(), this);
    }

    @Override
    public JoinFamily plus(Family later) {
        JoinFamily that = (JoinFamily) later;
        return new JoinFamily(wrongRate.plus(that.wrongRate), tier.plus(that.tier), that);
    }

    @Override
    public void counted(Counts counts) {
        tier.counted(counts);
        wrongRate.counted(counts);
    }

    @Override
    public long elements() {
        return wrongRate.elements();
    }

    private PairEvidence evidence() {
        return new PairEvidence(design, bets, wrongRate.charges());
    }

    @Override
    public double logE() {
        double logE = Double.NEGATIVE_INFINITY;
        for (double each : tier.new Evaluation(evidence()).logE) {
            logE = LogSpace.add(logE, each);
        }
        return logE - Math.log(tier.size());
    }

    @Override
    public List<Finding> findings() {
        return tier.findings(name(), evidence(), Place.Joined::new);
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
