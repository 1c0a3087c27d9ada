package org.dropoutspec.statistics;

import java.util.HashMap;
import java.util.Map;

/** Judges the cells of one rate: both e-values of each, and the smaller of them. */
final class Judge {
    private final double rate;
    private final double resolution;
    private final double excess;
    private final RateMixture wide;
    private final RateMixture point;
    private final PairMixture widePairs;
    private final PairMixture pointPairs;
    /** The thousands of places in a call hold a few hundred different counts. */
    private final Map<RateCount, Double> known = new HashMap<>();

    /** @param excess how much better the observed rate explains all draws than {@code rate} does, in nats */
    Judge(double rate, double resolution, double excess) {
        this.rate = rate;
        this.resolution = resolution;
        this.excess = excess;
        this.point = RateMixture.of(rate, 0);
        this.wide = resolution == 0 ? point : RateMixture.of(rate, resolution);
        this.pointPairs = PairMixture.of(rate, 0);
        this.widePairs = resolution == 0 ? pointPairs : PairMixture.of(rate, resolution);
    }

    double pairs(PairCount count) {
        // without a pair both e-values are 1; the second would only lose the discount
        if (count.total().elements() == 0) {
            return 0;
        }
        double discounted = pointPairs.logE(count) - excess;
        return resolution == 0 ? discounted : Math.min(widePairs.logE(count), discounted);
    }

    double rate(RateCount count, Cell cell) {
        if (count.elements() == 0) {
            return 0;
        }
        if (cell.size() == 0) {
            return known.computeIfAbsent(count, this::rate);
        }
        double low = cell.expected(Math.max(0, rate - resolution));
        double high = cell.expected(Math.min(1, rate + resolution));
        double expected = cell.expected(rate);
        double scale = Math.min(expected, 1 - expected);
        RateMixture calls = RateMixture.between(Math.min(low, high), Math.max(low, high), scale);
        RateMixture pointCalls = RateMixture.between(expected, expected, scale);
        return Math.min(
                calls.logE(count.elements(), count.dropped()),
                pointCalls.logE(count.elements(), count.dropped()) - excess);
    }

    private double rate(RateCount count) {
        double discounted = point.logE(count.elements(), count.dropped()) - excess;
        return resolution == 0 ? discounted : Math.min(wide.logE(count.elements(), count.dropped()), discounted);
    }
}
