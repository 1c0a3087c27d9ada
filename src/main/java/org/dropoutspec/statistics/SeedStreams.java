package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of related seeds. The first, second, ... draw after a seed was set is compared with those of neighbouring
 * seeds, of seeds that differ by a power of two or in a single bit, and of any others.
 *
 * <p>Draws of the same number are compared, each draw with the one before and after it, and whole streams at every
 * shift; streams that run into each other agree at one of the shifts. A correlation is looked for; masks need not be
 * equal. The bets are on the later of two streams, given the earlier, of which all is known. Only streams of one
 * stratum are compared, and never two of the same seed.
 */
public final class SeedStreams implements Family {
    /** How many draws of a seed are compared. */
    public static final int DRAWS = SeedCells.DRAWS;

    /** How many streams are kept for comparison. */
    private static final int KEPT = 256;

    private final RelationTable table;
    private final List<Stream> finished;
    private @Nullable Stream current;

    /** The draws of one seed, by number, and all of them laid end to end. */
    private static final class Stream {
        final long seed;
        final int stratum;
        /** The earlier streams that this one is compared with. */
        private List<Kin> kin;

        final PackedMask[] draws = new PackedMask[DRAWS + 2];
        final Concatenation all = new Concatenation(2 * SeedCells.SHIFT);
        int last;

        Stream(long seed, int stratum, List<Kin> kin) {
            this.seed = seed;
            this.stratum = stratum;
            this.kin = kin;
        }

        void add(int number, PackedMask mask) {
            draws[number] = mask;
            last = number;
            all.append(mask);
        }

        Stream copy() {
            Stream copy = new Stream(seed, stratum, kin);
            for (int number = 1; number <= last; number++) {
                if (draws[number] != null) {
                    copy.add(number, draws[number]);
                }
            }
            return copy;
        }
    }

    /**
     * An earlier stream that the current one is compared with.
     *
     * @param kinships the relations of the two seeds, as numbers of kinships
     * @param direction 1 if the seed of the earlier stream is the higher one, otherwise -1
     */
    private record Kin(Stream stream, int[] kinships, int direction) {}

    SeedStreams(Design design) {
        this(new RelationTable(design, "streams of seeds", SeedCells.ALL), List.of(), null);
    }

    private SeedStreams(RelationTable table, List<Stream> finished, @Nullable Stream current) {
        this.table = table;
        this.finished = new ArrayList<>(finished);
        this.current = current;
    }

    /**
     * Adds a draw of the stream that began when the seed was set. Draws of a seed follow each other; the first one of
     * another seed ends the stream.
     *
     * @param number the number of the draw since the seed was set, from 1; draws after {@link #DRAWS} are not compared
     */
    public void observe(long seed, int number, Draw draw) {
        if (number < 1) {
            throw new IllegalArgumentException("number (" + number + ") of a draw must be at least 1");
        }
        int stratum = table.observe(draw);
        if (current == null || current.seed != seed || current.stratum != stratum || number <= current.last) {
            finish();
            current = new Stream(seed, stratum, kin(seed, stratum));
        }
        if (number > DRAWS) {
            return;
        }
        long[] counts = table.counts(stratum, stratum);
        for (Kin kin : current.kin) {
            for (int kinship : kin.kinships()) {
                PackedMask[] draws = kin.stream().draws;
                add(counts, SeedCells.sameDraw(kinship, 0), draw, draws[number]);
                add(counts, SeedCells.sameDraw(kinship, number), draw, draws[number]);
                add(counts, SeedCells.nextDraw(kinship, true), draw, draws[number + kin.direction()]);
                add(counts, SeedCells.nextDraw(kinship, false), draw, draws[number - kin.direction()]);
            }
        }
        current.add(number, draw.mask());
    }

    private static void add(long[] counts, int cell, Draw draw, PackedMask other) {
        if (other != null) {
            RelationTable.add(counts, cell, draw.mask(), other, 0);
        }
    }

    /** Adds the next draw of the stream of the seed that was named last. */
    @Override
    public void observe(Draw draw) {
        if (current == null) {
            throw new IllegalStateException("draw (" + draw.mask() + ") must follow one that names its seed");
        }
        observe(current.seed, current.last + 1, draw);
    }

    private List<Kin> kin(long seed, int stratum) {
        List<Kin> kin = new ArrayList<>();
        for (Stream other : finished) {
            if (other.stratum == stratum && other.seed != seed) {
                kin.add(new Kin(other, SeedCells.kinships(seed, other.seed), seed < other.seed ? 1 : -1));
            }
        }
        return kin;
    }

    /** Ends the current stream: compares it as a whole, and keeps it. */
    private void finish() {
        if (current != null) {
            shifts(current, table);
            current.kin = List.of();
            finished.add(current);
            if (finished.size() > KEPT) {
                finished.remove(0);
            }
        }
    }

    private static void shifts(Stream stream, RelationTable table) {
        PackedMask mask = stream.all.mask();
        long[] counts = table.counts(stream.stratum, stream.stratum);
        long[] found = new long[RelationTable.slot(1)];
        for (Kin kin : stream.kin) {
            int[] kinships =
                    Arrays.stream(kin.kinships()).filter(SeedCells::isShifted).toArray();
            PackedMask known = kin.stream().all.mask();
            int least = Math.max(-SeedCells.SHIFT, 1 - mask.size());
            int most = kinships.length == 0 ? least - 1 : Math.min(SeedCells.SHIFT, known.size() - 1);
            for (int shift = least; shift <= most; shift++) {
                Arrays.fill(found, 0);
                Overlap.add(found, 0, mask, known, shift);
                for (int kinship : kinships) {
                    RelationTable.add(counts, SeedCells.shifted(kinship, kin.direction() * shift), found);
                }
            }
        }
    }

    /** The table with the shifts of the stream that has not ended yet. */
    private RelationTable settled() {
        if (current == null) {
            return table;
        }
        RelationTable settled = table.copy();
        shifts(current, settled);
        return settled;
    }

    @Override
    public String name() {
        return table.family();
    }

    @Override
    public SeedStreams continued() {
        return new SeedStreams(table.empty(), finished, copy(current));
    }

    @Override
    public SeedStreams plus(Family later) {
        SeedStreams that = (SeedStreams) later;
        return new SeedStreams(table.plus(that.table), that.finished, copy(that.current));
    }

    private static @Nullable Stream copy(@Nullable Stream stream) {
        return stream == null ? null : stream.copy();
    }

    /** Names the counts, after ending the current stream. */
    @Override
    public void counted(Counts counts) {
        finish();
        current = null;
        table.counted(counts);
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

    /** The correlations of draws of the same number, by the power of two that the seeds differ by. */
    @Override
    public List<Series> series(double rate) {
        Series.Builder series = new Series.Builder("seeds 2^k apart", rate);
        for (int power = 0; power < SeedCells.powers(); power++) {
            series.add(SeedCells.exponent(power), table.pairsAt(rate, SeedCells.apart(power)));
        }
        return series.build().stream().toList();
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return table.bounds(alpha, share, SeedCells.BY_DRAW);
    }
}
