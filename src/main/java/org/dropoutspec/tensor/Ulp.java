package org.dropoutspec.tensor;

/**
 * Distances in units in the last place, counted in numbers of the type.
 *
 * <p>Bit patterns of one sign are ordered as their numbers are, so the distance is a difference of integers. +0 and -0
 * coincide, and infinity is the next number after the largest finite one.
 */
public final class Ulp {
    private Ulp() {}

    /** The distance between two bit patterns of {@code dtype}, neither a NaN; saturates at Long.MAX_VALUE. */
    public static long distance(DType dtype, long a, long b) {
        if (dtype.isNaN(a) || dtype.isNaN(b)) {
            throw new IllegalArgumentException("a NaN has no distance in ulp");
        }
        long first = a & ~dtype.signBit();
        long second = b & ~dtype.signBit();
        if (((a ^ b) & dtype.signBit()) == 0) {
            return Math.abs(first - second);
        }
        long sum = first + second;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
