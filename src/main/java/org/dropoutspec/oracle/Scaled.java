package org.dropoutspec.oracle;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Ulp;

/**
 * The oracle for scaling: x/(1 - rate) and x * (1 - rate), rounded once to the type.
 *
 * <p>For types up to float32, float64 is exact enough: its two roundings are 2^-28 of an ulp of float32. For float64,
 * the rounding errors are computed and added back (Dekker 1971), which leaves an error below 2^-50 of an ulp.
 */
public final class Scaled {
    /**
     * How far a sound implementation may be off, in ulps. It makes three roundings in the type itself: of the keep
     * probability 1 - rate, of its reciprocal and of the product. Each has a relative error of at most u = half an ulp
     * of 1. 3u of the result is at most 3 of its ulps, since an ulp is never less than u times the number.
     */
    public static final int ULPS = 3;

    /** The same for x * (1 - rate): two roundings, of the keep probability and of the product. */
    public static final int CLASSIC_ULPS = 2;

    private Scaled() {}

    /** The bit pattern of x/(1 - rate) for the element with bit pattern {@code x}. */
    public static long quotient(DType dtype, long x, double rate) {
        double value = dtype.value(x);
        double keep = 1 - rate;
        double quotient = value / keep;
        if (dtype != DType.FLOAT64 || quotient == 0 || !Double.isFinite(quotient)) {
            return dtype.round(quotient);
        }
        double remainder = Math.fma(-quotient, keep, value) - quotient * lost(rate);
        return dtype.round(quotient + remainder / keep);
    }

    /**
     * Whether {@code got} is x/(1 - rate) rounded once to a half type. If the quotient is within an eighth of an ulp of
     * a midpoint, both neighbours are accepted.
     *
     * <p>Three roundings in float32 (keep probability, reciprocal, product) leave a relative error of about 3 * 2^-24.
     * An ulp is more than 2^-11 of its number in float16 and 2^-8 in bfloat16, so an eighth is over 2^-14: in float32 a
     * quotient crosses a midpoint only from far nearer. The quotient in float64 is off by less still, and none lies on
     * the bound: one that is a binary fraction has no more bits than x, so the type holds it.
     */
    public static boolean roundedOnce(DType dtype, long x, double rate, long got) {
        double quotient = dtype.value(x) / (1 - rate);
        int exponent = Math.max(Math.getExponent(quotient), dtype.minExponent());
        double eighth = Math.scalb(1.0, exponent - dtype.fractionBits() - 3);
        return got == dtype.round(quotient - eighth) || got == dtype.round(quotient + eighth);
    }

    /** The bit pattern of x * (1 - rate). */
    public static long product(DType dtype, long x, double rate) {
        double value = dtype.value(x);
        double keep = 1 - rate;
        double product = value * keep;
        if (dtype != DType.FLOAT64 || product == 0 || !Double.isFinite(product)) {
            return dtype.round(product);
        }
        return dtype.round(product + (Math.fma(value, keep, -product) + value * lost(rate)));
    }

    /** The rounding error of 1 - rate; itself exact, since the rate is at most 1. */
    private static double lost(double rate) {
        return 1 - (1 - rate) - rate;
    }

    /**
     * Whether {@code got} overflows where x/(1 - rate) does: an infinity when the quotient exceeds the largest number
     * by more than {@link #ULPS}, finite when it falls short by more, either in between. The comparison is of numbers
     * divided by 8, which cannot overflow and have the same ulps.
     */
    public static boolean overflowsRightly(DType dtype, long x, double rate, long got) {
        long eighth = quotient(dtype, dtype.round(dtype.value(x) / 8), rate);
        long largest = dtype.round(dtype.largest() / 8);
        long magnitude = eighth & ~dtype.signBit();
        if (Math.abs(magnitude - largest) <= ULPS) {
            return close(dtype, quotient(dtype, x, rate), got, ULPS);
        }
        return magnitude > largest
                ? got == (x & dtype.signBit() | dtype.infinity())
                : close(dtype, quotient(dtype, x, rate), got, ULPS);
    }

    /** Whether two bit patterns are both NaN, or are numbers at most {@code ulps} apart. */
    public static boolean close(DType dtype, long expected, long got, int ulps) {
        if (dtype.isNaN(expected) || dtype.isNaN(got)) {
            return dtype.isNaN(expected) && dtype.isNaN(got);
        }
        return Ulp.distance(dtype, expected, got) <= ulps;
    }
}
