package org.dropoutspec.golden.word;

import java.math.BigInteger;
import org.dropoutspec.tensor.DType;

/**
 * The floating types by their definition in IEEE 754-2008, clause 3.4, in integer arithmetic alone.
 *
 * <p>It repeats {@link DType} on purpose: the vectors are derived here, and nothing that is compared with them may have
 * rounded them.
 */
public enum Ieee {
    FLOAT16(5, 10),
    BFLOAT16(8, 7),
    FLOAT32(8, 23),
    FLOAT64(11, 52);

    private final int exponentBits;
    private final int fractionBits;

    Ieee(int exponentBits, int fractionBits) {
        this.exponentBits = exponentBits;
        this.fractionBits = fractionBits;
    }

    public static Ieee of(DType dtype) {
        return valueOf(dtype.name());
    }

    public DType dtype() {
        return DType.valueOf(name());
    }

    public int fractionBits() {
        return fractionBits;
    }

    public long signBit() {
        return 1L << exponentBits + fractionBits;
    }

    public long infinity() {
        return (1L << exponentBits) - 1 << fractionBits;
    }

    /** The quiet, positive NaN without a payload. */
    public long quietNaN() {
        return infinity() | 1L << fractionBits - 1;
    }

    public long largest() {
        return infinity() - 1;
    }

    public long smallestNormal() {
        return 1L << fractionBits;
    }

    public long magnitude(long word) {
        return word & signBit() - 1;
    }

    public boolean isNegative(long word) {
        return (word & signBit()) != 0;
    }

    public boolean isNaN(long word) {
        return magnitude(word) > infinity();
    }

    public boolean isFinite(long word) {
        return magnitude(word) < infinity();
    }

    public boolean isZero(long word) {
        return magnitude(word) == 0;
    }

    /** The fraction field: the payload of a NaN. */
    long fraction(long word) {
        return word & (1L << fractionBits) - 1;
    }

    /** The number that a finite word stands for. */
    public Rational exact(long word) {
        if (!isFinite(word)) {
            throw new IllegalArgumentException("word (" + Long.toHexString(word) + ") must be a finite " + dtype());
        }
        long field = magnitude(word) >>> fractionBits;
        long significand = field == 0 ? fraction(word) : fraction(word) | 1L << fractionBits;
        int exponent = smallestExponent() + (int) Math.max(field - 1, 0);
        Rational magnitude = Rational.scaled(BigInteger.valueOf(significand), exponent);
        return isNegative(word) ? magnitude.negate() : magnitude;
    }

    /** The word nearest to {@code value}, ties to the even one; zero is +0. */
    public long round(Rational value) {
        BigInteger numerator = value.numerator().abs();
        if (numerator.signum() == 0) {
            return 0;
        }
        // 2^log <= |value| < 2^(log + 2): one correction makes it the exponent
        int log = numerator.bitLength() - value.denominator().bitLength() - 1;
        int exponent = value.abs().compareTo(Rational.powerOfTwo(log + 1)) >= 0 ? log + 1 : log;
        int quantum = Math.max(exponent - fractionBits, smallestExponent());
        long units = roundToInteger(value.abs().times(Rational.powerOfTwo(-quantum)));
        return (value.signum() < 0 ? signBit() : 0) | word(units, quantum);
    }

    /** Whether a value is an eighth of an ulp or more from where it rounds differently, and below the largest. */
    public boolean isFarFromTie(Rational value) {
        long word = round(value.abs());
        if (word >= largest()) {
            return false;
        }
        Rational ulp = exact(word + 1).minus(exact(word));
        Rational error = value.abs().minus(exact(word)).abs();
        return error.compareTo(ulp.times(Rational.of(3, 8))) <= 0;
    }

    /** The word of {@code units * 2^quantum}; units has at most one bit more than the significand. */
    private long word(long units, int quantum) {
        if (units < 1L << fractionBits) {
            return units;
        }
        boolean carried = units == 1L << fractionBits + 1;
        long field = quantum - smallestExponent() + 1L + (carried ? 1 : 0);
        long fraction = carried ? 0 : units - (1L << fractionBits);
        return field >= (1L << exponentBits) - 1 ? infinity() : field << fractionBits | fraction;
    }

    private static long roundToInteger(Rational value) {
        BigInteger[] parts = value.numerator().divideAndRemainder(value.denominator());
        int half = parts[1].shiftLeft(1).compareTo(value.denominator());
        boolean up = half > 0 || half == 0 && parts[0].testBit(0);
        return parts[0].longValueExact() + (up ? 1 : 0);
    }

    /** The exponent of the smallest subnormal number: -149 for float32. */
    private int smallestExponent() {
        int bias = (1 << exponentBits - 1) - 1;
        return 1 - bias - fractionBits;
    }
}
