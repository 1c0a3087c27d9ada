package org.dropoutspec.operation.alpha;

import org.dropoutspec.tensor.DType;

/**
 * The affine map of alpha dropout at one rate, and how far a sound implementation may be off.
 *
 * @param a the scale ((1 - p)(1 + p alpha'^2))^(-1/2)
 * @param b the shift -a p alpha'
 */
record Affine(double a, double b) {
    static final double ALPHA = -1.7580993408473766;

    /**
     * Roundings in a row at most, when everything is computed in the element type, u being half an ulp of 1. In a: 1 - p
     * has one; p alpha'^2 four, since alpha' is rounded before it is squared; the sum with 1 five; the product seven, of
     * which the root halves the error; a power function that is 2 ulp off makes it 3.5 + 4, less than 8. In b = -a p
     * alpha': 8, alpha' and two products, 11. In a v + b with v = x or the rounded alpha': 11 in each term and 1 of the
     * sum.
     */
    private static final int ROUNDINGS = 12;

    /** Below this part of the largest number nothing overflows on the way. */
    private static final double HEADROOM = 0x1p-4;

    static Affine at(double rate) {
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA * ALPHA));
        return new Affine(a, -a * rate * ALPHA);
    }

    /** What an element that enters as {@code v} becomes: x where it is kept, alpha' where it is dropped. */
    double of(double v) {
        return a * v + b;
    }

    /** Whether {@code got} is what v becomes, to the bound. */
    boolean yields(DType dtype, double v, double got) {
        return Math.abs(got - of(v)) <= bound(dtype, Math.abs(a * v) + Math.abs(b));
    }

    /** Whether {@code got} is the gradient of a kept element, to the bound. */
    boolean passes(DType dtype, double upstream, double got) {
        return Math.abs(got - a * upstream) <= bound(dtype, Math.abs(a * upstream));
    }

    /** Whether nothing that is computed of v overflows the type. */
    boolean fits(DType dtype, double v) {
        return Math.abs(a * v) + Math.abs(b) <= HEADROOM * dtype.largest();
    }

    /** n roundings in a row are n u / (1 - n u) of the sum of magnitudes at most; float64 has those of this oracle too. */
    private static double bound(DType dtype, double magnitude) {
        double n = (dtype == DType.FLOAT64 ? 2 : 1) * ROUNDINGS * dtype.roundoff();
        double flushed = 4 * dtype.smallestNormal();
        return n / (1 - n) * magnitude + flushed;
    }
}
