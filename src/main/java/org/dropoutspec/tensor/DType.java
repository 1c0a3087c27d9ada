package org.dropoutspec.tensor;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An element type: four IEEE 754 binary formats, {@code bool} and two integers.
 *
 * <p>float16 is binary16 of IEEE 754-2008; bfloat16 is the upper half of binary32. All rounding is to nearest, ties to
 * even. A {@code bool} is one byte, 0 or 1, and stands for the numbers 0 and 1. The integers are in two's complement; a
 * call with integers serves only to see it rejected or promoted.
 */
public enum DType {
    FLOAT16(2, 10, -14),
    BFLOAT16(2, 7, -126),
    FLOAT32(4, 23, -126),
    FLOAT64(8, 52, -1022),
    BOOL(1, 0, 0),
    INT32(4, 0, 0),
    INT64(8, 0, 0);

    private final int bytes;
    private final int fractionBits;
    private final int minExponent;
    private final double roundoff;
    private final double smallestNormal;
    private final double largest;

    DType(int bytes, int fractionBits, int minExponent) {
        this.bytes = bytes;
        this.fractionBits = fractionBits;
        this.minExponent = minExponent;
        this.roundoff = Math.scalb(1.0, -1 - fractionBits);
        this.smallestNormal = Math.scalb(1.0, minExponent);
        this.largest = Math.scalb(2 - 2 * roundoff, 1 - minExponent);
    }

    /** Finds the type by its name on the wire, such as {@code float32}. */
    public static DType named(String name) {
        for (DType dtype : values()) {
            if (dtype.toString().equals(name)) {
                return dtype;
            }
        }
        throw new IllegalArgumentException("dtype (" + name + ") must be one of "
                + Arrays.stream(values()).map(DType::toString).collect(Collectors.joining(", ")));
    }

    /** The floating types among these, in the order float32, float64, float16, bfloat16. */
    public static List<DType> floating(Collection<DType> types) {
        return Stream.of(FLOAT32, FLOAT64, FLOAT16, BFLOAT16)
                .filter(types::contains)
                .toList();
    }

    /** The size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The number of explicit fraction bits: 23 for float32. */
    public int fractionBits() {
        return fractionBits;
    }

    /** The exponent of the smallest normal number: -126 for float32. */
    public int minExponent() {
        return minExponent;
    }

    /** Half an ulp of 1, the largest relative error of rounding to a normal number: 2^-24 for float32. */
    public double roundoff() {
        return roundoff;
    }

    /** The smallest normal number: 2^-126 for float32. */
    public double smallestNormal() {
        return smallestNormal;
    }

    /** The largest finite number. */
    public double largest() {
        return largest;
    }

    public boolean isFloating() {
        return fractionBits > 0;
    }

    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    /** The bit pattern of positive infinity; every larger magnitude is a NaN. */
    public long infinity() {
        // an exponent field of all ones: 2 * bias + 1, with bias = 1 - minExponent
        return (long) (3 - 2 * minExponent) << fractionBits;
    }

    /** The bit that holds the sign. */
    public long signBit() {
        return 1L << 8 * bytes - 1;
    }

    /** The number nearest to {@code value}, as a bit pattern in the low {@code 8 * bytes()} bits. */
    public long round(double value) {
        return switch (this) {
            case FLOAT32 -> Float.floatToRawIntBits((float) value) & 0xFFFF_FFFFL;
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case BOOL -> value == 0 ? 0 : 1;
            case INT32 -> Math.round(value) & 0xFFFF_FFFFL;
            case INT64 -> Math.round(value);
            case FLOAT16, BFLOAT16 -> roundToHalf(value);
        };
    }

    /** The number that a bit pattern stands for; exact except for an int64 beyond 2^53. */
    public double value(long bits) {
        return switch (this) {
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            case FLOAT64 -> Double.longBitsToDouble(bits);
            case BOOL, INT64 -> bits;
            case INT32 -> (int) bits;
            case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
            case FLOAT16 -> HalfValues.of(bits);
        };
    }

    public boolean isNaN(long bits) {
        return isFloating() && (bits & ~signBit()) > infinity();
    }

    /** The number of a bit pattern as text: the shortest decimal that rounds to it in its type, or nearly that. */
    public String text(long bits) {
        double value = value(bits);
        return this == FLOAT64 ? Double.toString(value) : Float.toString((float) value);
    }

    private long roundToHalf(double value) {
        if (Double.isNaN(value)) {
            return infinity() | 1L << fractionBits - 1;
        }
        // the sign without a branch, since signs are random
        long sign = Double.doubleToRawLongBits(value) >>> 48 & signBit();
        if (Double.isInfinite(value)) {
            return sign | infinity();
        }
        int exponent = Math.max(Math.getExponent(value), minExponent);
        // the magnitude in units of the last place; scaling by a power of two is exact
        double scaled = Math.abs(value) * powerOfTwo(fractionBits - exponent);
        // like Math.rint, a few times faster: doubles of this size are integers, and the sum rounds ties to even
        long units = (long) (scaled + 0x1p52 - 0x1p52);
        // the implicit bit of a normal number carries into the exponent field; so does rounding up to a power of two
        long magnitude = ((long) (exponent - minExponent) << fractionBits) + units;
        return sign | Math.min(magnitude, infinity());
    }

    /** 2^exponent for the exponents of normal doubles: the same as Math.scalb, but a few times faster. */
    private static double powerOfTwo(int exponent) {
        return Double.longBitsToDouble((exponent + 1023L) << 52);
    }

    /** The name on the wire, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
