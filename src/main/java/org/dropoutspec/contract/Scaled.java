package org.dropoutspec.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Ulp;

/**
 * The oracle for scaling: x/(1 - rate), the exact quotient rounded to the type.
 *
 * <p>For types up to float32 the quotient is taken in float64, whose two roundings are 2^-29 of an ulp of float32 and
 * less of the narrower types; for float64 in 40 decimal digits.
 */
final class Scaled {
    /**
     * What a sound implementation may be off: three roundings in the type itself, of the keep probability 1 - rate, of
     * its reciprocal and of the product, each by a relative error of at most u = half an ulp of 1; 3u of the result is at
     * most 3 of its ulps, since an ulp is never less than u times the number.
     */
    static final int ULPS = 3;

    /** The same for x * (1 - rate): two roundings, of the keep probability and of the product. */
    static final int CLASSIC_ULPS = 2;

    private static final MathContext DIGITS = new MathContext(40);

    private Scaled() {}

    /** The bit pattern of x/(1 - rate) for the element with bit pattern {@code x}. */
    static long quotient(DType dtype, long x, double rate) {
        double value = dtype.value(x);
        if (dtype != DType.FLOAT64 || value == 0 || !Double.isFinite(value)) {
            return dtype.round(value / (1 - rate));
        }
        BigDecimal keep = BigDecimal.ONE.subtract(new BigDecimal(rate));
        return dtype.round(new BigDecimal(value).divide(keep, DIGITS).doubleValue());
    }

    /** The bit pattern of x * (1 - rate). */
    static long product(DType dtype, long x, double rate) {
        double value = dtype.value(x);
        if (dtype != DType.FLOAT64 || value == 0 || !Double.isFinite(value)) {
            return dtype.round(value * (1 - rate));
        }
        BigDecimal keep = BigDecimal.ONE.subtract(new BigDecimal(rate));
        return dtype.round(new BigDecimal(value).multiply(keep, DIGITS).doubleValue());
    }

    /** Whether two bit patterns are the same NaN-ness and, as numbers, within {@code ulps}. */
    static boolean close(DType dtype, long expected, long got, int ulps) {
        if (dtype.isNaN(expected) || dtype.isNaN(got)) {
            return dtype.isNaN(expected) && dtype.isNaN(got);
        }
        return Ulp.distance(dtype, expected, got) <= ulps;
    }
}
