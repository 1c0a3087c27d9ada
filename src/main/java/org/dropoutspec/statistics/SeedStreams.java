package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.Place.Kinship;
import org.dropoutspec.statistics.Place.Match;

/**
 * The streams of related seeds: the first, second, ... draw after a seed was set, against those of seeds next to it, or
 * that differ by a power of two, or in a single bit, and of any others.
 *
 * <p>Draws of the same number are compared, each draw with the one before and after it, and whole streams at every shift:
 * at one of these, streams that run into each other agree. What is looked for is a correlation; masks need not be equal.
 * Of two streams the later one is bet on by the earlier, of which all is known. Only streams of one stratum are compared,
 * and never two of the same seed.
 */
public final class SeedStreams implements Family {
    /** Draws of a seed that are compared. */
    public static final int DRAWS = 16;
    /** The largest shift of two streams, in elements. */
    public static final int SHIFT = 4096;

    /** How many streams are kept to be compared with. */
    private static final int KEPT = 256;
    /** The bits of seeds that have cells of their own, beside the one after the next. */
    private static final int BITS = 21;

    private static final int FAR_BIT = 32;

    /** These are compared at every shift too, save the last: there are too many of it, and what it shows is not shifts. */
    private static final List<Kinship> FIRST = List.of(
            new Kinship.Apart(1),
            new Kinship.Apart(2),
            new Kinship.PowerApart(),
            new Kinship.AnyBit(),
            new Kinship.Different());

    private static final int SHIFTED = FIRST.size() - 1;
    /** All draws of the same number, each number, and a draw earlier and later. */
    private static final int MATCHES = 1 + DRAWS + 2;

    private static final int BY_SHIFT = MATCHES * (FIRST.size() + 2 * (BITS + 1));
    private static final int SHIFTS = 2 * SHIFT + 1;

    private static final List<Cell> CELLS = cells();

    private final RelationTable table;
    private final List<Stream> finished;
    private Stream current;

    /** The draws of one seed, by number, and all of them in a row. */
    private static final class Stream {
        final long seed;
        final int stratum;
        final PackedMask[] draws = new PackedMask[DRAWS + 2];
        final Concatenation all = new Concatenation(2 * SHIFT);
        int last;

        Stream(long seed, int stratum) {
            this.seed = seed;
            this.stratum = stratum;
        }

        void add(int number, PackedMask mask) {
            draws[number] = mask;
            last = number;
            all.append(mask);
        }

        Stream copy() {
            Stream copy = new Stream(seed, stratum);
            for (int number = 1; number <= last; number++) {
                if (draws[number] != null) {
                    copy.add(number, draws[number]);
                }
            }
            return copy;
        }
    }

    SeedStreams(Design design) {
        this(new RelationTable(design, "streams of seeds", CELLS), List.of(), null);
    }

    private SeedStreams(RelationTable table, List<Stream> finished, Stream current) {
        this.table = table;
        this.finished = new ArrayList<>(finished);
        this.current = current;
    }

    /** Half of the weight is on what all numbers, the first draw, and a draw earlier and later say of the first kinships. */
    private static List<Cell> cells() {
        List<Kinship> kinships = new ArrayList<>(FIRST);
        for (int i = 0; i <= BITS; i++) {
            int bit = i < BITS ? i : FAR_BIT;
            kinships.add(new Kinship.Apart(1L << bit));
            kinships.add(new Kinship.Bit(bit));
        }
        List<Cell> cells = new ArrayList<>();
        int first = 4 * FIRST.size();
        int rest = BY_SHIFT - first;
        for (Kinship kinship : kinships) {
            for (int i = 0; i < MATCHES; i++) {
                Match match = i <= DRAWS ? new Match.SameDraw(i) : new Match.DrawsLater(i == DRAWS + 1 ? 1 : -1);
                boolean among = FIRST.contains(kinship) && (i <= 1 || i > DRAWS);
                double weight = among ? 0.5 / first : 0.25 / rest;
                cells.add(new Cell(new Place.Seeds(kinship, match), Cell.Kind.PAIR, weight, 0));
            }
        }
        for (Kinship kinship : FIRST.subList(0, SHIFTED)) {
            for (int shift = -SHIFT; shift <= SHIFT; shift++) {
                Place place = new Place.Seeds(kinship, new Match.ElementsLater(shift));
                cells.add(new Cell(place, Cell.Kind.PAIR, 0.25 / (SHIFTED * SHIFTS), 0));
            }
        }
        return cells;
    }

    /**
     * Adds a draw of the stream that began when the seed was set. Draws of a seed follow each other; the first one of
     * another seed ends the stream.
     *
     * @param number of the draw since the seed was set, from 1; those after {@link #DRAWS} are not compared
     */
    public void observe(long seed, int number, Draw draw) {
        if (number < 1) {
            throw new IllegalArgumentException("number (" + number + ") of a draw must be at least 1");
        }
        int stratum = table.observe(draw);
        if (current == null || current.seed != seed || current.stratum != stratum || number <= current.last) {
            finish();
            current = new Stream(seed, stratum);
        }
        if (number > DRAWS) {
            return;
        }
        long[] counts = table.counts(stratum, stratum);
        for (Stream other : finished) {
            if (other.stratum == stratum && other.seed != seed) {
                int later = seed < other.seed ? 1 : -1;
                for (int kinship : kinships(seed, other.seed)) {
                    int cell = MATCHES * kinship;
                    add(counts, cell, draw, other.draws[number]);
                    add(counts, cell + number, draw, other.draws[number]);
                    add(counts, cell + DRAWS + 1, draw, other.draws[number + later]);
                    add(counts, cell + DRAWS + 2, draw, other.draws[number - later]);
                }
            }
        }
        current.add(number, draw.mask());
    }

    private static void add(long[] counts, int cell, Draw draw, PackedMask other) {
        if (other != null) {
            RelationTable.add(counts, cell, draw.mask(), other, 0);
        }
    }

    /** The next draw of the stream that the seed observed last began. */
    @Override
    public void observe(Draw draw) {
        if (current == null) {
            throw new IllegalStateException("draw (" + draw.mask() + ") must follow one that names its seed");
        }
        observe(current.seed, current.last + 1, draw);
    }

    private static List<Integer> kinships(long seed, long other) {
        List<Integer> kinships = new ArrayList<>();
        long apart = Math.abs(seed - other);
        long bits = seed ^ other;
        kinships.add(4);
        if (Long.bitCount(apart) == 1) {
            int power = Long.numberOfTrailingZeros(apart);
            kinships.add(2);
            if (power < 2) {
                kinships.add(power);
            }
            if (index(power) >= 0) {
                kinships.add(FIRST.size() + 2 * index(power));
            }
        }
        if (Long.bitCount(bits) == 1) {
            int bit = Long.numberOfTrailingZeros(bits);
            kinships.add(3);
            if (index(bit) >= 0) {
                kinships.add(FIRST.size() + 2 * index(bit) + 1);
            }
        }
        return kinships;
    }

    private static int index(int bit) {
        return bit < BITS ? bit : bit == FAR_BIT ? BITS : -1;
    }

    /** The stream that ends is compared as a whole, and kept. */
    private void finish() {
        if (current != null) {
            shifts(current, table);
            finished.add(current);
            if (finished.size() > KEPT) {
                finished.remove(0);
            }
        }
    }

    private void shifts(Stream stream, RelationTable table) {
        PackedMask mask = stream.all.mask();
        long[] counts = table.counts(stream.stratum, stream.stratum);
        for (Stream other : finished) {
            if (other.stratum != stream.stratum || other.seed == stream.seed) {
                continue;
            }
            List<Integer> kinships = kinships(stream.seed, other.seed);
            kinships.removeIf(kinship -> kinship >= SHIFTED);
            PackedMask known = other.all.mask();
            int least = Math.max(-SHIFT, 1 - mask.size());
            int most = Math.min(SHIFT, known.size() - 1);
            int direction = stream.seed < other.seed ? 1 : -1;
            for (int shift = least; shift <= most && !kinships.isEmpty(); shift++) {
                long[] found = new long[RelationTable.slot(1)];
                Overlap.add(found, 0, mask, known, shift);
                for (int kinship : kinships) {
                    RelationTable.add(counts, BY_SHIFT + SHIFTS * kinship + SHIFT + direction * shift, found);
                }
            }
        }
    }

    /** With what the stream that has not ended yet says as a whole. */
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
        return new SeedStreams(table.empty(), finished, current == null ? null : current.copy());
    }

    @Override
    public SeedStreams plus(Family later) {
        SeedStreams that = (SeedStreams) later;
        return new SeedStreams(
                table.plus(that.table), that.finished, that.current == null ? null : that.current.copy());
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

    /** Of the first kinships, draw by draw. */
    @Override
    public List<Bound> bounds(double alpha, double share) {
        return table.bounds(alpha, share, MATCHES * FIRST.size());
    }
}
