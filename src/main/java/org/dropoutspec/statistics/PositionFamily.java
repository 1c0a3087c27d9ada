package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Elements by their position in the call. */
final class PositionFamily implements TableFamily {
    private static final int INDICES = 2048;
    private static final int[] WIDTHS = {4, 8, 16, 32, 64};
    /** How many of the nearest indices a series shows. */
    private static final int NEAREST = 64;

    private static final int LANE = INDICES;
    private static final int SIXTEENTH = LANE + 64;
    private static final int TAIL = SIXTEENTH + 16;
    private static final int REMAINDER = TAIL + 64;
    private static final int PART = REMAINDER + WIDTHS.length;
    /** The number of halves, quarters and eighths. */
    private static final int PARTS = 2 + 4 + 8;

    /** The distance in a row from a cell's count to the count of the next cell. */
    private static final int STEP = CellTable.slot(1) - CellTable.slot(0);

    private static final int SIZE_MOD_64 = INDICES + 1;
    private static final int WHOLE_WORDS = SIZE_MOD_64 + 64;
    private static final int SIZES = WHOLE_WORDS + 1;

    private final CellTable table;
    /**
     * By stratum: the number of calls of each size (sizes from {@link #INDICES} on as one) and of each size modulo 64,
     * and the number of whole words of 64. The elements at each index, lane and distance from the end follow.
     */
    private final long[][] sizes;

    private final LaneCounter[][] indices;
    /** Counters of the words beyond those of {@link #indices}. */
    private final LaneCounter[] lanes;

    private final LaneCounter[] tails;

    PositionFamily(Design design) {
        this(new CellTable(design, "position", cells()), new long[design.size()][SIZES]);
    }

    private PositionFamily(CellTable table, long[][] sizes) {
        this.table = table;
        this.sizes = sizes;
        this.indices = new LaneCounter[sizes.length][INDICES / 64];
        this.lanes = new LaneCounter[sizes.length];
        this.tails = new LaneCounter[sizes.length];
        for (int r = 0; r < sizes.length; r++) {
            lanes[r] = new LaneCounter();
            tails[r] = new LaneCounter();
            for (int w = 0; w < indices[r].length; w++) {
                indices[r][w] = new LaneCounter();
            }
        }
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        cells.addAll(Cell.group(Cell.Kind.RATE, INDICES, Place.Index::new));
        cells.addAll(Cell.group(Cell.Kind.RATE, 64, i -> new Place.Residue(64, i)));
        cells.addAll(Cell.group(Cell.Kind.RATE, 16, i -> new Place.Sixteenth(i + 1)));
        cells.addAll(Cell.group(Cell.Kind.RATE, 64, Place.FromEnd::new));
        cells.addAll(Cell.group(Cell.Kind.RATE, WIDTHS.length, i -> new Place.VectorTail(WIDTHS[i])));
        cells.addAll(Cell.group(Cell.Kind.RATE, PARTS, i -> {
            int parts = Integer.highestOneBit(i + 2);
            return new Place.Part(parts, i + 3 - parts);
        }));
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
        int rate = table.design().indexOf(draw.stratum());
        sizes[rate][Math.min(mask.size(), INDICES)]++;
        sizes[rate][SIZE_MOD_64 + (mask.size() & 63)]++;
        sizes[rate][WHOLE_WORDS] += mask.size() >>> 6;
        observeWords(row, mask.words(), rate);
        if (mask.size() >= 256) {
            for (int i = 0; i < 16; i++) {
                int from = (int) ((long) mask.size() * i / 16);
                int to = (int) ((long) mask.size() * (i + 1) / 16);
                int drops = mask.count(from, to);
                CellTable.add(row, SIXTEENTH + i, to - from, drops);
                for (int parts = 2; parts < 16; parts *= 2) {
                    CellTable.add(row, PART + parts - 2 + i * parts / 16, to - from, drops);
                }
            }
        }
        // the last element comes first, so that its lane is its distance from the end
        int tail = Math.min(64, mask.size());
        tails[rate].add(
                tail == 0 ? 0 : Long.reverse(mask.bits(mask.size() - tail)) >>> 64 - tail, row, drops(TAIL), STEP);
        for (int i = 0; i < WIDTHS.length; i++) {
            int from = mask.size() - mask.size() % WIDTHS[i];
            CellTable.add(row, REMAINDER + i, mask.size() - from, mask.count(from, mask.size()));
        }
    }

    private void observeWords(long[] row, long[] words, int rate) {
        int indexed = Math.min(words.length, INDICES / 64);
        for (int w = 0; w < indexed; w++) {
            indices[rate][w].add(words[w], row, drops(64 * w), STEP);
        }
        for (int w = indexed; w < words.length; w++) {
            lanes[rate].add(words[w], row, drops(LANE), STEP);
        }
    }

    private static int drops(int cell) {
        return CellTable.slot(cell) + 1;
    }

    /** The table after the counters were emptied into it, with the counts that follow from them filled in. */
    @Override
    public CellTable settled() {
        drain();
        CellTable settled = table.copy();
        for (int r = 0; r < sizes.length; r++) {
            long[] row = settled.row(r);
            long calls = 0;
            for (int i = INDICES - 1; i >= 0; i--) {
                calls += sizes[r][i + 1];
                row[CellTable.slot(i)] = calls;
                if (i < 64) {
                    row[CellTable.slot(TAIL + i)] = calls;
                }
            }
            long words = sizes[r][WHOLE_WORDS];
            for (int lane = 63; lane >= 0; lane--) {
                row[CellTable.slot(LANE + lane)] = words;
                words += sizes[r][SIZE_MOD_64 + lane];
                for (int index = lane; index < INDICES; index += 64) {
                    row[drops(LANE + lane)] += row[drops(index)];
                }
            }
        }
        return settled;
    }

    @Override
    public List<Series> series(double rate) {
        CellTable settled = settled();
        return Stream.of(
                        counted("index", rate, settled, 0, NEAREST),
                        counted("index modulo 64", rate, settled, LANE, 64),
                        counted("sixteenth of the call", rate, settled, SIXTEENTH, 16))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Series> counted(String along, double rate, CellTable settled, int first, int count) {
        Series.Builder series = new Series.Builder(along, rate);
        for (int i = 0; i < count; i++) {
            series.add(first == SIXTEENTH ? i + 1 : i, settled.countAt(rate, first + i));
        }
        return series.build();
    }

    private void drain() {
        for (int r = 0; r < sizes.length; r++) {
            long[] row = table.row(r);
            lanes[r].drain(row, drops(LANE), STEP);
            tails[r].drain(row, drops(TAIL), STEP);
            for (int w = 0; w < indices[r].length; w++) {
                indices[r][w].drain(row, drops(64 * w), STEP);
            }
        }
    }

    @Override
    public void counted(Counts counts) {
        drain();
        table.counted(counts);
        for (long[] own : sizes) {
            counts.sum(own);
        }
    }

    @Override
    public PositionFamily continued() {
        return new PositionFamily(table.empty(), new long[sizes.length][SIZES]);
    }

    @Override
    public PositionFamily plus(Family later) {
        PositionFamily that = (PositionFamily) later;
        drain();
        that.drain();
        long[][] sum = new long[sizes.length][SIZES];
        for (int r = 0; r < sum.length; r++) {
            for (int i = 0; i < SIZES; i++) {
                sum[r][i] = sizes[r][i] + that.sizes[r][i];
            }
        }
        return new PositionFamily(table.plus(that.table), sum);
    }
}
