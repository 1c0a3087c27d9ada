package org.dropoutspec.oracle;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * How far rounding may take a result from its exact value, whatever the order of the operations.
 *
 * <p>Let u be half an ulp of 1. A product or quotient of k roundings is off by a relative error of at most gamma_k =
 * k u/(1 - k u), and so is each term of a sum, since it passes through at most as many additions as there are (Higham,
 * "Accuracy and Stability of Numerical Algorithms", 2002, lemma 3.1 and section 4.2). What flushes subnormal numbers to
 * zero errs by the smallest normal number besides.
 *
 * @param dtype in which is computed, or in a wider one
 */
public record Roundoff(DType dtype) {
    /** Half an ulp of 1. */
    public double unit() {
        return dtype.roundoff();
    }

    /** The relative error of {@code roundings} in a row, and of as many in double precision, in which it is checked. */
    public double gamma(int roundings) {
        return gamma(roundings, unit()) + gamma(roundings, 0x1p-53);
    }

    private static double gamma(int roundings, double unit) {
        return roundings * unit < 1 ? roundings * unit / (1 - roundings * unit) : Double.POSITIVE_INFINITY;
    }

    /** The smallest normal number. */
    public double smallest() {
        return dtype.smallestNormal();
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
