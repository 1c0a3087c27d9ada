package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/** Elements by where they stand in the call. */
final class PositionFamily implements Family {
    private static final int INDICES = 2048;
    private static final int[] WIDTHS = {4, 8, 16, 32, 64};
    private static final int LANE = INDICES;
    private static final int SIXTEENTH = LANE + 64;
    private static final int TAIL = SIXTEENTH + 16;
    private static final int REMAINDER = TAIL + 64;

    private final CellTable table;
    /** By rate: how many calls had each size, sizes from {@link #INDICES} on as one; the elements at an index follow. */
    private final long[][] sizes;

    private final LaneCounter[][] indices;
    private final LaneCounter[] lanes;

    PositionFamily(Design design) {
        this(new CellTable(design, "position", cells()), new long[design.rates().size()][INDICES + 1]);
    }

    private PositionFamily(CellTable table, long[][] sizes) {
        this.table = table;
        this.sizes = sizes;
        this.indices = new LaneCounter[sizes.length][INDICES / 64];
        this.lanes = new LaneCounter[sizes.length];
        for (int r = 0; r < sizes.length; r++) {
            lanes[r] = new LaneCounter();
            for (int w = 0; w < indices[r].length; w++) {
                indices[r][w] = new LaneCounter();
            }
        }
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        cells.addAll(Cell.group(Cell.Kind.RATE, INDICES, i -> "index " + i));
        cells.addAll(Cell.group(Cell.Kind.RATE, 64, i -> "index mod 64 = " + i));
        cells.addAll(Cell.group(Cell.Kind.RATE, 16, i -> "sixteenth " + (i + 1) + " of the call"));
        cells.addAll(
                Cell.group(Cell.Kind.RATE, 64, i -> i == 0 ? "last element" : "element " + i + " before the last"));
        cells.addAll(
                Cell.group(Cell.Kind.RATE, WIDTHS.length, i -> "remainder of a loop over vectors of " + WIDTHS[i]));
        return cells;
    }

    @Override
    public String name() {
        return table.family();
    }

    @Override
    public void observe(Draw draw) {
        long[] row = table.observe(draw);
        PackedMask mask = draw.mask();
        int rate = table.design().indexOf(draw.rate());
        sizes[rate][Math.min(mask.size(), INDICES)]++;
        observeIndices(row, mask.words(), indices[rate]);
        observeLanes(row, mask, lanes[rate]);
        if (mask.size() >= 256) {
            for (int i = 0; i < 16; i++) {
                int from = (int) ((long) mask.size() * i / 16);
                int to = (int) ((long) mask.size() * (i + 1) / 16);
                CellTable.add(row, SIXTEENTH + i, to - from, mask.count(from, to));
            }
        }
        observeTail(row, mask);
    }

    private static void observeIndices(long[] row, long[] words, LaneCounter[] counters) {
        for (int w = 0; w < Math.min(words.length, counters.length); w++) {
            counters[w].add(words[w], row, CellTable.slot(64 * w) + 1, CellTable.slot(1) - CellTable.slot(0));
        }
    }

    private static void observeLanes(long[] row, PackedMask mask, LaneCounter counter) {
        int step = CellTable.slot(1) - CellTable.slot(0);
        for (long word : mask.words()) {
            counter.add(word, row, CellTable.slot(LANE) + 1, step);
        }
        int full = mask.size() >>> 6;
        int rest = mask.size() & 63;
        for (int lane = 0; lane < 64; lane++) {
            row[CellTable.slot(LANE + lane)] += full + (lane < rest ? 1 : 0);
        }
    }

    private static void observeTail(long[] row, PackedMask mask) {
        int count = Math.min(64, mask.size());
        long tail = mask.bits(mask.size() - count);
        for (int i = 0; i < count; i++) {
            CellTable.add(row, TAIL + i, 1, tail >>> count - 1 - i & 1);
        }
        for (int i = 0; i < WIDTHS.length; i++) {
            int from = mask.size() - mask.size() % WIDTHS[i];
            CellTable.add(row, REMAINDER + i, mask.size() - from, mask.count(from, mask.size()));
        }
    }

    /** The table with the counters emptied into it and the elements at each index filled in. */
    private CellTable settled() {
        drain();
        CellTable settled = table.copy();
        for (int r = 0; r < sizes.length; r++) {
            long[] row = settled.row(table.design().rates().get(r));
            long calls = 0;
            for (int i = INDICES - 1; i >= 0; i--) {
                calls += sizes[r][i + 1];
                row[CellTable.slot(i)] = calls;
            }
        }
        return settled;
    }

    private void drain() {
        int step = CellTable.slot(1) - CellTable.slot(0);
        for (int r = 0; r < sizes.length; r++) {
            long[] row = table.row(table.design().rates().get(r));
            lanes[r].drain(row, CellTable.slot(LANE) + 1, step);
            for (int w = 0; w < indices[r].length; w++) {
                indices[r][w].drain(row, CellTable.slot(64 * w) + 1, step);
            }
        }
    }

    @Override
    public PositionFamily continued() {
        return new PositionFamily(table.empty(), new long[sizes.length][INDICES + 1]);
    }

    @Override
    public PositionFamily plus(Family later) {
        PositionFamily that = (PositionFamily) later;
        drain();
        that.drain();
        long[][] sum = new long[sizes.length][INDICES + 1];
        for (int r = 0; r < sum.length; r++) {
            for (int i = 0; i <= INDICES; i++) {
                sum[r][i] = sizes[r][i] + that.sizes[r][i];
            }
        }
        return new PositionFamily(table.plus(that.table), sum);
    }

    @Override
    public long elements() {
        return table.elements();
    }

    @Override
    public double logE() {
        return settled().logE();
    }

    @Override
    public List<Finding> findings() {
        return settled().findings();
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return settled().bounds(alpha, share);
    }
}
