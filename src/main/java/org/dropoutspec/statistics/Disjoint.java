package org.dropoutspec.statistics;

/**
 * The combined evidence of disjoint parts of the data: the product of their e-values, each diluted.
 *
 * <p>Bets that are fair given the whole past multiply to a fair bet. A plain product loses where most parts show
 * nothing. With a share eps of the capital at stake in each part, a part becomes (1 - eps + eps E) and loses at most
 * ln(1 - eps). With eps = 1/K for K parts the product is never below mean(E)/e; with a larger eps, many weak parts add
 * up. Three values of eps are averaged, which costs at most ln 3 more.
 */
final class Disjoint {
    private Disjoint() {}

    /** ln of the e-value of all parts together, from ln of the e-value of each; 0 where there are no parts. */
    static double together(double[] logE) {
        int parts = logE.length;
        if (parts < 2) {
            return parts == 0 ? 0 : logE[0];
        }
        double sum = Double.NEGATIVE_INFINITY;
        for (double stake : new double[] {1.0 / parts, 1 / Math.sqrt(parts), 0.5}) {
            sum = LogSpace.add(sum, product(logE, stake));
        }
        return sum - Math.log(3);
    }

    private static double product(double[] logE, double stake) {
        double kept = Math.log1p(-stake);
        double staked = Math.log(stake);
        double product = 0;
        for (double part : logE) {
            product += part == 0 ? 0 : LogSpace.add(kept, staked + part);
        }
        return product;
    }
}
