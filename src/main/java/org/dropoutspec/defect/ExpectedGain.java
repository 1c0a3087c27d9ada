package org.dropoutspec.defect;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The traces of one view in one cell, added up: the nats that the best bet is expected to gain from them, and how far
 * its gain scatters.
 */
final class ExpectedGain {
    private static final int TILTS = 27;
    private static final int STRENGTHS = 13;
    private static final int TRIPLE_STRENGTHS = 6;
    /** Functions of two earlier elements are searched for in this many elements, the first ones. */
    private static final int TRIPLED = 1 << 14;

    /** The least variance of a number of drops (about) for a promise about a number that wanders or is fixed. */
    private static final double FEWEST = 10;

    /** Bets on too even numbers consist of bells, 0.6 times powers of two wide. The reach limits what one costs. */
    private static final double NARROWEST = 0.6;

    private static final int WIDTHS = 12;
    private static final double REACH = 5;
    private static final int POINTS = 400;

    /** The traces, by trace without its number of elements. */
    private final Map<Object, Bin> bins = new LinkedHashMap<>();

    private double tripled;

    private static final class Bin {
        final Trace trace;
        double elements;

        Bin(Trace trace) {
            this.trace = trace;
        }
    }

    /** The mean and the variance of the nats that a bet gains. */
    record Gain(double mean, double variance) {
        static final Gain NONE = new Gain(0, 0);

        Gain plus(double mean, double variance) {
            return new Gain(this.mean + mean, this.variance + variance);
        }

        /** The gain that remains after bad luck of this many standard deviations. */
        double less(double deviations) {
            return mean - deviations * Math.sqrt(variance);
        }
    }

    void add(Trace trace) {
        double elements = trace.elements();
        if (trace instanceof Trace.Triples) {
            elements = Math.min(elements, TRIPLED - tripled);
            tripled += elements;
        }
        bins.computeIfAbsent(key(trace), any -> new Bin(trace)).elements += elements;
    }

    private static Object key(Trace trace) {
        if (trace instanceof Trace.Rate rate) {
            return new Trace.Rate(rate.view(), rate.rate(), rate.toward(), 0);
        } else if (trace instanceof Trace.Pairs pairs) {
            return new Trace.Pairs(pairs.view(), pairs.rate(), pairs.other(), pairs.sign(), 0);
        } else if (trace instanceof Trace.Triples triples) {
            return new Trace.Triples(triples.view(), triples.rate(), triples.combination(), 0);
        } else if (trace instanceof Trace.Calls calls) {
            return new Trace.Calls(calls.spread(), calls.struck(), calls.rate(), calls.size(), 0);
        }
        return new Trace.Shown(((Trace.Shown) trace).share(), 0);
    }

    /** The gain of the bet that has most left after bad luck of this many standard deviations. */
    Gain best(double strength, double deviations) {
        Gain best = Gain.NONE;
        for (int bet = 0; bet < 2 * TILTS; bet++) {
            Gain gain = Gain.NONE;
            for (Bin bin : bins.values()) {
                gain = plus(gain, bin, strength, bet);
            }
            best = gain.less(deviations) > best.less(deviations) ? gain : best;
        }
        return best;
    }

    private Gain plus(Gain gain, Bin bin, double strength, int bet) {
        double n = bin.elements;
        if (bin.trace instanceof Trace.Rate trace) {
            double q = trace.rate() + strength * (trace.toward() - trace.rate());
            double shift = (bet % 2 == 0 ? 1 : -1) * 8 * Math.pow(2, -(bet / 2) / 2.0);
            double against = Math.log1p(trace.rate() * Math.expm1(shift));
            return gain.plus(n * (q * shift - against), n * q * (1 - q) * shift * shift);
        } else if (bin.trace instanceof Trace.Pairs trace) {
            return bet < 2 * STRENGTHS ? pairs(gain, trace, n, strength, bet) : Gain.NONE;
        } else if (bin.trace instanceof Trace.Triples trace) {
            return triples(gain, trace, n, strength, bet);
        } else if (bin.trace instanceof Trace.Calls trace) {
            return calls(gain, trace, n, strength, bet);
        }
        // the mean number of decisive observations, x of them: e^-x is the probability of none
        double share = ((Trace.Shown) bin.trace).share();
        return gain.plus(-n * Math.log1p(-Math.min(share * strength, 1 - 1e-12)), 0);
    }

    private static Gain pairs(Gain gain, Trace.Pairs trace, double n, double strength, int bet) {
        double step = bet / 2 == 0 ? 0.999 : Math.scalb(1.0, -(bet / 2));
        double p = trace.rate();
        double k = trace.other();
        double same = Math.min((1 - p) / (1 - k), p / k);
        double opposite = Math.min(p / (1 - k), (1 - p) / k);
        double slope = bet % 2 == 0 ? step * same : -step * opposite;
        double real = strength * (trace.sign() > 0 ? same : trace.sign() < 0 ? -opposite : 0);
        Gain after = log(p, p + real * (1 - k), p + slope * (1 - k));
        Gain otherwise = log(p, p - real * k, p - slope * k);
        double mean = k * after.mean() + (1 - k) * otherwise.mean();
        double square = k * (after.variance() + after.mean() * after.mean())
                + (1 - k) * (otherwise.variance() + otherwise.mean() * otherwise.mean());
        return gain.plus(n * mean, n * (square - mean * mean));
    }

    /** One count holds both the struck elements and the others. */
    private Gain triples(Gain gain, Trace.Triples trace, double struck, double full, int bet) {
        Bin unstruck = bins.get(new Trace.Triples(trace.view(), trace.rate(), Combination.NONE, 0));
        double all = struck + (unstruck == null ? 0 : unstruck.elements);
        if (trace.combination() == Combination.NONE || all == 0 || bet >= 2 * TRIPLE_STRENGTHS) {
            return gain;
        }
        double p = trace.rate();
        double real = full * struck / all * trace.combination().excess(p);
        double step = bet / 2 == 0 ? 0.999 : Math.scalb(1.0, -(bet / 2));
        double expected = bet % 2 == 0 ? step * p * p * (1 - p) : -step * p * p * p;
        double[] share = {p * p, 2 * p * (1 - p), (1 - p) * (1 - p)};
        double[] slope = {1 / (p * p), -1 / (p * (1 - p)), 1 / ((1 - p) * (1 - p))};
        double mean = 0;
        double square = 0;
        for (int drops = 0; drops < share.length; drops++) {
            Gain own = log(p, p + real * slope[drops], p + expected * slope[drops]);
            mean += share[drops] * own.mean();
            square += share[drops] * (own.variance() + own.mean() * own.mean());
        }
        return gain.plus(all * mean, all * (square - mean * mean));
    }

    private static Gain calls(Gain gain, Trace.Calls trace, double n, double strength, int bet) {
        double p = trace.rate();
        double variance = trace.size() * p * (1 - p);
        if (trace.spread() == Overdispersion.FIXED) {
            return bet < WIDTHS ? fixed(gain, trace.struck() ? strength : 0, variance, n, bet) : gain;
        }
        double distance = Math.min(p, 1 - p) * Math.scalb(1.0, -(bet / 2 % 10) - 1);
        double moved = trace.struck() ? strength * Overdispersion.reach(p) : 0;
        double mean = 0;
        double square = 0;
        for (int side = -1; side <= 1; side += 2) {
            double q = p + side * moved;
            double deviation = Math.sqrt(trace.size() * q * (1 - q));
            for (int point = -4; point <= 4; point++) {
                double weight = Math.exp(-point * point / 2.0) / 2.5066 / 2;
                double drops = Math.max(0, Math.min(trace.size(), trace.size() * q + point * deviation));
                double above = pay(p, p + distance, drops, trace.size());
                double below = pay(p, p - distance, drops, trace.size());
                double most = Math.max(above, below);
                double pay = most + Math.log((1 + Math.exp(Math.min(above, below) - most)) / 2);
                mean += weight * pay;
                square += weight * pay * pay;
            }
        }
        return gain.plus(n * mean, n * Math.max(0, square - mean * mean));
    }

    /** A bet expects a number of drops near rate times size, falling off like a normal distribution of some width. */
    private static Gain fixed(Gain gain, double often, double variance, double n, int bet) {
        if (variance < FEWEST) {
            return gain;
        }
        double width = Math.scalb(NARROWEST, bet);
        double fair = 0;
        double mean = 0;
        double square = 0;
        for (int point = -POINTS; point <= POINTS; point++) {
            double deviation = 4.0 * point / POINTS;
            double weight = Math.exp(-deviation * deviation / 2) * 4 / POINTS / Math.sqrt(2 * Math.PI);
            double z = Math.min(REACH, Math.abs(deviation) * Math.sqrt(variance) / width);
            fair += weight * Math.exp(-z * z / 2);
            mean -= weight * z * z / 2;
            square += weight * z * z * z * z / 4;
        }
        // a number rounded up or down is on average at most a half off
        double off = 0.25 / (2 * width * width);
        mean = (1 - often) * mean - often * off;
        square = (1 - often) * square + often * off * off;
        return gain.plus(n * (mean - Math.log(fair)), n * (square - mean * mean));
    }

    private static double pay(double p, double q, double drops, int size) {
        return drops * Math.log(q / p) + (size - drops) * Math.log((1 - q) / (1 - p));
    }

    /** The gain of betting on drop probability {@code bet} where it is {@code real} and p was asked, by element. */
    private static Gain log(double p, double real, double bet) {
        double q = Math.min(1 - 1e-9, Math.max(1e-9, real));
        double expected = Math.min(1 - 1e-9, Math.max(1e-9, bet));
        double drop = Math.log(expected / p);
        double keep = Math.log((1 - expected) / (1 - p));
        double mean = q * drop + (1 - q) * keep;
        return new Gain(mean, q * drop * drop + (1 - q) * keep * keep - mean * mean);
    }
}
