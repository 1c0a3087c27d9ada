package org.dropoutspec.statistics;

import org.dropoutspec.tensor.DType;

/** The draws that one set of bets judges: those of one element type at one asked drop rate. */
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
