package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dropoutspec.statistics.Place.Kinship;
import org.dropoutspec.statistics.Place.Match;

/** The cells for the streams of two seeds: for each relation of the seeds, draws by number, and shifts. */
final class SeedCells {
    /** The largest shift between two streams, in elements. */
    static final int SHIFT = 4096;
    /** How many draws of a seed are compared. */
    static final int DRAWS = 16;

    /** How many low bits of seeds have cells of their own, beside {@link #FAR_BIT}. */
    private static final int BITS = 21;

    private static final int FAR_BIT = 32;

    /**
     * The kinships of the first cells. All but the last two are also compared at every shift. The last two hold many
     * pairs of seeds or few, and a shift is nothing that they would show.
     */
    private static final List<Kinship> FIRST = List.of(
            new Kinship.Apart(1),
            new Kinship.Apart(2),
            new Kinship.PowerApart(),
            new Kinship.AnyBit(),
            new Kinship.Folded(),
            new Kinship.Different());

    private static final int FOLDED = FIRST.size() - 2;
    private static final int SHIFTED = FOLDED;
    /** The number of cells of a kinship: all draws of the same number, each number, and a draw later and earlier. */
    private static final int MATCHES = 1 + DRAWS + 2;

    private static final int BY_SHIFT = MATCHES * (FIRST.size() + 2 * (BITS + 1));
    private static final int SHIFTS = 2 * SHIFT + 1;

    static final List<Cell> ALL = all();
    /** The number of cells, from the first on, that compare draws of the first kinships. */
    static final int BY_DRAW = MATCHES * FIRST.size();

    private SeedCells() {}

    /** All cells; half of the weight is on the first kinships: all numbers, the first draw, a draw to either side. */
    private static List<Cell> all() {
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
        return List.copyOf(cells);
    }

    /** The relations of two seeds, as numbers of kinships; there is always at least one. */
    static int[] kinships(long seed, long other) {
        IntStream.Builder kinships = IntStream.builder().add(FIRST.size() - 1);
        long apart = Math.abs(seed - other);
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
        if (Long.bitCount(seed ^ other) == 1) {
            int bit = Long.numberOfTrailingZeros(seed ^ other);
            kinships.add(3);
            if (index(bit) >= 0) {
                kinships.add(FIRST.size() + 2 * index(bit) + 1);
            }
        }
        if (Kinship.Folded.holds(seed, other)) {
            kinships.add(FOLDED);
        }
        return kinships.build().toArray();
    }

    private static int index(int bit) {
        return bit < BITS ? bit : bit == FAR_BIT ? BITS : -1;
    }

    /** The number of powers of two with cells of their own; the last is {@link #FAR_BIT}. */
    static int powers() {
        return BITS + 1;
    }

    /** The cell for draws of the same number under seeds that differ by this power of two. */
    static int apart(int power) {
        return sameDraw(FIRST.size() + 2 * power, 0);
    }

    /** The exponent of a power of two with cells of its own. */
    static int exponent(int power) {
        return power < BITS ? power : FAR_BIT;
    }

    /** Whether streams of this kinship are compared at every shift. */
    static boolean isShifted(int kinship) {
        return kinship < SHIFTED;
    }

    /** The cell for draws of the same number; 0 for all numbers together. */
    static int sameDraw(int kinship, int number) {
        return MATCHES * kinship + number;
    }

    /** The cell for a draw and the one after it under the higher seed, or the one before it. */
    static int nextDraw(int kinship, boolean later) {
        return MATCHES * kinship + DRAWS + (later ? 1 : 2);
    }

    /** The cell for an element and the one {@code later} elements later in the stream of the higher seed. */
    static int shifted(int kinship, int later) {
        return BY_SHIFT + SHIFTS * kinship + SHIFT + later;
    }
}
