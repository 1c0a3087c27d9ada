package org.dropoutspec.statistics;

/**
 * The certified range of one cell: its rate or correlation lies in the interval.
 *
 * @param family such as {@code lag}
 * @param place what the cell counts
 * @param stratum the element type and the drop rate that was asked for
 * @param elements how many elements the cell holds
 * @param interval the confidence sequence of the cell's rate, or of its correlation
 * @param expected the value of a correct implementation: the rate, or the correlation 0
 */
public record Bound(String family, Place place, Stratum stratum, long elements, Interval interval, double expected) {
    /** The largest deviation that the interval leaves possible: rho* of a correlation, eps* of a rate. */
    public double largest() {
        return interval.distanceFrom(expected);
    }
}
