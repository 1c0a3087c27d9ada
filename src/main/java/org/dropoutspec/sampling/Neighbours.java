package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.sampling.Conclusion.Certified;
import org.dropoutspec.sampling.Conclusion.Inapplicable;
import org.dropoutspec.sampling.Conclusion.Rejected;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.RateCount;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

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

    private final Setting setting;
    private final DType dtype;
    private final List<Integer> bits;

    Neighbours(Setting setting) {
        this.setting = setting;
        this.dtype = setting.dtypes().get(0);
        this.bits = setting.plan().bits().stream()
                .filter(width -> 4 * setting.resolution() <= difference(width))
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
            return new Inapplicable("the declared rate_resolution of " + setting.resolution()
                    + " is coarser than the difference of any two rates asked");
        }
        List<Map<String, Object>> evidence = new ArrayList<>();
        Optional<String> undecided = Optional.empty();
        for (int width : bits) {
            double least = difference(width) - 2 * setting.resolution();
            RateCount count;
            try {
                count = differences(width, least);
            } catch (Refusal refusal) {
                return new Rejected(refusal.getMessage(), Map.of("pairs", evidence));
            }
            evidence.add(figures(width, least, count));
            if (count.elements() == 0) {
                return new Inapplicable(setting.asker().unsupported());
            }
            String seen = Figures.count(count.dropped()) + " of " + Figures.count(count.elements())
                    + " elements differ between rate " + rate(width) + " and rate "
                    + (rate(width) + difference(width)) + " under the same seed, at least "
                    + Figures.expected(count.elements() * least) + " expected (" + dtype + " " + Schedule.LARGEST + ")";
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
        Stimulus stimulus = setting.inputs(dtype).of(Schedule.LARGEST, 0);
        long seed = setting.callSeedFor("neighbours " + width) >>> 1;
        RateCount count = RateCount.NONE;
        long limit = (long) (LIMIT / difference(width));
        for (long asked = 0, pair = 0;
                asked < limit && !isRejected(least, count) && !isCertified(least, count);
                pair++) {
            Call call = Call.training(rate(width), stimulus.input()).withSeed(seed + pair);
            Optional<Tensor> first = setting.asker().output(call);
            Optional<Tensor> second = setting.asker().output(call.withRate(rate(width) + difference(width)));
            asked += 2L * stimulus.input().size();
            if (first.isEmpty() || second.isEmpty()) {
                break;
            }
            PackedMask mask = PackedMask.ofOutput(first.get());
            int different = mask.differences(PackedMask.ofOutput(second.get()));
            count = count.plus(new RateCount(mask.size(), different));
        }
        return count;
    }

    private double threshold() {
        return setting.threshold(Requirements.NEIGHBOURS, bits.size());
    }

    private boolean isRejected(double least, RateCount count) {
        return count.logEAtLeast(least) >= threshold();
    }

    private boolean isCertified(double least, RateCount count) {
        return count.elements() > 0 && certified(least, count) >= CERTIFIED * least;
    }

    private double certified(double least, RateCount count) {
        return count.interval(least, setting.alpha(bits.size())).low();
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
