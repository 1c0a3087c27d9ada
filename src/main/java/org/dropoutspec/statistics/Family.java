package org.dropoutspec.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One way in which masks can fail to be independent draws at their rate: its counts, gathered in one pass in constant
 * memory, and the evidence in them.
 *
 * <p>An instance sees the calls of one stream in the order in which they were drawn. It is not safe for use by several
 * threads, but the counts of shards of a stream can be added.
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

    /** Elements and drops at each rate; the null is the resolution of the rate. */
    static Family rate(Design design) {
        return new RateFamily(design);
    }

    /** Elements by index from either end, by index mod 64, by sixteenth of the call, by remainder of vector loops. */
    static Family position(Design design) {
        return new PositionFamily(design);
    }

    /**
     * Elements by index modulo every number to 64 and every power of two to 4,096, by index on the last and the first
     * axis.
     *
     * @param elements how many elements of each stratum, the first ones, count for the last axis and for other moduli
     *     than powers of two
     */
    static Family columns(Design design, long elements) {
        return new ColumnFamily(design, elements);
    }

    /**
     * Elements of the matrices that the last two axes make: diagonals, the first and the last row, and every other
     * field.
     *
     * @param elements how many elements of each stratum, from its first on, are counted
     */
    static Family places(Design design, long elements) {
        return MatrixFamily.ofPlaces(design, elements);
    }

    /**
     * Elements of these matrices by an earlier one: the one with row and column exchanged, and those as far from the
     * other end of the row, of the row before, of the column, and of both row and column.
     *
     * @param elements how many elements of each stratum, from its first on, are counted
     */
    static Family reflections(Design design, long elements) {
        return MatrixFamily.ofReflections(design, elements);
    }

    /** Each element that vectors of 4 to 64 leave over, by how many; each element of calls of up to 64, by size. */
    static Family tails(Design design) {
        return new TailFamily(design);
    }

    /** Every single index up to 131,072: whether no call drops it, or no call keeps it. */
    static Family constants(Design design) {
        return new ConstantFamily(design);
    }

    /** Drops of a call, a row and a word, too even or too uneven; tiny calls that drop everything or nothing. */
    static Family dispersion(Design design) {
        return new DispersionFamily(design);
    }

    /**
     * Elements of one call at every distance up to a horizon, at 2^k and 3 * 2^k beyond, and around the strides of the
     * call's shape.
     *
     * @param horizons one or more, each further than the one before. The number of elements for a lag, taken in whole
     *     calls, is that of the first horizon that reaches the lag
     */
    static Family lags(Design design, List<Horizon> horizons) {
        return new LagFamily(design, horizons);
    }

    /** Elements of a call by those of earlier calls of the stratum, at every distance when they lie end to end. */
    static Family joins(Design design, Horizon horizon) {
        return new JoinFamily(design, horizon);
    }

    /**
     * Elements by every two earlier ones, up to a horizon, taken together. This finds sums and exclusive ors of two
     * earlier random numbers; sums show only at rates away from .5.
     *
     * @param horizon of at most 4,096 lags; the time grows with their square, to some microseconds an element for 1,024
     */
    static Family triples(Design design, Horizon horizon) {
        return new TripleFamily(design, horizon);
    }

    /**
     * Elements of different calls, at the same place or shifted.
     *
     * @param what the unit of the stream: {@code call}, {@code seed} for neighbouring seeds, ...
     */
    static Family across(Design design, String what) {
        return new CallFamily(design, what);
    }

    /**
     * Elements and drops in each condition of the design's rows; the null is the resolution of the rate.
     *
     * @param strength how many levels a condition combines at most: 2 for pairs, 3 for triples
     */
    static Family rateByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Elements());
    }

    /** The first and last elements of calls and rows, and those that vectors of 64 leave over, by condition. */
    static Family positionByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Ends());
    }

    /** Pairs of elements of one call that are 1, 2, 4 or a row apart, by condition. */
    static Family lagsByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Lags());
    }

    /** Elements of a call by those of the call before it and of the last of the same shape and rate, by condition. */
    static Family acrossByCondition(Design design, int strength) {
        return new ConditionFamily(design, strength, new Reading.Calls(design));
    }

    /** The draws that follow related seeds; each is to be observed with its seed and its number. */
    static SeedStreams seeds(Design design) {
        return new SeedStreams(design);
    }

    /** Windows of a mask that have come before, at any offset. */
    static Family duplicates(Design design) {
        return new DuplicateFamily(design);
    }

    /** Elements by the six before them, and by every parity of some of these. */
    static Family contexts(Design design) {
        return new ContextFamily(design);
    }

    /** Elements by what was known of each before the draw, named in the order of {@link Draw#features}. */
    static Family strata(Design design, List<String> features) {
        return new StrataFamily(design, features);
    }

    /** The name of the family, as in findings. */
    String name();

    /** Adds the next call of the stream. */
    void observe(Draw draw);

    /** Begins a new process, whose calls are not compared with those of the one before. */
    default void restarted() {}

    /** A family without counts that goes on where this one stands: it knows the calls the next is compared with. */
    Family continued();

    /** The sum of the counts of both, which goes on where {@code later} stands. */
    Family plus(Family later);

    /** Names the counts: to write them, or to add those that were written elsewhere. */
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

    /** The deviations that no number of draws could show, given the resolution. */
    default List<Undecidable> undecidable() {
        return List.of();
    }

    /** The counts at this rate along an axis, where the family has one. */
    default List<Series> series(double rate) {
        return List.of();
    }

    /** The bounds that the counts certify, all together at level {@code alpha}; empty if the family has none. */
    default List<Bound> bounds(double alpha) {
        return bounds(alpha, 0);
    }

    /** The same bounds, only for cells with at least this share of the elements in the fullest cell at their rate. */
    List<Bound> bounds(double alpha, double share);
}
