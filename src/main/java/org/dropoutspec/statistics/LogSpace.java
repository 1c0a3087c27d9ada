package org.dropoutspec.statistics;

/** Sums of numbers that are given by their natural logarithms. */
final class LogSpace {
    /**
     * The part taken off a sum of terms S ln(q/p), relative to the sum of their magnitudes, so that rounding never
     * overstates an e-value: each logarithm errs by at most 4 roundings of 2^-53, each product and sum by one more.
     */
    static final double SLACK = 0x1p-49;

    private LogSpace() {}

    /** ln(exp(a) + exp(b)); either may be minus infinity. */
    static double add(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }

    /** ln of the sum of exp(weight + term). */
    static double sum(double[] logWeights, double[] terms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < terms.length; i++) {
            largest = Math.max(largest, logWeights[i] + terms[i]);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int i = 0; i < terms.length; i++) {
            double below = logWeights[i] + terms[i] - largest;
            // leaving out a term only lowers the sum, by less than its last digit
            if (below > -45) {
                sum += Math.exp(below);
            }
        }
        return largest + Math.log(sum);
    }

    /** ln of the mean of exp(term). */
    static double mean(double[] terms) {
        return mean(terms, 0, terms.length);
    }

    /** ln of the mean of exp(term) over {@code count} of the terms. */
    static double mean(double[] terms, int from, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, terms[i]);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            double below = terms[i] - largest;
            // leaving out a term only lowers the sum, by less than its last digit
            if (below > -45) {
                sum += Math.exp(below);
            }
        }
        return largest + Math.log(sum / count);
    }

    /**
     * ln of the likelihood ratio of rate q to rate p, from the logarithms of its factors at a keep and at a drop,
     * rounded towards minus infinity.
     */
    static double ratio(long kept, long dropped, double onKeep, double onDrop) {
        // 0 * -infinity would be NaN: a factor of 0 that was never met counts as 1
        double keeps = kept == 0 ? 0 : kept * onKeep;
        double drops = dropped == 0 ? 0 : dropped * onDrop;
        return keeps + drops - SLACK * (Math.abs(keeps) + Math.abs(drops));
    }

    /** ln(q/p), accurate also where q is close to p. */
    static double logRatio(double q, double p) {
        return Math.log1p((q - p) / p);
    }
}
