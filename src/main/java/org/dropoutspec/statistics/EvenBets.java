package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bets on counts of drops that vary less than they should.
 *
 * <p>A bet expects a count of n elements to lie within some width of where it is expected: it pays g(S)/E(g), where g is
 * a bell of that width around n p, cut off at {@link Target#REACH} widths, and E(g) its expectation among independent
 * draws at the rate p. That is fair at p. Under the null the probability of a drop may wander in [low, high] though, and
 * an adversary can steer the count towards n p. Two repairs hold for whatever it does:
 *
 * <ul>
 *   <li>divide g by the most that can be made of it in place of E(g) ({@link SteeredCount}), for counts of up to 4,096
 *       elements, since it takes n^1.5 steps;
 *   <li>by Hölder's inequality, with 1/a + 1/b = 1: no adversary makes more of (g/E(g))^(1/a) than m^(n/b), where m is the
 *       largest p (q/p)^b + (1-p) ((1-q)/(1-p))^b for q in [low, high], and so at one of the ends.
 * </ul>
 *
 * <p>Which repair and which a is fixed by n, p and the resolution: those under which the bet grows fastest if it is
 * right. Where it would not grow, no bet is made.
 */
final class EvenBets {
    /** Widths of the bells, in standard deviations of the count: a bell of width w divides the variance by 1 + 1/w^2. */
    private static final double[] RELATIVE = {8, 4, 2, 1, 0.5, 0.25};

    /** And in elements. */
    private static final double[] ABSOLUTE = {2.5, 0.6};

    /** How many bets there are. */
    static final int BETS = RELATIVE.length + ABSOLUTE.length;

    /** The bet that the variance is half of what it should be. */
    static final int HALF_VARIANCE = 3;

    /** The bet that the number is fixed. */
    static final int FIXED_NUMBER = BETS - 1;

    private static final int LARGEST_STEERED = 4096;

    /** The steered count is followed where Hölder's inequality takes more than this part of a bet's growth. */
    private static final double WORTH_MORE = 0.02;

    /** What a bet would gain a count where it is none: in counts of a few elements there is nothing to be told. */
    private static final double NOTHING = 0.01;

    /** a is 1 + 2^-i, for i from -3 on. */
    private static final int POWERS = 24;

    private final double rate;
    private final SteeredCount steered;
    private final double[] powers = new double[POWERS];
    /** ln m / b, for each a. */
    private final double[] prices = new double[POWERS];

    EvenBets(double rate, double low, double high) {
        this.rate = rate;
        this.steered = new SteeredCount(rate, low, high);
        for (int i = 0; i < POWERS; i++) {
            powers[i] = 1 + Math.scalb(1.0, 3 - i);
            double b = powers[i] / (powers[i] - 1);
            prices[i] = Math.max(0, Math.max(logMoment(low, b), logMoment(high, b)) / b) + 0x1p-50;
        }
    }

    private double logMoment(double q, double b) {
        double drop = q > 0 ? b * LogSpace.logRatio(q, rate) : Double.NEGATIVE_INFINITY;
        double keep = q < 1 ? b * LogSpace.logRatio(1 - q, 1 - rate) : Double.NEGATIVE_INFINITY;
        // p e^drop + (1-p) e^keep, less 1 where both are near 1
        return Math.max(drop, keep) < 1
                ? Math.log1p(rate * Math.expm1(drop) + (1 - rate) * Math.expm1(keep))
                : LogSpace.add(Math.log(rate) + drop, Math.log1p(-rate) + keep);
    }

    /**
     * Where a bet expects the count.
     *
     * @param width the standard deviation of the bell
     */
    record Target(double centre, double width) {
        /** In widths: beyond it all counts pay alike, so that one of them costs a bet 12.5 nats at most. */
        static final double REACH = 5;

        /** ln of the bell at a count. */
        double log(int count) {
            double z = Math.min(REACH, Math.abs(count - centre) / width);
            return -0.5 * z * z;
        }
    }

    /** The bets on counts of one size: ln of what a bet pays is {@code power * target.log(count) - price}. */
    static final class Terms {
        private final Target[] targets = new Target[BETS];
        private final double[] powers = new double[BETS];
        private final double[] prices = new double[BETS];
        private int[] lost = {};

        /** Whether the bet is made at all. */
        boolean places(int bet) {
            return powers[bet] > 0;
        }

        /** The bets that are not made because of the resolution. */
        int[] lost() {
            return lost;
        }

        /** Sets ln of what each bet pays for {@code count} drops. */
        void pay(int count, double[] pays) {
            for (int bet = 0; bet < BETS; bet++) {
                pays[bet] = places(bet) ? powers[bet] * targets[bet].log(count) - prices[bet] : 0;
            }
        }
    }

    Terms of(int size) {
        Terms terms = new Terms();
        Weights weights = new Weights(size, rate);
        double deviation = Math.sqrt(size * rate * (1 - rate));
        List<Integer> lost = new ArrayList<>();
        for (int bet = 0; bet < BETS; bet++) {
            double width = bet < RELATIVE.length ? RELATIVE[bet] * deviation : ABSOLUTE[bet - RELATIVE.length];
            Target target = new Target(size * rate, width);
            terms.targets[bet] = target;
            Expectation fair = weights.expectation(target);
            place(terms, bet, size, fair);
            if (!terms.places(bet) && fair.growth() > NOTHING) {
                lost.add(bet);
            }
        }
        terms.lost = lost.stream().mapToInt(Integer::intValue).toArray();
        return terms;
    }

    private void place(Terms terms, int bet, int size, Expectation fair) {
        double growth = 0;
        for (int i = 0; i < POWERS; i++) {
            double grown = fair.growth() / powers[i] - size * prices[i];
            if (grown > growth) {
                growth = grown;
                terms.powers[bet] = 1 / powers[i];
                terms.prices[bet] = fair.log() / powers[i] + size * prices[i];
            }
        }
        if (size <= LARGEST_STEERED && growth < (1 - WORTH_MORE) * fair.growth()) {
            double worst = steered.logWorst(size, terms.targets[bet]);
            if (fair.growth() + fair.log() - worst > growth) {
                terms.powers[bet] = 1;
                terms.prices[bet] = worst;
            }
        }
    }

    /**
     * What independent draws make of a bell g.
     *
     * @param log ln E(g), rounded up
     * @param growth what a bet on g gains a count if it is right: the expectation of ln(g/E(g)) in proportion to g
     */
    private record Expectation(double log, double growth) {}

    /** The binomial distribution of a count, but for a factor that is the same for all and for what is below 2^-70. */
    private static final class Weights {
        private static final double LEAST = 0x1p-70;

        private final double[] weights;
        private final int first;

        /** By the ratios of neighbours, from the most probable count on: each errs by a few roundings, and they add. */
        Weights(int size, double rate) {
            int mode = (int) Math.min(size, (size + 1.0) * rate);
            double odds = rate / (1 - rate);
            int length = (int) Math.min(size + 1.0, 64 + 24 * Math.sqrt(size * rate * (1 - rate)));
            double[] above = new double[length];
            int up = 0;
            for (double w = 1; mode + up < size && w > LEAST; up++) {
                w *= (size - mode - up) / (mode + up + 1.0) * odds;
                above = up < above.length ? above : Arrays.copyOf(above, 2 * above.length);
                above[up] = w;
            }
            double[] below = new double[length];
            int down = 0;
            for (double w = 1; down < mode && w > LEAST; down++) {
                w *= (mode - down) / (size - mode + down + 1.0) / odds;
                below = down < below.length ? below : Arrays.copyOf(below, 2 * below.length);
                below[down] = w;
            }
            first = mode - down;
            weights = new double[down + 1 + up];
            weights[down] = 1;
            for (int i = 0; i < down; i++) {
                weights[down - 1 - i] = below[i];
            }
            System.arraycopy(above, 0, weights, down + 1, up);
        }

        Expectation expectation(Target target) {
            double all = 0;
            double sum = 0;
            double logs = 0;
            double outside = Math.exp(-0.5 * Target.REACH * Target.REACH);
            for (int i = 0; i < weights.length; i++) {
                double log = target.log(first + i);
                double paid = weights[i] * (log > -0.5 * Target.REACH * Target.REACH ? Math.exp(log) : outside);
                all += weights[i];
                sum += paid;
                logs += paid * log;
            }
            // a mean over all is no more than the larger of that over these and what any other is paid
            double others = Math.max(target.log(first - 1), target.log(first + weights.length));
            double log = Math.max(Math.log(sum / all), others) + weights.length * 0x1p-50;
            return new Expectation(log, logs / sum - log);
        }
    }
}
