package org.dropoutspec.operation;

import org.dropoutspec.tensor.DType;

/**
 * What arithmetic in an element type may be off, each operation rounded once, sums in any order (Higham, "Accuracy and
 * Stability of Numerical Algorithms", 2002, chapter 3): after n roundings a number is off by a factor of at most e^(n v),
 * v = u/(1 - u), with u half an ulp of 1. What underflows may be flushed to zero.
 */
public final class Rounding {
    private final double u;
    private final double unit;
    private final double tiny;
    private final double large;

    /** @param dtype the type in which an implementation may compute throughout */
    public Rounding(DType dtype) {
        this.u = dtype.roundoff();
        this.unit = u / (1 - u) + 0x1p-52;
        this.tiny = dtype.smallestNormal();
        this.large = dtype.largest() / 8;
    }

    /** v, with the rounding of the suite's own arithmetic in double beside it. */
    public double unit() {
        return unit;
    }

    /** The relative error after so many roundings. */
    public double error(double roundings) {
        return Math.expm1(roundings * unit);
    }

    /** What is lost where a result underflows, at most: the smallest normal number. */
    public double tiny() {
        return tiny;
    }

    /** Whether arithmetic may overflow where the terms of a sum come to so much in magnitude. */
    public boolean mayOverflow(double magnitude) {
        return !(magnitude < large);
    }

    /**
     * By how many units the scale may be off, in the exponent: the rate may be rounded to the type, and so are 1 - rate,
     * its reciprocal and the product with it.
     */
    public double scaleUnits(double rate) {
        double off = u * rate / (1 - rate);
        return off < 1 ? 3 - Math.log1p(-off) / unit : Double.POSITIVE_INFINITY;
    }
}
