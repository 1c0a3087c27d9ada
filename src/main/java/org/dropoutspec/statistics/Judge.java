package org.dropoutspec.statistics;

import java.util.List;

/** The bets on the cells of one stratum, made once: against every wandering inside the resolution, and against a constant rate. */
final class Judge {
    private final Mixtures<RateMixture> elements;
    private final List<Mixtures<RateMixture>> rates;
    private final Mixtures<PairMixture> pairs;
    private final Mixtures<Tilt> tilts;

    /** Against every probability inside the resolution, wandering or not, and against the asked rate alone. */
    record Mixtures<M>(M wide, M point) {}

    Judge(double rate, double resolution, List<Cell> cells) {
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        this.elements = new Mixtures<>(RateMixture.of(rate, resolution), RateMixture.of(rate, 0));
        this.rates = cells.stream()
                .map(cell -> cell.size() == 0 ? elements : calls(cell, rate, low, high))
                .toList();
        this.pairs = new Mixtures<>(PairMixture.of(rate, resolution), PairMixture.of(rate, 0));
        this.tilts = new Mixtures<>(new Tilt(low, high), new Tilt(rate, rate));
    }

    private static Mixtures<RateMixture> calls(Cell cell, double rate, double low, double high) {
        double one = cell.expected(low);
        double other = cell.expected(high);
        double expected = cell.expected(rate);
        double scale = Math.min(expected, 1 - expected);
        return new Mixtures<>(
                RateMixture.between(Math.min(one, other), Math.max(one, other), scale),
                RateMixture.between(expected, expected, scale));
    }

    /**
     * ln of the e-value of a cell that counts elements or calls.
     *
     * @param excess how much better the observed rate explains all draws than the asked one does, in nats
     */
    double rate(int cell, RateCount count, double excess) {
        return rate(rates.get(cell), count, excess);
    }

    /** The same of a cell that counts elements. */
    double elements(RateCount count, double excess) {
        return rate(elements, count, excess);
    }

    private static double rate(Mixtures<RateMixture> bets, RateCount count, double excess) {
        if (count.elements() == 0) {
            return 0;
        }
        return Math.min(
                bets.wide().logE(count.elements(), count.dropped()),
                bets.point().logE(count.elements(), count.dropped()) - excess);
    }

    Mixtures<PairMixture> pairs() {
        return pairs;
    }

    Mixtures<Tilt> tilts() {
        return tilts;
    }
}
