package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.special.Erf;

/**
 * Bets on counts of drops that vary more than they should, paid by the element.
 *
 * <p>The null is that every element, whatever came before it, is dropped with a probability in [low, high]. A bet that
 * a count was drawn at the rate q = high + d pays q/high at each drop and (1-q)/(1-high) at each keep, which is at most
 * fair anywhere in the null, also if the probability changes from element to element; likewise for q below low. A bet
 * divides its capital among such rates on both sides, anew before each count: in the parts that a normal distribution
 * of some width gives them or, for deviations of only few counts, a small part of it evenly among all.
 *
 * <p>The gains of a bet add up over counts of different elements, be they calls, rows or words, however these are
 * grouped. No distribution function is needed, so no digits are lost in large counts.
 */
final class UnevenBets {
    /** The number of widths: from a half of the smaller of the rate and its complement, each half of the one before. */
    private static final int WIDTHS = 9;

    /** The parts of the capital that the bets on rare deviations stake. */
    private static final double[] STAKES = {0x1p-2, 0x1p-5, 0x1p-8};

    /** How many bets there are. */
    static final int BETS = WIDTHS + STAKES.length;

    /** The number of distances from which widths are made: from 2^-1 down to 2^-10. */
    private static final int NEAR = 10;

    private static final double ALMOST_ALL = 0.999;

    /** By rate that is bet on: ln of what the bet pays at a drop, and at a keep. */
    private final double[] onDrop;

    private final double[] onKeep;

    /** The shares of the capital that are staked, by bet and rate. */
    private final double[][] stakes;

    private final double[] kept;

    UnevenBets(double rate, double low, double high) {
        double scale = Math.min(rate, 1 - rate);
        List<double[]> pays = new ArrayList<>();
        List<double[]> shares = new ArrayList<>();
        if (high < 1) {
            side(high, 1, 1 - high, scale, pays, shares);
        }
        if (low > 0) {
            side(low, -1, low, scale, pays, shares);
        }
        onDrop = pays.stream().mapToDouble(pay -> pay[0]).toArray();
        onKeep = pays.stream().mapToDouble(pay -> pay[1]).toArray();
        stakes = new double[BETS][pays.size()];
        kept = new double[BETS];
        for (int bet = 0; bet < BETS; bet++) {
            double staked = 0;
            for (int i = 0; i < pays.size(); i++) {
                stakes[bet][i] = shares.get(i)[bet] / 2;
                staked += stakes[bet][i];
            }
            kept[bet] = 1 - staked;
        }
    }

    /** Adds the rates on one side of the null, which ends at {@code end}, and the share of this side's half on each. */
    private static void side(
            double end, int sign, double room, double scale, List<double[]> pays, List<double[]> shares) {
        List<Double> far = new ArrayList<>();
        for (double distance = scale; distance < ALMOST_ALL * room; distance *= 2) {
            far.add(distance);
        }
        far.add(ALMOST_ALL * room);
        for (int i = 0; i < NEAR + far.size(); i++) {
            double fraction = Math.scalb(1.0, -1 - i);
            double distance = i < NEAR ? Math.min(fraction * scale, ALMOST_ALL * room) : far.get(i - NEAR);
            pays.add(new double[] {Math.log1p(sign * distance / end), Math.log1p(-sign * distance / (1 - end))});
            double[] share = new double[BETS];
            for (int bet = 0; bet < WIDTHS; bet++) {
                share[bet] = i < NEAR ? normal(fraction, Math.scalb(1.0, -1 - bet), i == 0) : 0;
            }
            for (int bet = WIDTHS; bet < BETS; bet++) {
                share[bet] = STAKES[bet - WIDTHS] / (NEAR + far.size());
            }
            shares.add(share);
        }
    }

    /** The part of half a normal distribution that lies around a distance or, for the largest, from there on. */
    private static double normal(double distance, double width, boolean largest) {
        double nearer = distance * Math.sqrt(0.5) / width;
        double farther = distance * Math.sqrt(2) / width;
        double beyond = largest ? 0 : Erf.erfc(farther / Math.sqrt(2));
        return Erf.erfc(nearer / Math.sqrt(2)) - beyond;
    }

    /** Sets ln of what each bet pays for {@code dropped} drops in {@code size} elements, from index {@code at} on. */
    void pay(long size, long dropped, double[] pays, int at) {
        double[] terms = new double[onDrop.length];
        double largest = 0;
        for (int i = 0; i < terms.length; i++) {
            terms[i] = LogSpace.ratio(size - dropped, dropped, onKeep[i], onDrop[i]);
            largest = Math.max(largest, terms[i]);
        }
        for (int i = 0; i < terms.length; i++) {
            // leaving out a term only lowers what is paid, by less than its last digit
            terms[i] = terms[i] - largest > -40 ? Math.exp(terms[i] - largest) : 0;
        }
        double nothing = Math.exp(-largest);
        for (int bet = 0; bet < BETS; bet++) {
            double sum = kept[bet] * nothing;
            for (int i = 0; i < terms.length; i++) {
                sum += stakes[bet][i] * terms[i];
            }
            // what was kept back is paid even where it vanishes beside the largest term
            pays[at + bet] = Math.max(largest + Math.log(sum), Math.log(kept[bet]));
        }
    }
}
