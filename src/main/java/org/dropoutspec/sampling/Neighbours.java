package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.sampling.Conclusion.Certified;
import org.dropoutspec.sampling.Conclusion.Inapplicable;
import org.dropoutspec.sampling.Conclusion.Rejected;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.RateCount;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;

/**
 * Neighbouring rates p and p + d under the same seed. However the two masks depend on each other, an element differs
 * between them with a probability of at least the difference of the two drop probabilities.
 *
 * <p>The rates are 1/8 and 3/8 of a step of 2^-b above a multiple of it: rounded to b bits, down, up or to nearest, they
 * are the same.
 */
final class Neighbours {
    /** Of 1/d elements; about 25 are enough to reject, and to certify. */
    private static final int LIMIT = 400;

    /** The share of the least probability that a pass certifies. */
    private static final double CERTIFIED = 0.25;

    private final SamplingContext context;
    private final DType dtype;
    private final List<Integer> bits;

    Neighbours(SamplingContext context) {
        this.context = context;
        this.dtype = context.dtypes().get(0);
        this.bits = context.plan().bits().stream()
                .filter(width -> 4 * context.resolution() <= difference(width))
                .toList();
    }

    private static double difference(int bits) {
        return Math.scalb(1.0, -bits - 2);
    }

    /** A number that float32 and the type hold: far from the edges where it has the digits. */
    private double rate(int bits) {
        double multiple = dtype.fractionBits() > 20 ? Math.floor(0.3 * Math.scalb(1.0, bits)) : 1;
        return Math.scalb(multiple + 0.125, -bits);
    }

    Conclusion conclusion() {
        if (bits.isEmpty()) {
            return new Inapplicable("the declared rate_resolution of " + context.resolution()
                    + " is coarser than the difference of any two rates asked");
        }
        List<Map<String, Object>> evidence = new ArrayList<>();
        Optional<String> undecided = Optional.empty();
        for (int width : bits) {
            double least = difference(width) - 2 * context.resolution();
            RateCount count = differences(width, least);
            evidence.add(figures(width, least, count));
            if (count.elements() == 0) {
                return context.sampler().noMask();
            }
            String seen = Figures.count(count.dropped()) + " of " + Figures.count(count.elements())
                    + " elements differ between rate " + rate(width) + " and rate "
                    + (rate(width) + difference(width)) + " under the same seed, at least "
                    + Figures.expected(count.elements() * least) + " expected (" + dtype + " " + context.large() + ")";
            if (isRejected(least, count)) {
                return new Rejected(seen, Map.of("pairs", evidence));
            }
            if (!isCertified(least, count)) {
                undecided = undecided.or(() -> Optional.of(seen));
            }
        }
        return undecided.isPresent()
                ? new Undecided(undecided.get(), Map.of("pairs", evidence))
                : new Certified(message(), Map.of("pairs", evidence));
    }

    private RateCount differences(int width, double least) {
        RateCount count = RateCount.NONE;
        long limit = (long) (LIMIT / difference(width));
        for (long asked = 0; asked < limit && !isRejected(least, count) && !isCertified(least, count); ) {
            Call plain = context.sampler()
                    .plain(new Stratum(dtype, rate(width)), context.large())
                    .call();
            Call call = context.sampler().withFreshSeed(plain, SeedKind.LARGE);
            if (call.seed().isEmpty()) {
                break; // there are no more seeds
            }
            Optional<PackedMask> first = context.sampler().mask(call);
            Optional<PackedMask> second = context.sampler().mask(call.withRate(rate(width) + difference(width)));
            asked += 2L * call.input().size();
            if (first.isEmpty() || second.isEmpty()) {
                break;
            }
            int different = first.get().differences(second.get());
            count = count.plus(new RateCount(first.get().size(), different));
        }
        return count;
    }

    private double threshold() {
        return context.threshold(StatisticalRequirements.NEIGHBOURS, bits.size());
    }

    private boolean isRejected(double least, RateCount count) {
        return count.logEAtLeast(least) >= threshold();
    }

    private boolean isCertified(double least, RateCount count) {
        return count.elements() > 0 && certified(least, count) >= CERTIFIED * least;
    }

    private double certified(double least, RateCount count) {
        return count.interval(least, context.alpha(bits.size())).low();
    }

    private Map<String, Object> figures(int width, double least, RateCount count) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("type", dtype.toString());
        figures.put("bits", width);
        figures.put("rates", List.of(rate(width), rate(width) + difference(width)));
        figures.put("elements", count.elements());
        figures.put("different", count.dropped());
        figures.put("least", least);
        figures.put("log10_e", Figures.log10(count.logEAtLeast(least)));
        figures.put("rejects_at_log10_e", Figures.log10(threshold()));
        figures.put("certified_least", count.elements() == 0 ? 0 : certified(least, count));
        return figures;
    }

    private String message() {
        return "rates that differ by "
                + Figures.list(bits.stream().map(width -> "2^" + (-width - 2)).toList())
                + " give different masks under the same seed (" + dtype + ")";
    }
}
