package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.tensor.Shape;

/**
 * Elements of the matrices that the last two axes make, with two rows and two columns or more. One instance counts them
 * by their place in the matrix, another by an earlier element: by the one that some reflection takes them to, with
 * squares of one size also counted apart, and by the end of the row before. It also counts small calls of each size by
 * the element half a call before. Masks are laid out as the implementation draws them.
 */
final class MatrixFamily implements TableFamily {
    private static final List<Place> PLACES = List.of(
            new Place.Diagonal(false),
            new Place.Diagonal(true),
            new Place.BlackFields(),
            new Place.RowOfMatrix(true),
            new Place.RowOfMatrix(false));

    private static final int SIDE = 64;
    private static final int SMALLEST_SIDE = 8;
    /** The number of square matrices counted in each call, beyond any limit: a defect of one size shows in few. */
    private static final int SQUARES = 4;

    private static final int[] WIDTHS = {4, 8, 16, 32, 64};
    private static final int HALVED = 64;

    private static final List<Cell> REFLECTIONS = new ArrayList<>();
    private static final int OF_SQUARES;
    private static final int OF_ROWS;
    private static final int OF_HALVES;

    static {
        REFLECTIONS.addAll(cells(Stream.of(Place.Reflected.values()), Cell.Kind.PAIR));
        OF_SQUARES = REFLECTIONS.size();
        REFLECTIONS.addAll(Cell.group(Cell.Kind.PAIR, 4, i -> new Place.Square(SMALLEST_SIDE << i)));
        OF_ROWS = REFLECTIONS.size();
        REFLECTIONS.addAll(Cell.group(Cell.Kind.PAIR, WIDTHS.length, i -> new Place.RowTail(WIDTHS[i])));
        OF_HALVES = REFLECTIONS.size();
        REFLECTIONS.addAll(Cell.group(Cell.Kind.PAIR, HALVED / 2 - 1, i -> new Place.HalfOf(2 * i + 4)));
    }

    private final CellTable table;
    private final boolean ofPlaces;
    private final long limit;
    /** The number of elements counted, by stratum. */
    private final long[] taken;

    static MatrixFamily ofPlaces(Design design, long limit) {
        return new MatrixFamily(
                new CellTable(design, "matrix", cells(PLACES.stream(), Cell.Kind.RATE)),
                true,
                limit,
                new long[design.size()]);
    }

    static MatrixFamily ofReflections(Design design, long limit) {
        return new MatrixFamily(
                new CellTable(design, "reflection", REFLECTIONS), false, limit, new long[design.size()]);
    }

    private static List<Cell> cells(Stream<? extends Place> places, Cell.Kind kind) {
        return places.map(place -> new Cell(place, kind, 1, 0)).toList();
    }

    private MatrixFamily(CellTable table, boolean ofPlaces, long limit, long[] taken) {
        this.table = table;
        this.ofPlaces = ofPlaces;
        this.limit = limit;
        this.taken = taken;
    }

    @Override
    public CellTable table() {
        return table;
    }

    @Override
    public void observe(Draw draw) {
        long[] row = table.observe(draw);
        Shape shape = draw.layout();
        int rank = shape.rank();
        int rows = rank < 2 ? 1 : shape.extent(rank - 2);
        int columns = rank < 2 ? 1 : shape.extent(rank - 1);
        int stratum = table.design().indexOf(draw.stratum());
        if (!ofPlaces) {
            halves(row, draw.mask());
            if (rows == columns && rows <= SIDE && rows >= SMALLEST_SIDE && Integer.bitCount(rows) == 1) {
                squares(row, draw.mask(), Math.min(SQUARES, shape.size() / (rows * rows)), rows);
            }
        }
        if (rows < 2 || columns < 2 || taken[stratum] >= limit) {
            return;
        }
        int matrix = rows * columns;
        int matrices = (int) Math.min(shape.size() / matrix, (limit - taken[stratum]) / matrix + 1);
        taken[stratum] += (long) matrices * matrix;
        for (int at = 0; at < matrices; at++) {
            if (ofPlaces) {
                places(row, draw.mask(), at * matrix, rows, columns);
            } else {
                reflections(row, draw.mask(), at * matrix, rows, columns);
                rowTails(row, draw.mask(), at * matrix, rows, columns);
            }
        }
    }

    private static void halves(long[] row, PackedMask mask) {
        int size = mask.size();
        if (size >= 4 && size <= HALVED && size % 2 == 0) {
            CellTable.addPairs(row, OF_HALVES + size / 2 - 2, mask, mask, -(size / 2));
        }
    }

    private static void squares(long[] row, PackedMask mask, int count, int side) {
        int cell = OF_SQUARES + Integer.numberOfTrailingZeros(side / SMALLEST_SIDE);
        for (int from = 0; from < count * side * side; from += side * side) {
            for (int i = 1; i < side; i++) {
                for (int j = 0; j < i; j++) {
                    pair(row, cell, bit(mask, from + i * side + j), bit(mask, from + j * side + i));
                }
            }
        }
    }

    /** Counts starts of rows by ends of the row before: what whole vectors leave over of a row may begin the next. */
    private static void rowTails(long[] row, PackedMask mask, int from, int rows, int columns) {
        for (int w = 0; w < WIDTHS.length; w++) {
            int tail = columns % WIDTHS[w];
            for (int start = from + columns; columns > WIDTHS[w] && start < from + rows * columns; start += columns) {
                for (int j = 0; j < tail; j++) {
                    pair(row, OF_ROWS + w, bit(mask, start + j), bit(mask, start + j - tail));
                }
            }
        }
    }

    private static void places(long[] row, PackedMask mask, int from, int rows, int columns) {
        int length = Math.min(rows, columns);
        int diagonal = 0;
        int other = 0;
        for (int i = 0; i < length; i++) {
            diagonal += bit(mask, from + i * columns + i);
            other += bit(mask, from + i * columns + columns - 1 - i);
        }
        CellTable.add(row, 0, length, diagonal);
        CellTable.add(row, 1, length, other);
        int black = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = i & 1; j < columns; j += 2) {
                black += bit(mask, from + i * columns + j);
            }
        }
        CellTable.add(row, 2, (rows * columns + 1) / 2, black);
        CellTable.add(row, 3, columns, mask.count(from, from + columns));
        int last = from + (rows - 1) * columns;
        CellTable.add(row, 4, columns, mask.count(last, last + columns));
    }

    /** Counts each element by an earlier one that a reflection takes it to. */
    private static void reflections(long[] row, PackedMask mask, int from, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            int start = from + i * columns;
            int opposite = from + (rows - 1 - i) * columns;
            for (int j = 0; j < columns; j++) {
                int dropped = bit(mask, start + j);
                int mirrored = columns - 1 - j;
                if (j < i && i < columns) {
                    pair(row, Place.Reflected.TRANSPOSED, dropped, bit(mask, from + j * columns + i));
                }
                if (mirrored < j) {
                    pair(row, Place.Reflected.IN_ITS_ROW, dropped, bit(mask, start + mirrored));
                }
                if (i > 0) {
                    pair(row, Place.Reflected.IN_THE_ROW_BEFORE, dropped, bit(mask, start - columns + mirrored));
                }
                if (opposite < start) {
                    pair(row, Place.Reflected.IN_ITS_COLUMN, dropped, bit(mask, opposite + j));
                }
                if (opposite + mirrored < start + j) {
                    pair(row, Place.Reflected.HALF_A_TURN, dropped, bit(mask, opposite + mirrored));
                }
            }
        }
    }

    private static int bit(PackedMask mask, int index) {
        return (int) (mask.words()[index >>> 6] >>> index & 1);
    }

    private static void pair(long[] row, Place.Reflected place, int dropped, int known) {
        pair(row, place.ordinal(), dropped, known);
    }

    private static void pair(long[] row, int cell, int dropped, int known) {
        int slot = CellTable.slot(cell);
        row[slot]++;
        row[slot + 1] += dropped;
        row[slot + 2] += known;
        row[slot + 3] += known & dropped;
    }

    @Override
    public MatrixFamily continued() {
        return new MatrixFamily(table.empty(), ofPlaces, limit, taken.clone());
    }

    @Override
    public MatrixFamily plus(Family later) {
        MatrixFamily that = (MatrixFamily) later;
        return new MatrixFamily(table.plus(that.table), ofPlaces, limit, that.taken);
    }

    @Override
    public void counted(Counts counts) {
        table.counted(counts);
        counts.sum(taken);
    }

    /** None: these cells give findings, but no bounds. */
    @Override
    public List<Bound> bounds(double alpha, double share) {
        return new ArrayList<>();
    }
}
