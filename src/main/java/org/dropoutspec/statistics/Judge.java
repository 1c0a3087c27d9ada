package org.dropoutspec.statistics;

import java.util.List;

/**
 * The bets on the cells of one stratum that count calls, made once: against every wandering inside the resolution, and
 * against a constant rate.
 */
final class Judge {
    private final List<Mixtures> cells;

    /** Against every probability inside the resolution, wandering or not, and against the asked rate alone. */
    private record Mixtures(RateMixture wide, RateMixture point) {}

    Judge(double rate, double resolution, List<Cell> cells) {
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        // a cell that counts elements has no bets of its own here, and there are thousands of these
        this.cells = cells.stream()
                .map(cell -> cell.countsCalls() ? calls(cell, rate, low, high) : null)
                .toList();
    }

    private static Mixtures calls(Cell cell, double rate, double low, double high) {
        double one = cell.expected(low);
        double other = cell.expected(high);
        double expected = cell.expected(rate);
        double scale = Math.min(expected, 1 - expected);
        return new Mixtures(
                RateMixture.between(Math.min(one, other), Math.max(one, other), scale),
                RateMixture.between(expected, expected, scale));
    }

    /**
     * ln of the e-value of a cell.
     *
     * @param excess how much better the observed rate explains all draws than the asked one does, in nats
     */
    double rate(int cell, RateCount count, double excess) {
        if (count.elements() == 0) {
            return 0;
        }
        Mixtures bets = cells.get(cell);
        return Math.min(
                bets.wide().logE(count.elements(), count.dropped()),
                bets.point().logE(count.elements(), count.dropped()) - excess);
    }
}
