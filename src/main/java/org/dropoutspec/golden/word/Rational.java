package org.dropoutspec.golden.word;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact fraction with a positive denominator; common factors are not cancelled. */
public record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    public static final Rational ONE = of(1);

    public static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    public static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    public static Rational of(BigDecimal decimal) {
        return decimal.scale() >= 0
                ? new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Rational(decimal.toBigIntegerExact(), BigInteger.ONE);
    }

    /** The number {@code significand * 2^exponent}. */
    public static Rational scaled(BigInteger significand, int exponent) {
        return exponent >= 0
                ? new Rational(significand.shiftLeft(exponent), BigInteger.ONE)
                : new Rational(significand, BigInteger.ONE.shiftLeft(-exponent));
    }

    public static Rational powerOfTwo(int exponent) {
        return scaled(BigInteger.ONE, exponent);
    }

    public Rational minus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Rational plus(Rational other) {
        return minus(other.negate());
    }

    public Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** The quotient by a positive {@code divisor}. */
    public Rational dividedBy(Rational divisor) {
        if (divisor.signum() <= 0) {
            throw new ArithmeticException("divisor (" + divisor + ") must be positive");
        }
        return new Rational(numerator.multiply(divisor.denominator), denominator.multiply(divisor.numerator));
    }

    public Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    public Rational abs() {
        return new Rational(numerator.abs(), denominator);
    }

    public int signum() {
        return numerator.signum();
    }

    /** The smallest integer that is not below this number. */
    public BigInteger ceiling() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
