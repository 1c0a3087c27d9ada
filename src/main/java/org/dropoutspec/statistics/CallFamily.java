package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.statistics.Place.Related;

/**
 * Elements of a call against those of earlier calls, whatever their shapes and rates: the last call in each relation to
 * this one ({@link Related}), each of the last 64, and each of the last 64 of the same shape, since a store of k masks
 * gives one out again after k calls. Calls of different sizes are compared over what they share.
 *
 * <p>A bet on an element uses the drops of earlier calls, all of which are known before the element is drawn.
 */
final class CallFamily implements Family {
    private final String what;
    private final RelationTable table;
    private Past past;

    CallFamily(Design design, String what) {
        this(what, new RelationTable(design, "across " + what + "s", CallCells.all(what)), new Past(design));
    }

    private CallFamily(String what, RelationTable table, Past past) {
        this.what = what;
        this.table = table;
        this.past = past;
    }

    @Override
    public void observe(Draw draw) {
        int stratum = table.observe(draw);
        if (draw.mask().size() == 0) {
            return;
        }
        related(draw, stratum);
        Earlier previous = past.find(Related.PREVIOUS, draw);
        if (previous != null) {
            previous(draw.mask(), previous, table.counts(stratum, previous.stratum()));
        }
        Earlier sameRate = past.find(Related.SAME_RATE, draw);
        if (sameRate != null) {
            long[] counts = table.counts(stratum, sameRate.stratum());
            first(counts, CallCells.FIRST_OF_SAME_RATE, draw.mask(), sameRate.front());
            if (sameRate == previous) {
                first(counts, CallCells.FIRST_OF_PREVIOUS, draw.mask(), previous.front());
            }
        }
        further(draw, stratum);
        past.add(draw);
    }

    /** Compares with the related calls. One call is often related in several ways; it is compared only once. */
    private void related(Draw draw, int stratum) {
        Earlier[] calls = new Earlier[CallCells.RELATED.length];
        long[][] found = new long[calls.length][];
        int rank = draw.shape().rank();
        int width = rank < 2 ? 0 : draw.shape().extent(rank - 1);
        for (int r = 0; r < calls.length; r++) {
            calls[r] = past.find(CallCells.RELATED[r], draw);
            if (calls[r] == null) {
                continue;
            }
            int same = 0;
            while (calls[same] != calls[r]) {
                same++;
            }
            found[r] = same < r ? found[same] : near(draw.mask(), calls[r], width);
            long[] counts = table.counts(stratum, calls[r].stratum());
            RelationTable.add(counts, CallCells.NEAR.size() * r, found[r]);
        }
    }

    private static long[] near(PackedMask mask, Earlier other, int width) {
        long[] counts = new long[RelationTable.slot(CallCells.NEAR.size())];
        RelationTable.add(counts, 0, mask, other.front(), 0);
        RelationTable.add(counts, 1, mask, other.front(), -1);
        RelationTable.add(counts, 2, mask, other.front(), 1);
        if (width > 1) {
            RelationTable.add(counts, 3, mask, other.front(), -width);
            RelationTable.add(counts, 4, mask, other.front(), width);
        }
        if (other.size() != mask.size()) {
            RelationTable.add(counts, 5, mask, other.back(), other.back().size() - mask.size());
        }
        RelationTable.add(counts, 6, mask, other.reversed(), 0);
        return counts;
    }

    private static void previous(PackedMask mask, Earlier other, long[] counts) {
        for (int power = 1; power <= CallCells.POWERS; power++) {
            RelationTable.add(counts, CallCells.FAR + power - 1, mask, other.front(), 1 << power);
        }
        for (int i = 1; i <= CallCells.QUARTERS; i++) {
            int shift = (int) ((long) other.size() * i / 4);
            RelationTable.add(counts, CallCells.FAR + CallCells.POWERS + i - 1, mask, other.front(), shift);
        }
        PackedMask back = other.back();
        int last = back.size() - 1;
        RelationTable.add(counts, CallCells.ENDS, mask.bits(0), other.front().bits(0), 1);
        RelationTable.add(counts, CallCells.ENDS + 1, mask.bits(mask.size() - 1), back.bits(last), 1);
        RelationTable.add(counts, CallCells.ENDS + 2, mask.bits(0), back.bits(last), 1);
        for (int i = 0; i < CallCells.BLOCKS.length; i++) {
            int length = 1 + (other.size() - 1) % CallCells.BLOCKS[i];
            RelationTable.add(
                    counts,
                    CallCells.ENDS + 3 + i,
                    mask.bits(0),
                    back.bits(back.size() - length),
                    Math.min(length, mask.size()));
        }
    }

    /**
     * Compares the first few elements one by one, between calls at one rate. A generator reseeded with 1, 2, 3, ...
     * begins much as it did the time before, and the same number gives the same drop only at the same rate.
     */
    private static void first(long[] counts, int cell, PackedMask mask, PackedMask other) {
        for (int i = 0; i < Math.min(CallCells.FIRST, Math.min(mask.size(), other.size())); i++) {
            RelationTable.add(counts, cell + i, mask.bits(0) >>> i, other.bits(0) >>> i, 1);
        }
    }

    private void further(Draw draw, int stratum) {
        Recent recent = past.recent();
        long[] found = new long[RelationTable.slot(1)];
        for (int before = 1; before <= recent.size(); before++) {
            long[] counts = table.counts(stratum, recent.stratum(before));
            Arrays.fill(found, 0);
            recent.compare(draw.mask(), before, found, 0);
            RelationTable.add(counts, CallCells.WITHIN, found);
            if (before > 2) {
                RelationTable.add(counts, CallCells.BACK + before - 3, found);
            }
        }
        Recent ofShape = past.ofShape(draw.shape());
        for (int before = 2; before <= ofShape.size(); before++) {
            long[] counts = table.counts(stratum, ofShape.stratum(before));
            ofShape.compare(draw.mask(), before, counts, RelationTable.slot(CallCells.OF_SHAPE + before - 2));
        }
    }

    @Override
    public String name() {
        return table.family();
    }

    /** Forgets the calls of the process before: a generator that always starts alike is another requirement's. */
    @Override
    public void restarted() {
        past = past.fresh();
    }

    @Override
    public CallFamily continued() {
        return new CallFamily(what, table.empty(), past.copy());
    }

    @Override
    public CallFamily plus(Family later) {
        CallFamily that = (CallFamily) later;
        return new CallFamily(what, table.plus(that.table), that.past.copy());
    }

    @Override
    public void counted(Counts counts) {
        table.counted(counts);
    }

    @Override
    public long elements() {
        return table.elements();
    }

    @Override
    public double logE() {
        return table.logE();
    }

    @Override
    public List<Finding> findings() {
        return table.findings();
    }

    /** The correlations with each of the last 64 calls. */
    @Override
    public List<Series> series(double rate) {
        Series.Builder series = new Series.Builder(what + "s before", rate);
        series.add(1, table.pairsAt(rate, CallCells.related(Related.PREVIOUS)));
        series.add(2, table.pairsAt(rate, CallCells.related(Related.BEFORE_PREVIOUS)));
        for (int before = 3; before <= Past.RECENT; before++) {
            series.add(before, table.pairsAt(rate, CallCells.BACK + before - 3));
        }
        return series.build().stream().toList();
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return table.bounds(alpha, share, table.cells());
    }
}
