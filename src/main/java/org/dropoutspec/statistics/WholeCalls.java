package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The tiny calls of all sizes together in one stratum that drop everything, or nothing, with bets against every rate
 * within the resolution and bets against every constant rate.
 *
 * @param from the first cell of the table that counts them; there is one cell for each size from 1 on
 */
record WholeCalls(Stratum stratum, Place place, int from, TinyCalls wide, TinyCalls point) {
    /** The largest size of a tiny call, in elements. */
    static final int TINY = 16;

    /** The cells by size: first for calls that drop everything, then for calls that drop nothing. */
    static final List<Cell> CELLS = cells();

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int size = 1; size <= TINY; size++) {
            cells.add(new Cell(new Place.Whole(size, true), Cell.Kind.ALL, 1, size));
        }
        for (int size = 1; size <= TINY; size++) {
            cells.add(new Cell(new Place.Whole(size, false), Cell.Kind.NOTHING, 1, size));
        }
        return cells;
    }

    static WholeCalls of(Stratum stratum, boolean everything, double resolution) {
        int from = everything ? 0 : TINY;
        List<Cell> cells = CELLS.subList(from, from + TINY);
        return new WholeCalls(
                stratum,
                new Place.Whole(0, everything),
                from,
                new TinyCalls(cells, stratum.rate(), resolution),
                new TinyCalls(cells, stratum.rate(), 0));
    }

    /** Adds a call of at most {@link #TINY} elements to the row of a table. */
    static void count(long[] row, PackedMask mask) {
        int size = mask.size();
        CellTable.add(row, size - 1, 1, mask.count() == size ? 1 : 0);
        CellTable.add(row, TINY + size - 1, 1, mask.count() == 0 ? 1 : 0);
    }

    Finding finding(CellTable table) {
        int at = table.design().indexOf(stratum);
        List<RateCount> counts = new ArrayList<>();
        RateCount all = RateCount.NONE;
        double expected = 0;
        for (int cell = from; cell < from + TINY; cell++) {
            RateCount count = table.count(at, cell);
            counts.add(count);
            all = all.plus(count);
            expected += count.elements() * CELLS.get(cell).expected(stratum.rate());
        }
        double logE = all.elements() == 0
                ? 0
                : Math.min(
                        wide.logE(counts), point.logE(counts) - table.total(at).excess(stratum.rate()));
        return new Finding(
                table.family(),
                place,
                Finding.Given.NOTHING,
                stratum,
                all.elements(),
                all.dropped(),
                expected / all.elements(),
                logE);
    }
}
