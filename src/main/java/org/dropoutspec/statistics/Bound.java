package org.dropoutspec.statistics;

/**
 * What a cell certifies: no deviation beyond the interval.
 *
 * @param family such as {@code lag}
 * @param place what the cell counts
 * @param stratum the element type and the drop rate that was asked for
 * @param elements how many elements the cell holds
 * @param interval the confidence sequence of the cell's rate, or of its correlation
 * @param expected what a correct implementation has: the rate, or the correlation 0
 */
public record Bound(String family, Place place, Stratum stratum, long elements, Interval interval, double expected) {
    /** The largest deviation that is left open: rho* of a correlation, eps* of a rate. */
    public double largest() {
        return interval.distanceFrom(expected);
    }
}
