package org.dropoutspec.reference;

/**
 * The max-norm projection: a vector w of the weights that lead into one unit is shortened to length c if it is longer,
 *
 * <pre>
 *   w min(1, c / ||w||)
 * </pre>
 *
 * <p>Source: Srivastava et al. 2014, section 5.1; typical values of c are 3 to 4 (appendix A.3).
 */
public final class MaxNorm {
    private MaxNorm() {}

    /**
     * The layer with each row of its weights projected; its biases are left as they are.
     *
     * @param limit c, positive
     */
    public static Network.Dense project(Network.Dense dense, double limit) {
        double[][] weight = new double[dense.weight().length][];
        for (int unit = 0; unit < weight.length; unit++) {
            weight[unit] = project(dense.weight()[unit], limit);
        }
        return new Network.Dense(weight, dense.bias().clone());
    }

    /**
     * The projection of one vector. The length of the result, as {@link #norm} computes it, is at most c, so that
     * projecting it again changes no bit.
     *
     * @param limit c, positive
     */
    public static double[] project(double[] vector, double limit) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("limit (" + limit + ") must be positive");
        }
        double norm = norm(vector);
        if (norm <= limit) {
            return vector.clone();
        }
        if (!Double.isFinite(norm)) {
            throw new IllegalArgumentException("norm (" + norm + ") must be finite");
        }
        double factor = limit / norm;
        double[] projected = times(factor, vector);
        while (norm(projected) > limit) { // it can exceed the limit only by rounding
            factor = Math.nextDown(factor);
            projected = times(factor, vector);
        }
        return projected;
    }

    /** The Euclidean norm. */
    public static double norm(double[] vector) {
        double sum = 0;
        for (double each : vector) {
            sum += each * each;
        }
        return Math.sqrt(sum);
    }

    private static double[] times(double factor, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = factor * vector[i];
        }
        return product;
    }
}
