package org.dropoutspec.golden;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact fraction; the denominator is positive, and common factors stay in. */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    static final Rational ONE = of(1);

    static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    static Rational of(BigDecimal decimal) {
        return decimal.scale() >= 0
                ? new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Rational(decimal.toBigIntegerExact(), BigInteger.ONE);
    }

    /** {@code significand * 2^exponent}. */
    static Rational scaled(BigInteger significand, int exponent) {
        return exponent >= 0
                ? new Rational(significand.shiftLeft(exponent), BigInteger.ONE)
                : new Rational(significand, BigInteger.ONE.shiftLeft(-exponent));
    }

    static Rational powerOfTwo(int exponent) {
        return scaled(BigInteger.ONE, exponent);
    }

    Rational minus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational plus(Rational other) {
        return minus(other.negate());
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** The quotient by a positive {@code divisor}. */
    Rational dividedBy(Rational divisor) {
        if (divisor.signum() <= 0) {
            throw new ArithmeticException("divisor (" + divisor + ") must be positive");
        }
        return new Rational(numerator.multiply(divisor.denominator), denominator.multiply(divisor.numerator));
    }

    Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    Rational abs() {
        return new Rational(numerator.abs(), denominator);
    }

    int signum() {
        return numerator.signum();
    }

    /** The smallest integer that is not below this number. */
    BigInteger ceiling() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
