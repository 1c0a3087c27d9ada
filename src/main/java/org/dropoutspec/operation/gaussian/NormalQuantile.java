package org.dropoutspec.operation.gaussian;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.special.Erf;

/** The inverse of the standard normal distribution function. */
final class NormalQuantile {
    private static final int MOST = 4096;
    private static final int STEPS = 50;
    private static final Map<Double, Double> KNOWN = new ConcurrentHashMap<>();

    private NormalQuantile() {}

    /** The number below which a standard normal number lies with this probability. */
    static double of(double probability) {
        if (KNOWN.size() >= MOST) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(
                probability, p -> p <= 0.5 ? -upper(p) : upper(1 - p)); // 1 - p is exact from a half on
    }

    /**
     * The point at which the upper tail Q has this probability, by Newton's method for ln Q. ln Q is concave, and Q(z)
     * is at most exp(-z^2/2)/2, so the method starts above the root and comes down to it without crossing.
     */
    private static double upper(double tail) {
        double z = Math.sqrt(-2 * Math.log(2 * tail));
        for (int step = 0; step < STEPS; step++) {
            double q = Erf.erfc(z / Math.sqrt(2)) / 2;
            if (q == 0) {
                return z; // only if the tail is no normal number
            }
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double next = z + q / density * Math.log(q / tail);
            if (!(next < z)) {
                return z;
            }
            z = next;
        }
        return z;
    }
}
