package org.dropoutspec.statistics;

import java.util.List;

/**
 * The e-process for tiny calls of all sizes together, which may drop everything, or nothing, too rarely or too often.
 *
 * <p>A call of n elements drops everything with probability p^n. A bet multiplies the odds of this event by the same
 * factor at every size, so an event that is never seen at any size adds up, however few calls of each size there are.
 * Against a composite null the bet pays by the nearer end of the range, and so is at most fair anywhere in it.
 */
final class TinyCalls {
    /** The factors of the odds: never, rarely (two), often (two), always. */
    private static final double[] ODDS = {0x1p-10, 0.25, 0.5, 2, 4, 0x1p10};

    /** By bet and size less 1: ln of what the bet pays for a call with the event, and for one without. */
    private final double[][] onEvent;

    private final double[][] onOther;

    /** @param cells one for each size from 1 on, all of one kind */
    TinyCalls(List<Cell> cells, double rate, double resolution) {
        this.onEvent = new double[ODDS.length][cells.size()];
        this.onOther = new double[ODDS.length][cells.size()];
        for (int i = 0; i < cells.size(); i++) {
            double one = cells.get(i).expected(Math.max(0, rate - resolution));
            double other = cells.get(i).expected(Math.min(1, rate + resolution));
            for (int bet = 0; bet < ODDS.length; bet++) {
                double end = ODDS[bet] < 1 ? Math.min(one, other) : Math.max(one, other);
                // q/end and (1-q)/(1-end) for a bet on q with q/(1-q) = odds * end/(1-end); no bet is on a sure event
                double against = end > 0 && end < 1 ? Math.log1p((ODDS[bet] - 1) * end) : 0;
                onEvent[bet][i] = end > 0 && end < 1 ? Math.log(ODDS[bet]) - against : 0;
                onOther[bet][i] = -against;
            }
        }
    }

    /** ln E, from the number of calls of each size and the number of those with the event. */
    double logE(List<RateCount> counts) {
        double logE = Double.NEGATIVE_INFINITY;
        for (int bet = 0; bet < ODDS.length; bet++) {
            double gain = 0;
            for (int i = 0; i < counts.size(); i++) {
                RateCount count = counts.get(i);
                gain += LogSpace.ratio(count.kept(), count.dropped(), onOther[bet][i], onEvent[bet][i]);
            }
            logE = LogSpace.add(logE, gain);
        }
        return logE - Math.log(ODDS.length);
    }
}
