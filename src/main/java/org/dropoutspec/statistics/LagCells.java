package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.tensor.Shape;

/**
 * Elements by earlier ones of the same call, at places that its shape and its length suggest: the strides of its axes,
 * single far lags, the parts that threads take, the mirror image of the call, the elements that whole vectors leave
 * over, the beginnings of chunks and parts, and the neighbours in tiny calls.
 */
final class LagCells {
    private static final String[] AXES = {"row", "plane", "example"};
    private static final int[][] DISTANCES = {{1, 0}, {1, -1}, {1, 1}, {2, 0}, {4, 0}};
    private static final int[] PARTS = {2, 4, 8};
    /** Sizes of vectors: the loop over the elements that they leave over may begin where the call began. */
    private static final int[] WIDTHS = {4, 8, 16, 32, 64};

    /** The number of chunk sizes, 64 to 65,536 elements: a chunk may begin with the last word of the one before. */
    private static final int SEAMS = 11;

    /** The largest of the tiny calls, counted by size: the pairs of other calls would outvote their defects. */
    private static final int TINY = 4;

    private static final double OF_TINY = 0.005;

    /** The share of the bet on each way to divide a call. */
    private static final double OF_PARTS = 0.05 / (PARTS.length + 6);

    /** In elements. Neighbours nearer than this are looked at as lags anyway. */
    static final int NEAREST = 8;

    private LagCells() {}

    /**
     * The cells of a table, in the order in which {@link #count} fills them.
     *
     * @param beyond the single lags that have a cell
     * @param powers the number of lags among which their share of the bet is divided
     */
    static List<Cell> of(int[] beyond, int powers) {
        List<Cell> cells = new ArrayList<>();
        for (String axis : AXES) {
            for (int[] distance : DISTANCES) {
                Place place = new Place.Stride(axis, distance[0], distance[1]);
                cells.add(new Cell(place, Cell.Kind.PAIR, 0.2 / (DISTANCES.length * AXES.length), 0));
            }
        }
        for (int lag : beyond) {
            cells.add(new Cell(new Place.Lag(lag), Cell.Kind.PAIR, 0.125 / powers, 0));
        }
        for (int parts : PARTS) {
            cells.add(new Cell(new Place.PartBefore(parts), Cell.Kind.PAIR, OF_PARTS, 0));
        }
        cells.add(new Cell(new Place.Mirrored(), Cell.Kind.PAIR, OF_PARTS, 0));
        for (int width : WIDTHS) {
            cells.add(new Cell(new Place.TailByHead(width), Cell.Kind.PAIR, OF_PARTS / WIDTHS.length, 0));
        }
        for (int width : WIDTHS) {
            cells.add(new Cell(new Place.TailByBefore(width, width), Cell.Kind.PAIR, OF_PARTS / WIDTHS.length, 0));
            cells.add(new Cell(new Place.TailByBefore(width, 1), Cell.Kind.PAIR, OF_PARTS / WIDTHS.length, 0));
        }
        for (int level = 0; level < SEAMS; level++) {
            cells.add(new Cell(new Place.ChunkSeam(64 << level), Cell.Kind.PAIR, OF_PARTS / SEAMS, 0));
        }
        for (int parts : PARTS) {
            cells.add(new Cell(new Place.PartSeam(parts), Cell.Kind.PAIR, OF_PARTS / PARTS.length, 0));
        }
        for (int size = 2; size <= TINY; size++) {
            cells.add(new Cell(new Place.NeighbourOf(size), Cell.Kind.PAIR, OF_TINY, 0));
        }
        return cells;
    }

    /** Adds the pairs of a draw to the row of its stratum. */
    static void count(long[] row, Draw draw, int[] beyond) {
        PackedMask mask = draw.mask();
        int cell = 0;
        for (int axis = 0; axis < AXES.length; axis++) {
            int stride = stride(draw.layout(), axis);
            for (int[] distance : DISTANCES) {
                int lag = distance[0] * stride + distance[1];
                // a stride of 1 is looked at as a lag anyway, and a call of low rank has no stride
                if (stride > 1 && lag < mask.size()) {
                    CellTable.addPairs(row, cell, mask, mask, -lag);
                }
                cell++;
            }
        }
        for (int lag : beyond) {
            if (lag < mask.size()) {
                CellTable.addPairs(row, cell, mask, mask, -lag);
            }
            cell++;
        }
        for (int parts : PARTS) {
            // shorter distances are looked at as lags anyway
            if (mask.size() > NEAREST * parts) {
                CellTable.addPairs(row, cell, mask, mask, -(mask.size() / parts));
            }
            cell++;
        }
        if (mask.size() > 1) {
            int middle = (mask.size() + 1) / 2;
            PackedMask second = mask.slice(middle, mask.size());
            CellTable.addPairs(
                    row, cell, second, mask.slice(0, mask.size() - middle).reversed(), 0);
        }
        cell++;
        for (int width : WIDTHS) {
            int tail = mask.size() % width;
            // with a single vector, these are pairs that are looked at as lags anyway
            if (tail > 0 && mask.size() > width) {
                PackedMask behind = mask.slice(mask.size() - tail, mask.size());
                CellTable.addPairs(row, cell, behind, mask.slice(0, tail), 0);
            }
            cell++;
        }
        tails(row, cell, mask);
        cell += 2 * WIDTHS.length;
        seams(row, cell, mask);
        cell += SEAMS;
        for (int parts : PARTS) {
            int part = (mask.size() + parts - 1) / parts;
            for (int i = part; part > NEAREST && i < mask.size(); i += part) {
                addPair(row, cell, mask.dropped(i - 1), mask.dropped(i));
            }
            cell++;
        }
        if (mask.size() > 1 && mask.size() <= TINY) {
            CellTable.addPairs(row, cell + mask.size() - 2, mask, mask, -1);
        }
    }

    /** Counts the elements left over by those before them: a loop may draw for one vector more, or once for all. */
    private static void tails(long[] row, int cell, PackedMask mask) {
        int size = mask.size();
        for (int i = 0; i < WIDTHS.length; i++) {
            int width = WIDTHS[i];
            int tail = size % width;
            if (tail > 0 && size > width) {
                PackedMask before = mask.slice(size - tail - width, size);
                CellTable.addPairs(row, cell + 2 * i, before.slice(width, width + tail), before.slice(0, tail), 0);
                CellTable.addPairs(
                        row,
                        cell + 2 * i + 1,
                        before.slice(width + 1, width + tail),
                        before.slice(width, width + tail - 1),
                        0);
            }
        }
    }

    private static void seams(long[] row, int cell, PackedMask mask) {
        long[] words = mask.words();
        for (int w = 1; w < words.length; w++) {
            boolean before = words[w - 1] < 0;
            boolean dropped = (words[w] & 1) != 0;
            int widest = Math.min(SEAMS - 1, Integer.numberOfTrailingZeros(w));
            for (int level = 0; level <= widest; level++) {
                addPair(row, cell + level, before, dropped);
            }
        }
    }

    private static void addPair(long[] row, int cell, boolean known, boolean dropped) {
        int slot = CellTable.slot(cell);
        row[slot]++;
        row[slot + 1] += dropped ? 1 : 0;
        row[slot + 2] += known ? 1 : 0;
        row[slot + 3] += known && dropped ? 1 : 0;
    }

    /** The stride of the axis {@code above} the last but one; 0 if there is none, or if it exceeds every useful lag. */
    static int stride(Shape shape, int above) {
        int axis = shape.rank() - 2 - above;
        if (axis < 0) {
            return 0;
        }
        int stride = shape.strides()[axis];
        return stride < 1 << 28 ? stride : 0;
    }

    /** Whether a cell has so few elements that it gives findings but no bounds. */
    static boolean isRare(Place place) {
        return place instanceof Place.TailByHead
                || place instanceof Place.TailByBefore
                || place instanceof Place.ChunkSeam
                || place instanceof Place.PartSeam
                || place instanceof Place.NeighbourOf;
    }
}
