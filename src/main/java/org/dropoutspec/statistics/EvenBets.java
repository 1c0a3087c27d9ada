package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bets on counts of drops that vary less than they should.
 *
 * <p>A bet expects a count of n elements to lie on a {@link Bell} g around n p: it pays g(S)/E(g), where E is the
 * expectation among independent draws at the rate p. That is fair at p. Under the null, however, an adversary may
 * choose each probability of a drop in [low, high], and can steer the count towards n p. Two repairs hold against any
 * adversary:
 *
 * <ul>
 *   <li>divide g not by E(g) but by the largest expectation of g that an adversary can reach ({@link SteeredCounts});
 *   <li>by Hölder's inequality, with 1/a + 1/b = 1: no adversary makes more of (g/E(g))^(1/a) than m^(n/b), where m is
 *       the largest p (q/p)^b + (1-p) ((1-q)/(1-p))^b for q in [low, high], which is at one of the ends.
 * </ul>
 *
 * <p>The repair and a follow from n, p and the resolution r: those with which the bet grows fastest if it is right.
 * With z = r (n/(p (1-p)))^(1/2), Hölder's inequality takes about the part 2 z / (2 k)^(1/2) of a growth k, next to
 * nothing at the default resolution; the dynamic program takes half as much of a fast growth. A bet that would not grow
 * is not made.
 */
final class EvenBets {
    /** Widths of the bells, in standard deviations of the count: a width of w divides the variance by 1 + 1/w^2. */
    private static final double[] RELATIVE = {4, 2, 1, 0.5, 0.25};

    /** The widths of two further bells, in elements. */
    private static final double[] ABSOLUTE = {2.4, 0.6};

    /** How many bets there are. */
    static final int BETS = RELATIVE.length + ABSOLUTE.length;

    /** The bet that the variance is about half of what it should be. */
    static final int HALF_VARIANCE = 2;

    /** The bet that the number is fixed. */
    static final int FIXED_NUMBER = BETS - 1;

    /** In nats a count: a bet with less growth than this is not told as lost, as in counts of a few elements. */
    private static final double NOTHING = 0.01;

    /** Numbers of drops that are less probable than this part of the most probable one are left out. */
    private static final double FAR = 0x1p-18;

    /** The number of values of a that are tried: 1 + 2^-i, for i from -3 on. */
    private static final int POWERS = 24;

    private final double rate;
    private final double low;
    private final double high;
    private final double[] powers = new double[POWERS];
    /** ln m / b for each a. */
    private final double[] prices = new double[POWERS];
    /** The programs by the power of two in the bell's width, made when they are first needed. */
    private final Map<Integer, SteeredCounts> steered = new ConcurrentHashMap<>();

    EvenBets(double rate, double low, double high) {
        this.rate = rate;
        this.low = low;
        this.high = high;
        for (int i = 0; i < POWERS; i++) {
            powers[i] = 1 + Math.scalb(1.0, 3 - i);
            double b = powers[i] / (powers[i] - 1);
            prices[i] = Math.max(0, Math.max(logMoment(low, b), logMoment(high, b)) / b) + 0x1p-50;
        }
    }

    private double logMoment(double q, double b) {
        double drop = q > 0 ? b * LogSpace.logRatio(q, rate) : Double.NEGATIVE_INFINITY;
        double keep = q < 1 ? b * Math.log1p((rate - q) / (1 - rate)) : Double.NEGATIVE_INFINITY;
        // if both factors are near 1, so is the sum
        return Math.max(drop, keep) < 1
                ? Math.log1p(rate * Math.expm1(drop) + (1 - rate) * Math.expm1(keep))
                : LogSpace.add(Math.log(rate) + drop, Math.log1p(-rate) + keep);
    }

    /** The bets on counts of one size: ln of what a bet pays is {@code power * bell.log(count) - price}. */
    static final class Terms {
        private final Bell[] bells = new Bell[BETS];
        private final double[] powers = new double[BETS];
        private final double[] prices = new double[BETS];
        private int[] lost = {};

        /** Whether the bet is made. */
        boolean places(int bet) {
            return powers[bet] > 0;
        }

        /** The bets that are not made because of the resolution. */
        int[] lost() {
            return lost;
        }

        /** Sets each entry to ln of what that bet pays for {@code count} drops. */
        void pay(int count, double[] pays) {
            for (int bet = 0; bet < BETS; bet++) {
                pays[bet] = places(bet) ? powers[bet] * bells[bet].log(count) - prices[bet] : 0;
            }
        }
    }

    Terms of(int size) {
        Terms terms = new Terms();
        BinomialWeights weights = new BinomialWeights(size, rate, FAR);
        double deviation = Math.sqrt(size * rate * (1 - rate));
        List<Integer> lost = new ArrayList<>();
        for (int bet = 0; bet < BETS; bet++) {
            double width = bet < RELATIVE.length ? RELATIVE[bet] * deviation : ABSOLUTE[bet - RELATIVE.length];
            terms.bells[bet] = Bell.of(size, rate, width);
            BinomialWeights.Expectation fair = weights.expectation(terms.bells[bet]);
            place(terms, bet, size, fair);
            if (!terms.places(bet) && fair.growth() > NOTHING) {
                lost.add(bet);
            }
        }
        terms.lost = lost.stream().mapToInt(Integer::intValue).toArray();
        return terms;
    }

    private void place(Terms terms, int bet, int size, BinomialWeights.Expectation fair) {
        double growth = 0;
        for (int i = 0; i < POWERS; i++) {
            double grown = fair.growth() / powers[i] - size * prices[i];
            if (grown > growth) {
                growth = grown;
                terms.powers[bet] = 1 / powers[i];
                terms.prices[bet] = fair.log() / powers[i] + size * prices[i];
            }
        }
        if (isWorthAProgram(size, fair.growth(), growth)) {
            Bell bell = terms.bells[bet];
            double most = steered.computeIfAbsent(
                            bell.power(), power -> new SteeredCounts(rate, low, high, Bell.width(power)))
                    .logMost(size);
            if (fair.growth() + fair.log() - most > growth) {
                terms.powers[bet] = 1;
                terms.prices[bet] = most;
            }
        }
    }

    /** Whether Hölder's inequality takes more than a fifth, and the program leaves something (found by trials). */
    private boolean isWorthAProgram(int size, double fair, double left) {
        double z = Math.max(high - rate, rate - low) * Math.sqrt(size / (rate * (1 - rate)));
        return size <= SteeredCounts.LARGEST && left < 0.8 * fair && fair > 0.35 && z < 2 * fair;
    }
}
