package org.dropoutspec.defect;

import java.util.List;

/**
 * A count that the suite keeps of the masks, with what a promise needs to know about it.
 *
 * @param name what is counted
 * @param byCondition whether it is also kept apart by condition, and not only for all calls together
 * @param looks how many counts of its kind share the capital of a test
 * @param far whether the elements are so far apart that only some of them are compared
 */
record View(String name, boolean byCondition, double looks, boolean far) {
    /** ln of the odds at which a check rejects: 1e-9 is shared by eleven checks with up to four tests each. */
    private static final double REJECTS = Math.log(1e9 * 11 * 4);

    /** The number of factors that have more than one level in a design, at most. */
    private static final double FACTORS = 14;

    /** The number of levels of a factor, and of possible pairs of two and triples of three factors, at most. */
    private static final List<Double> CELLS = List.of(1.0, 12.0, 120.0, 840.0);

    /** What is lost by the leak of a product over cells. */
    private static final double LEAK = 1;

    /** Mixtures over strengths, of which the two best share the evidence; and all rates alike, or each for itself. */
    private static final double BETS = Math.log(54 / 2.0) + Math.log(2);

    static final View ALL = new View("all elements", true, 1);
    static final View FIRST = new View("the first element", true, 5);
    static final View LAST = new View("the last element", true, 5);
    static final View VECTOR_TAIL = new View("the rest behind vectors of 64", true, 5);
    static final View ROW_START = new View("the first of a row", true, 5);
    static final View ROW_END = new View("the last of a row", true, 5);
    static final View NUMBERS = new View("the number of drops of a call", false, 30);
    static final View SEEDS = new View("the streams of related seeds", false, 4 * 4 * 8193);

    private static final int STRATA = 40;
    private static final int LAGS = 1024;
    /** Up to this distance all elements are looked at. */
    private static final int NEAR = 64;
    /** Near distances, far ones and the longest together have half of the bets. */
    private static final int RANGES = 3;

    private static final int POWERS = 38;
    private static final double PAIRS_OF_LAGS = LAGS * (LAGS - 1) / 2.0;
    private static final double NEAR_PAIRS = 64 * 63 / 2.0;

    private View(String name, boolean byCondition, double looks) {
        this(name, byCondition, looks, false);
    }

    /** All elements at one rate. */
    static View rate(double rate) {
        return new View("rate " + rate, false, STRATA * Math.E);
    }

    /** Places by index: from the start, from the end, modulo 64 and so on; 2,048 + 64 + 64 + 16 and some remainders. */
    static View position(String name) {
        return new View(name, false, 2300);
    }

    /** All elements whose index has the same remainder modulo a power of two up to 4,096. */
    static View column(int power) {
        return new View("a column of " + power, false, 4 * 12 * power * Math.E);
    }

    static View lag(int distance) {
        boolean power = Integer.bitCount(distance) == 1 || distance % 3 == 0 && Integer.bitCount(distance / 3) == 1;
        boolean far = distance > NEAR;
        double even = 0.5 / RANGES / (far ? LAGS - NEAR : NEAR);
        double weight = even + (distance <= 8 ? 0.125 / 8 : power ? 0.125 / POWERS : 0);
        return new View("distance " + distance, false, 1 / weight, far);
    }

    /** The distances that are looked at by condition: 1, 2 and 4. */
    static View nearLag(int distance) {
        return new View("distance " + distance, true, 4);
    }

    static View relation(int far, int near) {
        double weight = 0.5 / PAIRS_OF_LAGS + (far <= 64 ? 0.5 / NEAR_PAIRS : 0);
        return new View("the elements " + far + " and " + near + " before", false, 1 / weight);
    }

    /** Pairs with a related call: {@code plain} for the same element of it; else another element, or another call. */
    static View call(String name, boolean plain) {
        return new View(name, false, plain ? 20 : 440);
    }

    /** Pairs with the same element of the call before, or of the last call with the same shape and rate. */
    static View nearCall(EarlierDraw relation) {
        return new View(relation.toString(), true, 2);
    }

    static View input(String name) {
        return new View(name, false, 7);
    }

    /**
     * The ln E that is needed in a cell of this many levels; see {@code statistics.Hierarchy} for the weights.
     *
     * @param depth the number of levels; 0 for all calls together
     * @param strength the most levels that are combined: 2 or 3
     */
    double threshold(int depth, int strength) {
        double triples = strength == 3 ? Math.log(4 / 3.0) : 0;
        double weight = switch (depth) {
            case 0 -> Math.log(4) + triples;
            case 1 -> Math.log(4 * FACTORS) + triples;
            case 2 -> Math.log(2 * FACTORS * (FACTORS - 1) / 2) + triples;
            default -> Math.log(4 * FACTORS * (FACTORS - 1) * (FACTORS - 2) / 6);
        };
        double cells = depth == 0 ? 0 : Math.log(CELLS.get(depth)) + LEAK;
        return REJECTS + Math.log(looks) + BETS + (byCondition ? weight + cells : 0);
    }
}
