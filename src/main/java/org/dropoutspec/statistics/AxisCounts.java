package org.dropoutspec.statistics;

import org.dropoutspec.tensor.Shape;

/**
 * Counts of elements and drops by the index on the last axis (its columns) and on the first axis (its slabs). Calls of
 * rank 2 and more are counted: at each of the first 64 indices of either axis, and at the last.
 */
final class AxisCounts {
    /** The number of indices counted on either axis: the first 64, then the last. */
    static final int EACH = 65;

    private static final int LAST = EACH - 1;

    private final LaneCounter columns = new LaneCounter();
    /** The number of rows by their width; rows of 64 columns and more share the last entry. */
    private final long[] widths = new long[EACH];

    private final long[] elements = new long[2 * EACH];
    private final long[] dropped = new long[2 * EACH];

    /** Adds the slabs of a call, and the columns in as many of its rows as {@code count} elements hold. */
    void add(PackedMask mask, Shape shape, int count) {
        if (shape.rank() < 2 || shape.size() == 0) {
            return;
        }
        int slabs = shape.extent(0);
        int slab = shape.size() / slabs;
        for (int i = 0; slabs > 1 && i < Math.min(slabs, LAST); i++) {
            add(EACH + i, slab, mask.count(i * slab, (i + 1) * slab));
        }
        if (slabs > 1) {
            add(EACH + LAST, slab, mask.count(shape.size() - slab, shape.size()));
        }
        int width = shape.extent(shape.rank() - 1);
        if (width > 1) {
            int rows = count / width;
            long first = -1L >>> 64 - Math.min(64, width);
            int last = 0;
            for (int row = 0; row < rows; row++) {
                columns.add(mask.bits(row * width) & first, dropped, 0, 1);
                last += mask.dropped((row + 1) * width - 1) ? 1 : 0;
            }
            widths[Math.min(64, width)] += rows;
            add(LAST, rows, last);
        }
    }

    private void add(int place, long count, long drops) {
        elements[place] += count;
        dropped[place] += drops;
    }

    /** The counts by index on the last axis, and from {@link #EACH} on by index on the first. */
    Tally tally() {
        columns.drain(dropped, 0, 1);
        long[] all = elements.clone();
        long reached = 0;
        for (int column = LAST - 1; column >= 0; column--) {
            reached += widths[column + 1];
            all[column] = reached;
        }
        return new Tally(all, dropped.clone());
    }

    static Place place(int index) {
        int on = index % EACH == LAST ? -1 : index % EACH;
        return index < EACH ? new Place.Column(on) : new Place.Slab(on);
    }

    void counted(Counts counts) {
        columns.drain(dropped, 0, 1);
        counts.sum(elements);
        counts.sum(dropped);
        counts.sum(widths);
    }

    AxisCounts plus(AxisCounts other) {
        AxisCounts sum = new AxisCounts();
        long[] own = tally().dropped();
        long[] others = other.tally().dropped();
        for (int i = 0; i < own.length; i++) {
            sum.elements[i] = elements[i] + other.elements[i];
            sum.dropped[i] = own[i] + others[i];
        }
        for (int i = 0; i < widths.length; i++) {
            sum.widths[i] = widths[i] + other.widths[i];
        }
        return sum;
    }
}
