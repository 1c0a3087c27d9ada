package org.dropoutspec.oracle;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * How far rounding may move a result from its exact value, whatever the order of the operations.
 *
 * <p>Let u be half an ulp of 1. After n roundings a product or quotient is off by a factor of at most e^(n v), v = u/(1
 * - u). So is each term of a sum, since it passes through at most as many additions as there are (Higham, "Accuracy and
 * Stability of Numerical Algorithms", 2002, chapters 3 and 4). A result that underflows may be flushed to zero.
 *
 * @param dtype the type of the arithmetic, which may also be done in a wider one
 */
public record Roundoff(DType dtype) {
    /** Errors of fewer roundings are looked up, since {@code expm1} leaves the JVM and is needed for every element. */
    private static final int FEW = 256;

    private static final double[][] ERRORS =
            Arrays.stream(DType.values()).map(Roundoff::errors).toArray(double[][]::new);

    /** v, plus 2^-52 for the rounding of the suite's own arithmetic in double precision. */
    public double unit() {
        return dtype.roundoff() / (1 - dtype.roundoff()) + 0x1p-52;
    }

    /** The largest relative error after this number of roundings. */
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

    /** The most that is lost when a result underflows: the smallest normal number. */
    public double smallest() {
        return dtype.smallestNormal();
    }

    /** Whether a sum may overflow on the way when its terms have this magnitude together. */
    public boolean mayOverflow(double magnitude) {
        return !(magnitude < dtype.largest() / 8);
    }

    /**
     * The number of roundings that the scale may be off by, as an argument of {@link #error}: the rate may be rounded
     * to the type, and so are 1 - rate, its reciprocal and the product with it.
     */
    public double scaleUnits(double rate) {
        double off = dtype.roundoff() * rate / (1 - rate);
        return off < 1 ? 3 - Math.log1p(-off) / unit() : Double.POSITIVE_INFINITY;
    }

    /** Whether this type and float32 both hold the rate exactly, so that it is the same however it was received. */
    public boolean holds(double rate) {
        return rate >= 0 && rate <= 1 && (float) rate == rate && dtype.value(dtype.round(rate)) == rate;
    }

    /** Whether a result is within the tolerance; one that may overflow on the way always counts as near. */
    public boolean isNear(double got, double exact, double tolerance) {
        return Math.abs(got - exact) <= tolerance || !(Math.abs(exact) + tolerance <= dtype.largest() / 4);
    }

    /** The message about a result that is not near enough. */
    public String words(Tensor got, int index, double exact, double tolerance) {
        return "index " + index + ", expected " + dtype.text(dtype.round(exact)) + " within " + (float) tolerance
                + ", got " + dtype.text(got.bits(index));
    }
}
