package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * The evidence of one cell after another for a rate of its own, from the counts of all strata. Half of the bet is that
 * the log odds are shifted by the same amount in all strata, half is on each for itself ({@link Disjoint}).
 */
final class RateEvidence {
    private final Bets bets;
    private final WrongRate.Charges charges;
    private final double[] rates;
    private final double resolution;
    private final Surprise surprise;
    private final long[] elements;
    private final long[] dropped;
    private final double[] parts;
    private int shown;

    RateEvidence(Design design, Bets bets, WrongRate.Charges charges) {
        this.bets = bets;
        this.charges = charges;
        this.rates = design.strata().stream().mapToDouble(Stratum::rate).toArray();
        this.resolution = design.resolution();
        this.surprise = new Surprise(rates.length);
        this.elements = new long[rates.length];
        this.dropped = new long[rates.length];
        this.parts = new double[rates.length];
    }

    /** Goes on to the next cell. */
    void clear() {
        surprise.clear();
        Arrays.fill(elements, 0);
    }

    /** Sets the counts of a stratum; at most once a cell. */
    void set(int stratum, long count, long drops) {
        if (count > 0) {
            elements[stratum] = count;
            dropped[stratum] = drops;
            double p = rates[stratum];
            double deviation = drops - p * count;
            double beyond = Math.max(0, Math.abs(deviation) - resolution * count);
            surprise.add(stratum, Math.copySign(beyond, deviation), p * (1 - p) * count, 1);
        }
    }

    /** The stratum that showed most in the cell judged last; -1 where none holds elements. */
    int shown() {
        return shown;
    }

    /** ln E of the cell; minus infinity where it is not worth a bet. */
    double logE() {
        shown = surprise.where();
        return surprise.isWorthABet() ? bet() : Double.NEGATIVE_INFINITY;
    }

    double bet() {
        double[] wide = new double[Tilt.BETS];
        double[] point = new double[Tilt.BETS];
        for (int s = 0; s < parts.length; s++) {
            parts[s] = 0;
            if (elements[s] > 0) {
                parts[s] = Math.min(
                        bets.rate(s, true).logE(elements[s], dropped[s]),
                        bets.rate(s, false).logE(elements[s], dropped[s]) - charges.each()[s]);
                bets.tilt(s, true).add(elements[s], dropped[s], wide);
                bets.tilt(s, false).add(elements[s], dropped[s], point);
            }
        }
        for (int s = 0; s < parts.length; s++) {
            shown = elements[s] > 0 && (shown < 0 || parts[s] > parts[shown]) ? s : shown;
        }
        double each = Disjoint.together(parts);
        double alike = Math.min(Tilt.logE(wide), Tilt.logE(point) - charges.all());
        return parts.length == 1 ? each : LogSpace.add(each, alike) - Math.log(2);
    }
}
