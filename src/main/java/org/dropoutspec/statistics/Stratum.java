package org.dropoutspec.statistics;

import org.dropoutspec.tensor.DType;

/**
 * Draws that one set of bets judges: of one element type, at one asked drop rate.
 *
 * @param dtype the element type of the input
 * @param rate the drop rate that was asked for, in (0, 1)
 */
public record Stratum(DType dtype, double rate) {
    public Stratum {
        requireRate(rate);
    }

    static void requireRate(double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("rate (" + rate + ") must be in (0, 1)");
        }
    }

    @Override
    public String toString() {
        return dtype + " at rate " + rate;
    }
}
