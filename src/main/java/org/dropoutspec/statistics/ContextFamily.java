package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Elements by the six before them in the call: each of the 64 contexts, and each parity of at least two of the six.
 *
 * <p>Thirteen neighbours hold seven contexts with their next element, so one count for every seven elements of a word
 * is enough; the counts of the contexts follow from these when they are read.
 */
final class ContextFamily implements TableFamily {
    private static final int LENGTH = 6;
    private static final int CONTEXTS = 1 << LENGTH;
    private static final int SEVENS = 1 << LENGTH + 1;
    private static final int THIRTEENS = 1 << 2 * LENGTH + 1;
    private static final List<Integer> PARITIES = parities();

    private final CellTable table;
    private final long[][] sevens;
    /** Of strata that were drawn; a count holds 2^31 draws of thirteen, one for every seven elements. */
    private final int[][] thirteens;

    ContextFamily(Design design) {
        this(new CellTable(design, "context", cells()), new long[design.size()][SEVENS], new int[design.size()][]);
    }

    private ContextFamily(CellTable table, long[][] sevens, int[][] thirteens) {
        this.table = table;
        this.sevens = sevens;
        this.thirteens = thirteens;
    }

    private static List<Integer> parities() {
        List<Integer> parities = new ArrayList<>();
        for (int subset = 1; subset < CONTEXTS; subset++) {
            if (Integer.bitCount(subset) > 1) {
                parities.add(subset);
            }
        }
        return parities;
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>(Cell.group(Cell.Kind.RATE, CONTEXTS, Place.Context::new));
        cells.addAll(Cell.group(Cell.Kind.PAIR, PARITIES.size(), i -> new Place.Parity(PARITIES.get(i))));
        return cells;
    }

    @Override
    public CellTable table() {
        return table;
    }

    @Override
    public void observe(Draw draw) {
        table.observe(draw);
        int rate = table.design().indexOf(draw.stratum());
        PackedMask mask = draw.mask();
        long[] words = mask.words();
        if (thirteens[rate] == null) {
            thirteens[rate] = new int[THIRTEENS];
        }
        int[] counts = thirteens[rate];
        int from = 0;
        // 63 elements at a time, in nine strides of seven, read 69: those of the word and up to five more
        for (; from + 69 <= mask.size(); from += 63) {
            int word = from >>> 6;
            int shift = from & 63;
            long low = words[word] >>> shift;
            long high = 0;
            if (shift != 0) {
                low |= words[word + 1] << 64 - shift;
                high = words[word + 1] >>> shift;
                if (word + 2 < words.length) {
                    high |= words[word + 2] << 64 - shift;
                }
            } else {
                high = words[word + 1];
            }
            for (int i = 0; i <= 49; i += 7) {
                counts[(int) (low >>> i) & THIRTEENS - 1]++;
            }
            counts[(int) (low >>> 56 | high << 8) & THIRTEENS - 1]++;
        }
        for (; from + LENGTH < mask.size(); from++) {
            sevens[rate][(int) mask.bits(from) & SEVENS - 1]++;
        }
    }

    @Override
    public CellTable settled() {
        CellTable settled = table.copy();
        for (int r = 0; r < sevens.length; r++) {
            long[] counts = sevens[r].clone();
            for (int pattern = 0; thirteens[r] != null && pattern < THIRTEENS; pattern++) {
                for (int i = 0; i <= LENGTH; i++) {
                    counts[pattern >>> i & SEVENS - 1] += thirteens[r][pattern];
                }
            }
            fill(settled.row(r), counts);
        }
        return settled;
    }

    private static void fill(long[] row, long[] counts) {
        for (int context = 0; context < CONTEXTS; context++) {
            long kept = counts[context];
            long dropped = counts[context | CONTEXTS];
            CellTable.add(row, context, kept + dropped, dropped);
            for (int i = 0; i < PARITIES.size(); i++) {
                CellTable.add(row, CONTEXTS + i, kept + dropped, dropped);
                if ((Integer.bitCount(context & PARITIES.get(i)) & 1) == 1) {
                    row[CellTable.slot(CONTEXTS + i) + 2] += kept + dropped;
                    row[CellTable.slot(CONTEXTS + i) + 3] += dropped;
                }
            }
        }
    }

    @Override
    public ContextFamily continued() {
        return new ContextFamily(table.empty(), new long[sevens.length][SEVENS], new int[sevens.length][]);
    }

    @Override
    public ContextFamily plus(Family later) {
        ContextFamily that = (ContextFamily) later;
        return new ContextFamily(table.plus(that.table), sum(sevens, that.sevens), sum(thirteens, that.thirteens));
    }

    private static long[][] sum(long[][] a, long[][] b) {
        long[][] sum = new long[a.length][];
        for (int r = 0; r < a.length; r++) {
            sum[r] = a[r].clone();
            for (int i = 0; i < sum[r].length; i++) {
                sum[r][i] += b[r][i];
            }
        }
        return sum;
    }

    private static int[][] sum(int[][] a, int[][] b) {
        int[][] sum = new int[a.length][];
        for (int r = 0; r < a.length; r++) {
            sum[r] = a[r] == null ? b[r] : a[r].clone();
            for (int i = 0; a[r] != null && b[r] != null && i < THIRTEENS; i++) {
                sum[r][i] += b[r][i];
            }
        }
        return sum;
    }
}
