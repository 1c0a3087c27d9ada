package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.tensor.Shape;

/** Elements of one call at a distance in row-major order. */
final class LagFamily implements TableFamily {
    private static final String[] AXES = {"row", "plane", "example"};
    private static final int[] LAGS = lags();

    private final CellTable table;

    LagFamily(Design design) {
        this(new CellTable(design, "lag", cells()));
    }

    private LagFamily(CellTable table) {
        this.table = table;
    }

    private static int[] lags() {
        List<Integer> lags = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        for (int power = 4; power <= 22; power++) {
            lags.add(3 << power - 2);
            lags.add(1 << power);
        }
        return lags.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int lag : LAGS) {
            // half of the bet is on the strides; of the rest, half is on the nearest eight
            double weight = lag <= 8 ? 1.0 / 8 : 1.0 / (LAGS.length - 8);
            cells.add(new Cell(new Place.Lag(lag), Cell.Kind.PAIR, weight, 0));
        }
        for (String axis : AXES) {
            for (int[] distance : new int[][] {{1, 0}, {1, -1}, {1, 1}, {2, 0}, {4, 0}}) {
                Place place = new Place.Stride(axis, distance[0], distance[1]);
                cells.add(new Cell(place, Cell.Kind.PAIR, 2.0 / (5 * AXES.length), 0));
            }
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
        for (int c = 0; c < LAGS.length && LAGS[c] < mask.size(); c++) {
            CellTable.addPairs(row, c, mask, mask, -LAGS[c]);
        }
        int cell = LAGS.length;
        for (int axis = 0; axis < AXES.length; axis++) {
            int stride = stride(draw.shape(), axis);
            for (int lag : new int[] {stride, stride - 1, stride + 1, 2 * stride, 4 * stride}) {
                // a stride of 1 or none is no other than the lags above
                if (stride > 1 && lag > 0 && lag < mask.size()) {
                    CellTable.addPairs(row, cell, mask, mask, -lag);
                }
                cell++;
            }
        }
    }

    /** The stride of the axis {@code above} the last but one; 0 when there is none or it exceeds every lag of use. */
    static int stride(Shape shape, int above) {
        int axis = shape.rank() - 2 - above;
        if (axis < 0) {
            return 0;
        }
        int stride = shape.strides()[axis];
        return stride < 1 << 28 ? stride : 0;
    }

    @Override
    public LagFamily continued() {
        return new LagFamily(table.empty());
    }

    @Override
    public LagFamily plus(Family later) {
        return new LagFamily(table.plus(((LagFamily) later).table));
    }
}
