package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.sampling.Conclusion.Certified;
import org.dropoutspec.sampling.Conclusion.Inapplicable;
import org.dropoutspec.sampling.Conclusion.Rejected;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.Binomial;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.RateCount;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * Masks at neighbouring rates p and q under the same seed, which may be equal no more often than is possible.
 *
 * <p>Nothing is known of how the two masks depend on each other. Drawn from the same uniform numbers, they differ in
 * each element by itself, with probability q - p. Drawn in another way, they may be equal under most seeds and differ
 * in hundreds of elements under the rest. So the pairs of masks are counted and not their elements, each pair under a
 * seed of its own that is drawn at random. Whether one pair differs is then independent of every other pair, whatever
 * the implementation does.
 *
 * <p>The probability that two masks are equal is at most the sum over all masks of the smaller of their two
 * probabilities. This is 1 less the total variation distance of the two distributions (the coupling inequality). For
 * independent elements it is the distance of two binomial distributions. Within the resolution r it is at least the
 * distance at p + r and q - r: the number of drops is never more than at the one and never less than at the other.
 *
 * <p>The rates are 1/32 and 15/32 of a step of 2^-b above a multiple of the step. Rounded to b bits, down, up or to
 * nearest, they are the same, and then the masks of every pair are equal.
 */
final class NeighbouringRates {
    /** Larger calls show more a pair, but all pairs together cost more: about as the square root of the size. */
    private static final Shape WANTED = Shape.of(4096);

    /** The most pairs, in units of 1/least: some 30 are enough to reject, 40 to certify if no more differ than must. */
    private static final int LIMIT = 120;

    /** The share of the least probability that a pass certifies. */
    private static final double CERTIFIED = 0.25;

    private final SamplingContext context;
    private final DType dtype;
    private final Shape shape;
    private final List<Integer> bits;

    NeighbouringRates(SamplingContext context) {
        this.context = context;
        this.dtype = context.dtypes().get(0);
        this.shape = context.repertoire().plain(dtype, true, WANTED);
        this.bits = context.plan().bits().stream()
                .filter(width -> 4 * context.resolution() <= difference(width))
                .toList();
    }

    private static double difference(int bits) {
        return Math.scalb(7.0, -bits - 4);
    }

    /** A rate that float32 and the type hold; far from 0 and 1 if the type has the digits. */
    private double rate(int bits) {
        double multiple = dtype.fractionBits() > 20 ? Math.floor(0.3 * Math.scalb(1.0, bits)) : 1;
        return Math.scalb(multiple + 1.0 / 32, -bits);
    }

    private double neighbour(int bits) {
        return rate(bits) + difference(bits);
    }

    /** The least probability with which the masks of a pair differ. */
    private double least(int bits) {
        Binomial fewer = new Binomial(shape.size(), rate(bits) + context.resolution());
        return fewer.distance(new Binomial(shape.size(), neighbour(bits) - context.resolution()));
    }

    Conclusion conclusion() {
        if (bits.isEmpty()) {
            return new Inapplicable("the declared rate_resolution of " + context.resolution()
                    + " is coarser than the difference of any two rates asked");
        }
        List<Map<String, Object>> evidence = new ArrayList<>();
        Optional<String> undecided = Optional.empty();
        for (int width : bits) {
            double least = least(width);
            RateCount pairs = different(width, least);
            evidence.add(figures(width, least, pairs));
            if (pairs.elements() == 0) {
                return context.expressed().noMask();
            }
            String seen = "rate " + rate(width) + " and rate " + neighbour(width) + " gave different masks under "
                    + Figures.count(pairs.dropped()) + " of " + Figures.items(pairs.elements(), "seed") + ", at least "
                    + Figures.expected(pairs.elements() * least) + " expected (" + dtype + " " + shape + ")";
            if (isRejected(least, pairs)) {
                return new Rejected(seen, Map.of("pairs", evidence));
            }
            if (!isCertified(least, pairs)) {
                undecided = undecided.or(() -> Optional.of(seen));
            }
        }
        return undecided.isPresent()
                ? new Undecided(undecided.get(), Map.of("pairs", evidence))
                : new Certified(message(), Map.of("pairs", evidence));
    }

    /** Counts pairs of calls and those whose masks differ; ends at a pair that cannot be expressed. */
    private RateCount different(int width, double least) {
        SplittableRandom seeds = new SplittableRandom(context.seedFor("neighbours " + width));
        RateCount pairs = RateCount.NONE;
        long look = 1;
        while (pairs.elements() < LIMIT / least) {
            Call call = context.draw()
                    .plain(new Stratum(dtype, rate(width)), shape)
                    .call()
                    .withSeed(seeds.nextLong() >>> 64 - context.seedBits());
            Optional<PackedMask> first = context.sampler().mask(call);
            Optional<PackedMask> second = context.sampler().mask(call.withRate(neighbour(width)));
            if (first.isEmpty() || second.isEmpty()) {
                break;
            }
            boolean same = first.get().equals(second.get());
            pairs = pairs.plus(new RateCount(1, same ? 0 : 1));
            if (pairs.elements() >= look) {
                if (isRejected(least, pairs) || isCertified(least, pairs)) {
                    break;
                }
                look += 1 + look / 16;
            }
        }
        return pairs;
    }

    private double threshold() {
        return context.threshold(StatisticalRequirements.NEIGHBOURS, bits.size());
    }

    private boolean isRejected(double least, RateCount pairs) {
        return pairs.logEAtLeast(least) >= threshold();
    }

    private boolean isCertified(double least, RateCount pairs) {
        return pairs.elements() > 0 && certified(least, pairs) >= CERTIFIED * least;
    }

    private double certified(double least, RateCount pairs) {
        return pairs.interval(least, context.alpha(bits.size())).low();
    }

    private Map<String, Object> figures(int width, double least, RateCount pairs) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("type", dtype.toString());
        figures.put("bits", width);
        figures.put("rates", List.of(rate(width), neighbour(width)));
        figures.put("elements", shape.size());
        figures.put("seeds", pairs.elements());
        figures.put("different", pairs.dropped());
        figures.put("least", least);
        figures.put("log10_e", Figures.log10(pairs.logEAtLeast(least)));
        figures.put("rejects_at_log10_e", Figures.log10(threshold()));
        figures.put("certified_least", pairs.elements() == 0 ? 0 : certified(least, pairs));
        return figures;
    }

    private String message() {
        return "rates that differ by "
                + Figures.list(bits.stream()
                        .map(width -> Figures.bound(difference(width)))
                        .toList())
                + " give different masks under the same seed (" + dtype + " " + shape + ")";
    }
}
