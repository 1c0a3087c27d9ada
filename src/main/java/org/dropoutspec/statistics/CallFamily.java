package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dropoutspec.statistics.Place.Related;
import org.dropoutspec.statistics.Place.Where;

/**
 * Elements of a call against those of calls before it, whatever their shapes and rates: the last call that has something
 * in common with this one, by each of what it may be; each of the last 64; and each of the last 64 of the same shape,
 * which a store of k masks gives out again after k calls. Calls of different sizes are compared over what they share.
 *
 * <p>An element is bet on by what earlier calls drew, all of which is known before it is drawn.
 */
final class CallFamily implements Family {
    private static final Related[] RELATED = Related.values();
    private static final List<Where> NEAR = List.of(
            new Where.Later(0),
            new Where.Later(-1),
            new Where.Later(1),
            new Where.RowsLater(-1),
            new Where.RowsLater(1),
            new Where.FromEnd(),
            new Where.Reversed());
    private static final int POWERS = 12;
    private static final int QUARTERS = 3;
    private static final int[] BLOCKS = {4, 8, 64};
    private static final int FIRST = 8;

    private static final int FAR = NEAR.size() * RELATED.length;
    private static final int ENDS = FAR + POWERS + QUARTERS;
    private static final int FIRST_OF_PREVIOUS = ENDS + 3 + BLOCKS.length;
    private static final int FIRST_OF_SAME_RATE = FIRST_OF_PREVIOUS + FIRST;
    private static final int WITHIN = FIRST_OF_SAME_RATE + FIRST;
    /** From the third on: the first two are related. */
    private static final int BACK = WITHIN + 1;
    /** From the second on: the first is related. */
    private static final int OF_SHAPE = BACK + Past.RECENT - 2;

    private final RelationTable table;
    private Past past;

    CallFamily(Design design, String what) {
        this(new RelationTable(design, "across " + what + "s", cells(what)), new Past(design));
    }

    private CallFamily(RelationTable table, Past past) {
        this.table = table;
        this.past = past;
    }

    /** Half of the weight is on the element at the same place of the related calls. */
    private static List<Cell> cells(String what) {
        List<Place.Other> places = new ArrayList<>();
        for (Related related : RELATED) {
            NEAR.forEach(where -> places.add(new Place.Other(what, related, where)));
        }
        List<Where> far = new ArrayList<>();
        for (int power = 1; power <= POWERS; power++) {
            far.add(new Where.Later(1 << power));
        }
        for (int quarters = 1; quarters <= QUARTERS; quarters++) {
            far.add(new Where.QuartersLater(quarters));
        }
        far.addAll(List.of(new Where.First(), new Where.Last(), new Where.LastForFirst()));
        for (int width : BLOCKS) {
            far.add(new Where.LastBlock(width));
        }
        far.forEach(where -> places.add(new Place.Other(what, Related.PREVIOUS, where)));
        for (Related related : new Related[] {Related.PREVIOUS, Related.SAME_RATE}) {
            for (int i = 0; i < FIRST; i++) {
                places.add(new Place.Other(what, related, new Where.At(i)));
            }
        }
        places.add(new Place.Other(what, new Place.Within(Past.RECENT), NEAR.get(0)));
        for (int calls = 3; calls <= Past.RECENT; calls++) {
            places.add(new Place.Other(what, new Place.Back(calls), NEAR.get(0)));
        }
        for (int calls = 2; calls <= Past.RECENT; calls++) {
            places.add(new Place.Other(what, new Place.BackOfShape(calls), NEAR.get(0)));
        }
        List<Cell> cells = new ArrayList<>();
        int rest = places.size() - RELATED.length;
        for (Place.Other place : places) {
            boolean first = place.call() instanceof Related && place.where().equals(NEAR.get(0));
            cells.add(new Cell(place, Cell.Kind.PAIR, first ? 1.0 / RELATED.length : 1.0 / rest, 0));
        }
        return cells;
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
            first(counts, FIRST_OF_SAME_RATE, draw.mask(), sameRate.front());
            if (sameRate == previous) {
                first(counts, FIRST_OF_PREVIOUS, draw.mask(), previous.front());
            }
        }
        further(draw, stratum);
        past.add(draw);
    }

    /** Most often one call is related in several ways, and compared once. */
    private void related(Draw draw, int stratum) {
        Earlier[] calls = new Earlier[RELATED.length];
        long[][] found = new long[calls.length][];
        int rank = draw.shape().rank();
        int width = rank < 2 ? 0 : draw.shape().extent(rank - 1);
        for (int r = 0; r < calls.length; r++) {
            calls[r] = past.find(RELATED[r], draw);
            if (calls[r] == null) {
                continue;
            }
            int same = 0;
            while (calls[same] != calls[r]) {
                same++;
            }
            found[r] = same < r ? found[same] : near(draw.mask(), calls[r], width);
            long[] counts = table.counts(stratum, calls[r].stratum());
            RelationTable.add(counts, NEAR.size() * r, found[r]);
        }
    }

    private static long[] near(PackedMask mask, Earlier other, int width) {
        long[] counts = new long[RelationTable.slot(NEAR.size())];
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
        for (int power = 1; power <= POWERS; power++) {
            RelationTable.add(counts, FAR + power - 1, mask, other.front(), 1 << power);
        }
        for (int i = 1; i <= QUARTERS; i++) {
            int shift = (int) ((long) other.size() * i / 4);
            RelationTable.add(counts, FAR + POWERS + i - 1, mask, other.front(), shift);
        }
        PackedMask back = other.back();
        int last = back.size() - 1;
        RelationTable.add(counts, ENDS, mask.bits(0), other.front().bits(0), 1);
        RelationTable.add(counts, ENDS + 1, mask.bits(mask.size() - 1), back.bits(last), 1);
        RelationTable.add(counts, ENDS + 2, mask.bits(0), back.bits(last), 1);
        for (int i = 0; i < BLOCKS.length; i++) {
            int length = 1 + (other.size() - 1) % BLOCKS[i];
            RelationTable.add(
                    counts, ENDS + 3 + i, mask.bits(0), back.bits(back.size() - length), Math.min(length, mask.size()));
        }
    }

    /**
     * The first few, each alone, of calls at one rate: a generator reseeded with 1, 2, 3, ... begins much as it did the
     * time before, and the same number gives the same drop at the same rate only.
     */
    private static void first(long[] counts, int cell, PackedMask mask, PackedMask other) {
        for (int i = 0; i < Math.min(FIRST, Math.min(mask.size(), other.size())); i++) {
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
            RelationTable.add(counts, WITHIN, found);
            if (before > 2) {
                RelationTable.add(counts, BACK + before - 3, found);
            }
        }
        Recent ofShape = past.ofShape(draw.shape());
        for (int before = 2; before <= ofShape.size(); before++) {
            long[] counts = table.counts(stratum, ofShape.stratum(before));
            ofShape.compare(draw.mask(), before, counts, RelationTable.slot(OF_SHAPE + before - 2));
        }
    }

    @Override
    public String name() {
        return table.family();
    }

    /** What another process drew is not compared: a generator that always starts alike is another requirement's. */
    @Override
    public void restarted() {
        past = past.fresh();
    }

    @Override
    public CallFamily continued() {
        return new CallFamily(table.empty(), past.copy());
    }

    @Override
    public CallFamily plus(Family later) {
        CallFamily that = (CallFamily) later;
        return new CallFamily(table.plus(that.table), that.past.copy());
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

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return table.bounds(alpha, share, table.cells());
    }
}
