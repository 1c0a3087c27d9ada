package org.dropoutspec.reference;

/**
 * Scaled dot-product attention with dropout, and its backpropagation, for one example: L queries, and S keys, each of
 * which has a value.
 *
 * <p>Each query takes a weighted average of the values. The weights are a softmax of its products with the keys, and
 * dropout drops weights, after the softmax:
 *
 * <pre>
 *   Z = c Q K^T              the scores, c a number such as 1/sqrt(E)
 *   P = softmax(Z)           over the keys, row by row
 *   W = F * P                element by element; F is 1/(1 - p) where the mask keeps, 0 where it drops
 *   O = W V
 * </pre>
 *
 * <p>So a row of W sums to 1 only in expectation, and the weight of a dropped key is not given to the other keys.
 * Backwards, with dO the gradient of the output:
 *
 * <pre>
 *   dV = W^T dO
 *   dP = F * (dO V^T)        the same mask, the same scale
 *   dZ = P * (dP - r)        r the row sums of P * dP, since a larger score takes weight from all other keys
 *   dQ = c dZ K
 *   dK = c dZ^T Q
 * </pre>
 *
 * <p>In evaluation F is 1 everywhere. Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.2.1; dropout
 * is placed as in their released code.
 */
public final class Attention {
    private Attention() {}

    /**
     * P, the softmax of the scores.
     *
     * @param query L rows of E numbers
     * @param key S rows of E numbers
     * @param scale c
     * @return L rows of S numbers that sum to 1
     */
    public static double[][] probabilities(double[][] query, double[][] key, double scale) {
        double[][] p = new double[query.length][key.length];
        for (int l = 0; l < query.length; l++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < key.length; s++) {
                p[l][s] = scale * dot(query[l], key[s]);
                largest = Math.max(largest, p[l][s]);
            }
            double sum = 0;
            for (int s = 0; s < key.length; s++) {
                p[l][s] = Math.exp(p[l][s] - largest); // at most 1, so that nothing overflows
                sum += p[l][s];
            }
            for (int s = 0; s < key.length; s++) {
                p[l][s] /= sum;
            }
        }
        return p;
    }

    /**
     * O, the output.
     *
     * @param p the probabilities, L rows of S numbers
     * @param factor F, in the shape of p
     * @param value S rows of V numbers
     * @return L rows of V numbers
     */
    public static double[][] forward(double[][] p, double[][] factor, double[][] value) {
        double[][] output = new double[p.length][width(value)];
        for (int l = 0; l < p.length; l++) {
            for (int s = 0; s < value.length; s++) {
                add(output[l], factor[l][s] * p[l][s], value[s]);
            }
        }
        return output;
    }

    /** The gradients of query, key and value, each in the shape of its tensor. */
    public record Gradients(double[][] query, double[][] key, double[][] value) {}

    /**
     * The backward pass.
     *
     * @param p the probabilities of the forward pass
     * @param factor F of the forward pass, with its own mask
     * @param gradOutput dO, L rows of V numbers
     */
    public static Gradients backward(
            double[][] query,
            double[][] key,
            double[][] value,
            double scale,
            double[][] p,
            double[][] factor,
            double[][] gradOutput) {
        double[][] dq = new double[query.length][width(query)];
        double[][] dk = new double[key.length][width(key)];
        double[][] dv = new double[value.length][width(value)];
        for (int l = 0; l < query.length; l++) {
            double[] dp = new double[key.length];
            double r = 0;
            for (int s = 0; s < key.length; s++) {
                add(dv[s], factor[l][s] * p[l][s], gradOutput[l]);
                dp[s] = factor[l][s] * dot(gradOutput[l], value[s]);
                r += p[l][s] * dp[s];
            }
            for (int s = 0; s < key.length; s++) {
                double dz = p[l][s] * (dp[s] - r);
                add(dq[l], scale * dz, key[s]);
                add(dk[s], scale * dz, query[l]);
            }
        }
        return new Gradients(dq, dk, dv);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] sum, double factor, double[] row) {
        for (int i = 0; i < row.length; i++) {
            sum[i] += factor * row[i];
        }
    }

    private static int width(double[][] rows) {
        return rows.length == 0 ? 0 : rows[0].length;
    }
}
