package org.dropoutspec.statistics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bets on the cells of one stratum that count calls: against every probability inside the resolution, and against
 * the asked rate. They are made when a cell is first asked about, since most cells of most strata hold no calls.
 */
final class CallCountBets {
    private final double rate;
    private final double low;
    private final double high;
    private final List<Cell> cells;
    private final Map<Integer, Mixtures> bets = new ConcurrentHashMap<>();

    /** The bets against every probability inside the resolution, changing or not, and against the asked rate alone. */
    private record Mixtures(RateMixture wide, RateMixture point) {}

    CallCountBets(double rate, double resolution, List<Cell> cells) {
        this.rate = rate;
        this.low = Math.max(0, rate - resolution);
        this.high = Math.min(1, rate + resolution);
        this.cells = cells;
    }

    private Mixtures calls(Cell cell) {
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
     * @param excess how much better the observed rate explains all draws than the asked rate does, in nats
     */
    double rate(int cell, RateCount count, double excess) {
        if (count.elements() == 0) {
            return 0;
        }
        Mixtures mixtures = bets.computeIfAbsent(cell, any -> calls(cells.get(any)));
        return Math.min(
                mixtures.wide().logE(count.elements(), count.dropped()),
                mixtures.point().logE(count.elements(), count.dropped()) - excess);
    }
}
