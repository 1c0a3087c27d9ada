package org.dropoutspec.statistics;

import java.util.List;

/**
 * The bets on the cells of one stratum that count calls, made once: against every wandering inside the resolution, and
 * against a constant rate.
 */
final class Judge {
    /** Null for a cell of elements. */
    private final Mixtures[] cells;

    /** Against every probability inside the resolution, wandering or not, and against the asked rate alone. */
    private record Mixtures(RateMixture wide, RateMixture point) {}

    Judge(double rate, double resolution, List<Cell> cells) {
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        this.cells = new Mixtures[cells.size()];
        for (int c = 0; c < this.cells.length; c++) {
            // thousands of cells of elements need none
            this.cells[c] = cells.get(c).size() > 0 ? calls(cells.get(c), rate, low, high) : null;
        }
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
        Mixtures bets = cells[cell];
        return Math.min(
                bets.wide().logE(count.elements(), count.dropped()),
                bets.point().logE(count.elements(), count.dropped()) - excess);
    }
}
