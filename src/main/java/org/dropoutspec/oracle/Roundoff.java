package org.dropoutspec.oracle;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * How far rounding may take a result from its exact value, whatever the order of the operations.
 *
 * <p>Let u be half an ulp of 1. After n roundings a product or quotient is off by a factor of at most e^(n v), v = u/(1 -
 * u), and so is each term of a sum, since it passes through at most as many additions as there are (Higham, "Accuracy and
 * Stability of Numerical Algorithms", 2002, chapters 3 and 4). What underflows may be flushed to zero.
 *
 * @param dtype in which is computed throughout, or in a wider one
 */
public record Roundoff(DType dtype) {
    /** So many roundings are looked up: {@code expm1} leaves the virtual machine, and is asked for every element. */
    private static final int FEW = 256;

    private static final double[][] ERRORS =
            Arrays.stream(DType.values()).map(Roundoff::errors).toArray(double[][]::new);

    /** v, with the rounding of the suite's own arithmetic in double beside it. */
    public double unit() {
        return dtype.roundoff() / (1 - dtype.roundoff()) + 0x1p-52;
    }

    /** The relative error after so many roundings. */
    public double error(double roundings) {
        int whole = (int) roundings;
        return whole == roundings && whole >= 0 && whole < FEW
                ? ERRORS[dtype.ordinal()][whole]
                : Math.expm1(roundings * unit());
    }

    private static double[] errors(DType dtype) {
        return dtype.isFloating()
                ? IntStream.range(0, FEW)
                        .mapToDouble(roundings -> Math.expm1(roundings * new Roundoff(dtype).unit()))
                        .toArray()
                : new double[0];
    }

    /** What is lost where a result underflows, at most: the smallest normal number. */
    public double smallest() {
        return dtype.smallestNormal();
    }

    /** Whether arithmetic may overflow where the terms of a sum come to so much in magnitude. */
    public boolean mayOverflow(double magnitude) {
        return !(magnitude < dtype.largest() / 8);
    }

    /**
     * By how many units the scale may be off, in the exponent: the rate may be rounded to the type, and so are 1 - rate,
     * its reciprocal and the product with it.
     */
    public double scaleUnits(double rate) {
        double off = dtype.roundoff() * rate / (1 - rate);
        return off < 1 ? 3 - Math.log1p(-off) / unit() : Double.POSITIVE_INFINITY;
    }

    /** Whether type and float32 hold the rate, so that it is the same however it was received. */
    public boolean holds(double rate) {
        return rate >= 0 && rate <= 1 && (float) rate == rate && dtype.value(dtype.round(rate)) == rate;
    }

    /** Whether a result is as near as it has to be; what may overflow on the way is not held to anything. */
    public boolean isNear(double got, double exact, double tolerance) {
        return Math.abs(got - exact) <= tolerance || !(Math.abs(exact) + tolerance <= dtype.largest() / 4);
    }

    /** What is told of a result that is not. */
    public String words(Tensor got, int index, double exact, double tolerance) {
        return "index " + index + ", expected " + dtype.text(dtype.round(exact)) + " within " + (float) tolerance
                + ", got " + dtype.text(got.bits(index));
    }
}
