package org.dropoutspec.operation.alpha;

import org.dropoutspec.tensor.DType;

/** The affine map of alpha dropout at one rate, with the error that a sound implementation may have. */
record Affine(double a, double b) {
    static final double ALPHA = -1.7580993408473766;

    /**
     * The most roundings in a row, when everything is computed in the element type, with u half an ulp of 1. In a: 1 -
     * p has one; p alpha'^2 four, since alpha' is rounded before it is squared; the sum with 1 five; the product seven.
     * The root halves the error, and a power function may be 2 ulp off, which makes it 3.5 + 4, less than 8. In b = -a
     * p alpha': 8, alpha' and two products, 11. In a v + b with v = x or the rounded alpha': 11 in each term and 1 for
     * the sum.
     */
    private static final int ROUNDINGS = 12;

    /** Nothing overflows on the way below this part of the largest number. */
    private static final double HEADROOM = 0x1p-4;

    static Affine at(double rate) {
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA * ALPHA));
        return new Affine(a, -a * rate * ALPHA);
    }

    /** The output for an element that enters as {@code v}: x if it is kept, alpha' if it is dropped. */
    double of(double v) {
        return a * v + b;
    }

    /** Whether {@code got} is the output for v, up to the bound. */
    boolean yields(DType dtype, double v, double got) {
        return Math.abs(got - of(v)) <= bound(dtype, Math.abs(a * v) + Math.abs(b));
    }

    /** Whether {@code got} is the gradient of a kept element, up to the bound. */
    boolean passes(DType dtype, double upstream, double got) {
        return Math.abs(got - a * upstream) <= bound(dtype, Math.abs(a * upstream));
    }

    /** Whether nothing that is computed from v overflows the type. */
    boolean fits(DType dtype, double v) {
        return Math.abs(a * v) + Math.abs(b) <= HEADROOM * dtype.largest();
    }

    /** n roundings in a row: n u / (1 - n u) of the sum of magnitudes; in float64 this oracle's come on top. */
    private static double bound(DType dtype, double magnitude) {
        double n = (dtype == DType.FLOAT64 ? 2 : 1) * ROUNDINGS * dtype.roundoff();
        double flushed = 4 * dtype.smallestNormal();
        return n / (1 - n) * magnitude + flushed;
    }
}
