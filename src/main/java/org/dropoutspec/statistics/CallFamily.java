package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.Place.Where.At;
import org.dropoutspec.statistics.Place.Where.Later;
import org.dropoutspec.statistics.Place.Where.QuartersLater;
import org.dropoutspec.statistics.Place.Where.RowsLater;

/**
 * Elements of a call against those of calls before it, whatever their shapes and rates: the previous two, and, among
 * calls of about the same size, the previous and the first, so that tiny calls in between hide no large ones.
 */
final class CallFamily implements TableFamily {
    private static final int NEAR = 5;
    private static final int POWERS = 12;
    private static final int FAR = 3;
    private static final int FIRST = 8;
    private static final int CLASSES = 4;

    private final CellTable table;
    private final PackedMask[] previous;
    private final PackedMask[] previousOfSize;
    private final PackedMask[] firstOfSize;
    private double previousRate;

    CallFamily(Design design, String what) {
        this(
                new CellTable(design, "across " + what + "s", cells(what)),
                new PackedMask[2],
                Double.NaN,
                new PackedMask[CLASSES],
                new PackedMask[CLASSES]);
    }

    private CallFamily(
            CellTable table,
            PackedMask[] previous,
            double previousRate,
            PackedMask[] previousOfSize,
            PackedMask[] firstOfSize) {
        this.table = table;
        this.previous = previous.clone();
        this.previousRate = previousRate;
        this.previousOfSize = previousOfSize.clone();
        this.firstOfSize = firstOfSize.clone();
    }

    private static List<Cell> cells(String what) {
        List<String> others = List.of(
                "the previous " + what,
                "the " + what + " before the previous",
                "the previous " + what + " of about the same size",
                "the first " + what + " of about the same size");
        List<Cell> cells = new ArrayList<>();
        for (String other : others) {
            for (Place.Where where :
                    List.of(new Later(0), new Later(-1), new Later(1), new RowsLater(-1), new RowsLater(1))) {
                cells.add(new Cell(new Place.Other(other, where), Cell.Kind.PAIR, 1, 0));
            }
        }
        for (String other : others.subList(0, 1)) {
            for (int power = 1; power <= POWERS; power++) {
                cells.add(new Cell(new Place.Other(other, new Later(1 << power)), Cell.Kind.PAIR, 1, 0));
            }
            for (int i = 1; i <= FAR; i++) {
                cells.add(new Cell(new Place.Other(other, new QuartersLater(i)), Cell.Kind.PAIR, 1, 0));
            }
        }
        for (int i = 0; i < FIRST; i++) {
            cells.add(new Cell(new Place.Other(others.get(0), new At(i)), Cell.Kind.PAIR, 1, 0));
        }
        return cells;
    }

    @Override
    public CellTable table() {
        return table;
    }

    @Override
    public void observe(Draw draw) {
        long[] row = table.observe(draw);
        PackedMask mask = draw.mask();
        int size = sizeClass(mask.size());
        PackedMask[] others = {previous[0], previous[1], previousOfSize[size], firstOfSize[size]};
        int width = Math.max(0, LagFamily.stride(draw.shape(), 0));
        for (int o = 0; o < others.length; o++) {
            if (others[o] != null && !among(others, o)) {
                near(row, NEAR * o, mask, others[o], width);
            }
        }
        if (previous[0] != null) {
            far(row, NEAR * others.length, mask, previous[0]);
        }
        if (draw.rate() == previousRate) {
            first(row, NEAR * others.length + POWERS + FAR, mask, previous[0]);
        }
        remember(mask, size);
        previousRate = draw.rate();
    }

    private static boolean among(PackedMask[] masks, int end) {
        for (int i = 0; i < end; i++) {
            if (masks[i] == masks[end]) {
                return true;
            }
        }
        return false;
    }

    private static void near(long[] row, int cell, PackedMask mask, PackedMask other, int width) {
        CellTable.addPairs(row, cell, mask, other, 0);
        CellTable.addPairs(row, cell + 1, mask, other, -1);
        CellTable.addPairs(row, cell + 2, mask, other, 1);
        if (width > 1) {
            CellTable.addPairs(row, cell + 3, mask, other, -width);
            CellTable.addPairs(row, cell + 4, mask, other, width);
        }
    }

    private static void far(long[] row, int cell, PackedMask mask, PackedMask other) {
        for (int power = 1; power <= POWERS; power++) {
            CellTable.addPairs(row, cell + power - 1, mask, other, 1 << power);
        }
        for (int i = 1; i <= FAR; i++) {
            CellTable.addPairs(row, cell + POWERS + i - 1, mask, other, (int) ((long) other.size() * i / 4));
        }
    }

    /**
     * The first few, each alone, of calls at one rate: a generator reseeded with 1, 2, 3, ... begins much as it did the
     * time before, and the same number gives the same drop at the same rate only.
     */
    private static void first(long[] row, int cell, PackedMask mask, PackedMask other) {
        long dropped = mask.bits(0);
        long known = other.bits(0);
        for (int i = 0; i < Math.min(FIRST, Math.min(mask.size(), other.size())); i++) {
            int slot = CellTable.slot(cell + i);
            row[slot]++;
            row[slot + 1] += dropped >>> i & 1;
            row[slot + 2] += known >>> i & 1;
            row[slot + 3] += (dropped & known) >>> i & 1;
        }
    }

    private void remember(PackedMask mask, int size) {
        previous[1] = previous[0];
        previous[0] = mask;
        previousOfSize[size] = mask;
        if (firstOfSize[size] == null) {
            firstOfSize[size] = mask;
        }
    }

    private static int sizeClass(int size) {
        if (size < 64) {
            return 0;
        }
        return size < 1 << 12 ? 1 : size < 1 << 16 ? 2 : 3;
    }

    @Override
    public CallFamily continued() {
        return new CallFamily(table.empty(), previous, previousRate, previousOfSize, firstOfSize);
    }

    @Override
    public CallFamily plus(Family later) {
        CallFamily that = (CallFamily) later;
        return new CallFamily(
                table.plus(that.table), that.previous, that.previousRate, that.previousOfSize, that.firstOfSize);
    }
}
