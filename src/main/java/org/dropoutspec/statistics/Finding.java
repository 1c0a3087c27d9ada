package org.dropoutspec.statistics;

/**
 * One cell of a family with its counts and its own evidence.
 *
 * @param family such as {@code lag}
 * @param place what the cell counts
 * @param given the state of the other element, where the place compares each element with another
 * @param stratum the element type and the drop rate that was asked for
 * @param elements how many elements the cell holds; in a cell of calls or blocks, how many of these
 * @param dropped how many of them were dropped
 * @param expected the rate that was to be expected in the cell
 * @param logE ln of the cell's e-value
 */
public record Finding(
        String family,
        Place place,
        Given given,
        Stratum stratum,
        long elements,
        long dropped,
        double expected,
        double logE) {
    /** What was known of the other element, or of the other two. */
    public enum Given {
        NOTHING,
        DROPPED,
        /** One of two was dropped, the other kept. */
        ONE,
        KEPT
    }

    /** The finding of a pair cell, told by the side that deviates more from the rate: after a drop or after a keep. */
    static Finding of(String family, Place place, Stratum stratum, PairCount pairs, double logE) {
        double rate = stratum.rate();
        boolean after = pairs.after().excess(rate) >= pairs.otherwise().excess(rate);
        RateCount shown = after ? pairs.after() : pairs.otherwise();
        return new Finding(
                family,
                place,
                after ? Given.DROPPED : Given.KEPT,
                stratum,
                shown.elements(),
                shown.dropped(),
                rate,
                logE);
    }

    @Override
    public String toString() {
        return family + ", " + place + (given == Given.NOTHING ? "" : " " + given) + ": " + dropped + " of " + elements
                + " where " + expected + " was expected (" + stratum + ", ln E " + Math.round(logE * 10) / 10.0 + ")";
    }
}
