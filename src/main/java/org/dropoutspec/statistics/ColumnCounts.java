package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/** The counts of {@link ColumnFamily} for one stratum. */
final class ColumnCounts {
    static final int POWERS = 1 << 12;
    /** Every smaller number divides one of the numbers from here to {@link #MOST}, or is a power of two. */
    private static final int LEAST = 33;

    static final int MOST = 63;

    private final Residues powers;
    private final List<Residues> others;
    private final AxisCounts axes;
    private long taken;

    ColumnCounts(long taken) {
        this(new Residues(POWERS), new ArrayList<>(), new AxisCounts(), taken);
        for (int modulus = LEAST; modulus <= MOST; modulus++) {
            others.add(new Residues(modulus));
        }
    }

    private ColumnCounts(Residues powers, List<Residues> others, AxisCounts axes, long taken) {
        this.powers = powers;
        this.others = others;
        this.axes = axes;
        this.taken = taken;
    }

    void add(Draw draw, long limit) {
        PackedMask mask = draw.mask();
        int count = (int) Math.min(mask.size(), limit - taken);
        taken += count;
        powers.add(mask, mask.size());
        if (count > 0) {
            others.forEach(residues -> residues.add(mask, count));
        }
        axes.add(mask, draw.layout(), count);
    }

    /** The counts by index modulo {@link #POWERS}. */
    Tally powers() {
        return powers.tally();
    }

    /** The counts by index modulo a number of at most {@link #MOST}. */
    Tally modulo(int modulus) {
        int multiple = (LEAST + modulus - 1) / modulus * modulus;
        return others.get(multiple - LEAST).tally().folded(modulus);
    }

    Tally axes() {
        return axes.tally();
    }

    void counted(Counts counts) {
        powers.counted(counts);
        others.forEach(residues -> residues.counted(counts));
        axes.counted(counts);
        taken = counts.sum(taken);
    }

    ColumnCounts empty() {
        return new ColumnCounts(taken);
    }

    ColumnCounts plus(ColumnCounts later) {
        List<Residues> sum = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            sum.add(others.get(i).plus(later.others.get(i)));
        }
        return new ColumnCounts(powers.plus(later.powers), sum, axes.plus(later.axes), later.taken);
    }
}
