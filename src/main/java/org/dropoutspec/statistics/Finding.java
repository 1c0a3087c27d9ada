package org.dropoutspec.statistics;

/**
 * One cell of a family with its counts and its own evidence.
 *
 * @param family such as {@code lag}
 * @param label such as {@code lag 3 after a drop}, {@code index 0}
 * @param rate the drop rate that was asked for
 * @param elements how many elements the cell holds; in a cell of calls or blocks, how many of these
 * @param dropped how many of them were dropped
 * @param expected the rate that was to be expected in the cell
 * @param logE ln of the cell's e-value
 */
public record Finding(
        String family, String label, double rate, long elements, long dropped, double expected, double logE) {

    @Override
    public String toString() {
        return family + ", " + label + ": " + dropped + " of " + elements + " where " + expected
                + " was expected (rate " + rate + ", ln E " + Math.round(logE * 10) / 10.0 + ")";
    }
}
