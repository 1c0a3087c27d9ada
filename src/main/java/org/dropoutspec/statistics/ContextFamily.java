package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Elements by the six before them in the call: by each of the 64 contexts, and by each parity of at least two of the
 * six.
 *
 * <p>Thirteen neighbours hold seven contexts, each with its next element. So one such group is counted for every seven
 * elements; the counts of the contexts follow from these when they are read.
 */
final class ContextFamily implements TableFamily {
    private static final int LENGTH = 6;
    private static final int CONTEXTS = 1 << LENGTH;
    private static final int SEVENS = 1 << LENGTH + 1;
    private static final int THIRTEENS = 1 << 2 * LENGTH + 1;
    /** In elements. One group is counted for every seven of them, so that no int overflows. */
    private static final long MOST_IN_THIRTEENS = 1L << 33;

    private static final List<Integer> PARITIES = parities();

    private final CellTable table;
    private final long[][] sevens;
    /** Counts of groups of thirteen by stratum, until they are turned into sevens; null where there are none. */
    private final int[][] thirteens;
    /** The elements of each stratum since its thirteens were last turned into sevens. */
    private final long[] sinceSevens;

    ContextFamily(Design design) {
        this(new CellTable(design, "context", cells()), new long[design.size()][SEVENS], new int[design.size()][]);
    }

    private ContextFamily(CellTable table, long[][] sevens, int[][] thirteens) {
        this.table = table;
        this.sevens = sevens;
        this.thirteens = thirteens;
        this.sinceSevens = new long[thirteens.length];
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
        sinceSevens[rate] += mask.size();
        if (sinceSevens[rate] > MOST_IN_THIRTEENS) {
            toSevens(rate);
            sinceSevens[rate] = mask.size();
        }
        long[] words = mask.words();
        if (thirteens[rate] == null) {
            thirteens[rate] = new int[THIRTEENS];
        }
        int[] counts = thirteens[rate];
        int from = 0;
        // a step takes 63 elements, in nine strides of seven, and reads 69: 64 and the five after them
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
            fill(settled.row(r), inSevens(r));
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

    /** Names the sevens alone, which are few and hold any number of draws. */
    @Override
    public void counted(Counts counts) {
        table.counted(counts);
        for (int r = 0; r < sevens.length; r++) {
            toSevens(r);
            counts.sum(sevens[r]);
        }
    }

    private void toSevens(int stratum) {
        sevens[stratum] = inSevens(stratum);
        thirteens[stratum] = null;
    }

    private long[] inSevens(int stratum) {
        long[] counts = sevens[stratum].clone();
        for (int pattern = 0; thirteens[stratum] != null && pattern < THIRTEENS; pattern++) {
            for (int i = 0; i <= LENGTH; i++) {
                counts[pattern >>> i & SEVENS - 1] += thirteens[stratum][pattern];
            }
        }
        return counts;
    }

    @Override
    public ContextFamily continued() {
        return new ContextFamily(table.empty(), new long[sevens.length][SEVENS], new int[sevens.length][]);
    }

    @Override
    public ContextFamily plus(Family later) {
        ContextFamily that = (ContextFamily) later;
        long[][] sum = new long[sevens.length][];
        for (int r = 0; r < sum.length; r++) {
            sum[r] = inSevens(r);
            long[] more = that.inSevens(r);
            for (int i = 0; i < more.length; i++) {
                sum[r][i] += more[i];
            }
        }
        return new ContextFamily(table.plus(that.table), sum, new int[sum.length][]);
    }
}
