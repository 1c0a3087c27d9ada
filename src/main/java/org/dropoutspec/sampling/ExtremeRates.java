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
import org.dropoutspec.statistics.Interval;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.RateCount;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Judges rates of 2^-(b+1) and 1 - 2^-(b+1): rounded to b bits, they lie at the edge or twice as far from it. */
final class ExtremeRates {
    /** The band to certify, as a share of the distance from the edge: the edge and twice the distance lie outside. */
    private static final double BAND = 0.9;

    /** The planned elements, in units of 2^(b+1): 75 are enough on average, 140 in all but one run of a thousand. */
    private static final int HORIZON = 150;

    /** The elements of one call in the same units, unless it gets large: about half of all rates need no other call. */
    private static final int IN_ONE_CALL = 80;

    /** A resolution that is coarser than this part of the distance from the edge leaves nothing to ask. */
    private static final double FINEST = 1.0 / 8;

    private final SamplingContext context;
    private final List<Double> distances;
    private final int parts;

    ExtremeRates(SamplingContext context) {
        this.context = context;
        this.distances = context.plan().bits().stream()
                .map(bits -> Math.scalb(1.0, -bits - 1))
                .filter(distance -> context.resolution() <= FINEST * distance)
                .toList();
        this.parts = 2 * distances.size() * context.dtypes().size();
    }

    Conclusion conclusion() {
        if (distances.isEmpty()) {
            return new Inapplicable("the declared rate_resolution of " + context.resolution()
                    + " is coarser than the distance of every rate asked from 0 and 1");
        }
        List<Map<String, Object>> evidence = new ArrayList<>();
        Optional<String> undecided = Optional.empty();
        for (DType dtype : context.dtypes()) {
            for (double distance : distances) {
                for (double rate : List.of(distance, 1 - distance)) {
                    if (dtype.value(dtype.round(rate)) != rate) {
                        continue; // a type that does not hold the rate may round it
                    }
                    RateCount count = drawn(dtype, rate, distance);
                    if (count.elements() == 0) {
                        continue; // cannot be expressed
                    }
                    evidence.add(figures(dtype, rate, count));
                    String seen = seen(dtype, rate, distance, count);
                    if (isRejected(rate, count)) {
                        return new Rejected(seen, Map.of("rates", evidence));
                    }
                    if (!isCertified(rate, distance, count)) {
                        undecided = undecided.or(() -> Optional.of(seen));
                    }
                }
            }
        }
        if (evidence.isEmpty()) {
            return context.expressed().noMask();
        }
        return undecided.isPresent()
                ? new Undecided(undecided.get(), Map.of("rates", evidence))
                : new Certified(message(), Map.of("rates", evidence));
    }

    private RateCount drawn(DType dtype, double rate, double distance) {
        long limit = (long) (Plan.EXTENSION * HORIZON / distance);
        RateCount count = RateCount.NONE;
        long asked = 0;
        while (asked < limit && !isRejected(rate, count) && !isCertified(rate, distance, count)) {
            Call call = context.draw()
                    .plain(new Stratum(dtype, rate), shape(dtype, rate, distance))
                    .call();
            boolean seeded =
                    asked == 0 && context.takesSeeds() && context.repertoire().contains(call.withSeed(0));
            Optional<PackedMask> mask =
                    context.sampler().mask(seeded ? context.draw().withFreshSeed(call, SeedKind.SMALL) : call);
            asked += call.input().size();
            if (mask.isEmpty()) {
                break;
            }
            count = count.plus(new RateCount(mask.get().size(), mask.get().count()));
        }
        return count;
    }

    /** A shape that no vectors fill, near rate 1 only those of two elements; or a large one. */
    private Shape shape(DType dtype, double rate, double distance) {
        int enough = (int) Math.min(1 << 20, IN_ONE_CALL / distance) + (rate < 0.5 ? 3 : 2);
        Shape large = context.large(dtype);
        return enough < large.size() ? context.plain(dtype, Shape.of(enough)) : large;
    }

    private double threshold() {
        return context.threshold(StatisticalRequirements.EDGES, parts);
    }

    private boolean isRejected(double rate, RateCount count) {
        return count.logE(rate, context.resolution()) >= threshold();
    }

    private boolean isCertified(double rate, double distance, RateCount count) {
        return count.elements() > 0
                && interval(rate, count).distanceFrom(rate) <= BAND * distance + context.resolution();
    }

    private Interval interval(double rate, RateCount count) {
        return count.interval(rate, context.alpha(parts));
    }

    /** The counts in words, by the rarer outcome: near rate 1 by the elements that were kept. */
    private String seen(DType dtype, double rate, double distance, RateCount count) {
        boolean low = rate < 0.5;
        return Figures.count(low ? count.dropped() : count.kept()) + " of " + Figures.count(count.elements())
                + " elements were " + (low ? "dropped" : "kept") + ", "
                + Figures.expected(count.elements() * (low ? rate : 1 - rate)) + " expected at rate "
                + Figures.rate(rate) + " (" + dtype + " " + shape(dtype, rate, distance) + ")";
    }

    private Map<String, Object> figures(DType dtype, double rate, RateCount count) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("type", dtype.toString());
        figures.put("rate", Figures.rate(rate));
        figures.put("elements", count.elements());
        figures.put("dropped", count.dropped());
        figures.put("log10_e", Figures.log10(count.logE(rate, context.resolution())));
        figures.put("rejects_at_log10_e", Figures.log10(threshold()));
        Interval interval = interval(rate, count);
        figures.put("resolution", context.resolution());
        figures.put("interval_level", context.alpha(parts));
        figures.put("interval", List.of(interval.low(), interval.high()));
        figures.put("certified_bound", interval.distanceFrom(rate));
        return figures;
    }

    private String message() {
        List<String> rates =
                distances.stream().map(distance -> Figures.rate(distance)).toList();
        return "neither nothing nor twice as much dropped at rates of " + Figures.list(rates)
                + ", nor kept at 1 less these";
    }
}
