package org.dropoutspec.statistics;

import java.util.List;

/** The bets on the cells of one rate, made once: two e-values for each cell, of which the smaller counts. */
final class Judge {
    private final List<Rates> rates;
    private final PairMixture wide;
    private final PairMixture point;

    private record Rates(RateMixture wide, RateMixture point) {
        double logE(RateCount count, double excess) {
            double discounted = point.logE(count.elements(), count.dropped()) - excess;
            return wide == point ? discounted : Math.min(wide.logE(count.elements(), count.dropped()), discounted);
        }
    }

    Judge(double rate, double resolution, List<Cell> cells) {
        RateMixture pointRate = RateMixture.of(rate, 0);
        Rates elements = new Rates(resolution == 0 ? pointRate : RateMixture.of(rate, resolution), pointRate);
        this.rates = cells.stream()
                .map(cell -> cell.size() == 0 ? elements : calls(cell, rate, resolution))
                .toList();
        this.point = PairMixture.of(rate, 0);
        this.wide = resolution == 0 ? point : PairMixture.of(rate, resolution);
    }

    private static Rates calls(Cell cell, double rate, double resolution) {
        double low = cell.expected(Math.max(0, rate - resolution));
        double high = cell.expected(Math.min(1, rate + resolution));
        double expected = cell.expected(rate);
        double scale = Math.min(expected, 1 - expected);
        return new Rates(
                RateMixture.between(Math.min(low, high), Math.max(low, high), scale),
                RateMixture.between(expected, expected, scale));
    }

    /**
     * ln of the e-value of a cell that counts elements or calls.
     *
     * @param excess how much better the observed rate explains all draws than the asked one does, in nats
     */
    double rate(int cell, RateCount count, double excess) {
        return count.elements() == 0 ? 0 : rates.get(cell).logE(count, excess);
    }

    /** The same of a cell that counts pairs. */
    double pairs(PairCount count, double excess) {
        // without a pair both e-values are 1; the second would only lose the discount
        if (count.total().elements() == 0) {
            return 0;
        }
        double discounted = point.logE(count) - excess;
        return wide == point ? discounted : Math.min(wide.logE(count), discounted);
    }
}
