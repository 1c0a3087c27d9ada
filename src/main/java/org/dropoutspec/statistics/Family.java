package org.dropoutspec.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One way in which masks can fail to be independent draws at their rate: counts, gathered in one pass in constant
 * memory, and the evidence in them.
 *
 * <p>An instance sees the calls of one stream in the order in which they were drawn; it is not safe for use by several
 * threads, but shards of a stream add.
 */
public sealed interface Family
        permits RateFamily,
                DuplicateFamily,
                CallFamily,
                ConditionFamily,
                SeedStreams,
                LagFamily,
                JoinFamily,
                TripleFamily,
                ColumnFamily,
                ConstantFamily,
                TailFamily,
                TableFamily {

    /** Elements and drops of each rate; its null is the resolution of the rate. */
    static Family rate(Design design) {
        return new RateFamily(design);
    }

    /** Index from the start, distance from the end, index mod 64, sixteenths, remainders of vector loops. */
    static Family position(Design design) {
        return new PositionFamily(design);
    }

    /**
     * Index modulo every number to 64 and every power of two to 4,096; the index on the last axis and on the first.
     *
     * @param elements of each stratum, its first ones, that are counted by what is not a power of two and on the last axis
     */
    static Family columns(Design design, long elements) {
        return new ColumnFamily(design, elements);
    }

    /**
     * The diagonals, the first and the last row, and every other field of the matrices that the last two axes make.
     *
     * @param elements of each stratum, its first ones, that are counted
     */
    static Family places(Design design, long elements) {
        return MatrixFamily.ofPlaces(design, elements);
    }

    /**
     * Elements of these matrices by the one with row and column exchanged, and by those as far from the other end of the
     * row, the row before, the column, and of both.
     *
     * @param elements of each stratum, its first ones, that are counted
     */
    static Family reflections(Design design, long elements) {
        return MatrixFamily.ofReflections(design, elements);
    }

    /** Each element that vectors of 4 to 64 leave over, by how many they leave; each of calls of up to 64, by their size. */
    static Family tails(Design design) {
        return new TailFamily(design);
    }

    /** Every single index up to 131,072: whether no call drops it, or none keeps it. */
    static Family constants(Design design) {
        return new ConstantFamily(design);
    }

    /** Drops a call, a row and a word: too even or too uneven; tiny calls that drop everything or nothing. */
    static Family dispersion(Design design) {
        return new DispersionFamily(design);
    }

    /**
     * Elements of one call at every distance up to a horizon, at 2^k and 3 * 2^k beyond, and around the strides of the
     * call's shape.
     *
     * @param horizons one or more, each further than the one before; that of the first up to which a lag is looked at says
     *     with how many elements, taken in whole calls
     */
    static Family lags(Design design, List<Horizon> horizons) {
        return new LagFamily(design, horizons);
    }

    /** Elements of a call by those of earlier calls of the same stratum, at every distance when these lie end to end. */
    static Family joins(Design design, Horizon horizon) {
        return new JoinFamily(design, horizon);
    }

    /**
     * Every two elements before an element, up to a horizon, taken together: sums and exclusive ors of two earlier random
     * numbers. Sums show only at rates away from .5.
     *
     * @param horizon of at most 4,096 lags; the time is that of their square, some microseconds an element for 1,024
     */
    static Family triples(Design design, Horizon horizon) {
        return new TripleFamily(design, horizon);
    }

    /**
     * Elements of different calls, at the same place or shifted.
     *
     * @param what follows what in the stream that is fed: {@code call}, {@code seed} for neighbouring seeds, ...
     */
    static Family across(Design design, String what) {
        return new CallFamily(design, what);
    }

    /**
     * Elements and drops in each condition of the design's rows; its null is the resolution of the rate.
     *
     * @param strength how many levels are combined to a condition at most: 2 for pairs, 3 for triples
     */
    static Family rateByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Elements());
    }

    /** The first and last element of calls and rows, and of loops over vectors of 64 what is left over, by condition. */
    static Family positionByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Ends());
    }

    /** Elements of one call 1, 2, 4 and a row apart, by condition. */
    static Family lagsByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Lags());
    }

    /** Elements of a call, the one before it and the last of the same shape and rate, by condition. */
    static Family acrossByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Calls(design));
    }

    /** The draws that follow related seeds, to be observed with seed and number. */
    static SeedStreams seeds(Design design) {
        return new SeedStreams(design);
    }

    /** Windows of a mask that came before, at any offset. */
    static Family duplicates(Design design) {
        return new DuplicateFamily(design);
    }

    /** The six elements before, and every parity of some of them. */
    static Family contexts(Design design) {
        return new ContextFamily(design);
    }

    /** What was known of each element before the draw, named in the order of {@link Draw#features}. */
    static Family strata(Design design, List<String> features) {
        return new StrataFamily(design, features);
    }

    /** The name, as in findings. */
    String name();

    /** Adds the next call of the stream. */
    void observe(Draw draw);

    /** A new process begins: its calls are not compared with those of the one before. */
    default void restarted() {}

    /** A family without counts that goes on where this one stands: it knows the calls that the next is compared with. */
    Family continued();

    /** The counts of both, going on where {@code later} stands. */
    Family plus(Family later);

    /** Names what was counted: to be written, or to have what was written beside it added. */
    void counted(Counts counts);

    /** How many mask elements were observed. */
    long elements();

    /** ln of the family's e-value; minus infinity where an all-or-nothing test found nothing. */
    double logE();

    /** Every cell that was observed, with its own evidence. */
    List<Finding> findings();

    /** The cell with the strongest evidence, if anything was observed. */
    default Optional<Finding> strongest() {
        return findings().stream().max(Comparator.comparingDouble(Finding::logE));
    }

    /** What no number of draws could show, given the resolution. */
    default List<Undecidable> undecidable() {
        return List.of();
    }

    /** What it counted at this rate along an axis, where it has one. */
    default List<Series> series(double rate) {
        return List.of();
    }

    /** What the counts certify, all of it together at level {@code alpha}; empty where the family certifies nothing. */
    default List<Bound> bounds(double alpha) {
        return bounds(alpha, 0);
    }

    /** The same of the cells alone that hold at least this share of what the fullest at their rate holds. */
    List<Bound> bounds(double alpha, double share);
}
