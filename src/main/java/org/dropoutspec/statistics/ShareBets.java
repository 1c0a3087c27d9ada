package org.dropoutspec.statistics;

/**
 * Bets on calls dropping a larger or a smaller share of their elements than the rate says, which hold whatever the
 * elements of a call have to do with each other.
 *
 * <p>The share s of a call is a number in [0, 1] with an expectation in [l, h]. A bet pays 1 + f (s - h)/h, or 1 + f (l
 * - s)/(1 - l) on the other side: never less than 1 - f, and at most 1 in expectation. So a call counts only once, even
 * if its elements are all alike; to a bet on elements, such a call is as many deviations as it has elements.
 */
final class ShareBets {
    private static final double[] STAKES = {0.95, 0.5, 0.1};

    /** Gains are kept as whole numbers of 2^-24 nats, whose sums do not depend on the order. */
    private static final double UNIT = 0x1p24;

    private final long[] gains = new long[2 * STAKES.length];

    void observe(PackedMask mask, double rate, double resolution) {
        if (mask.size() == 0) {
            return;
        }
        double share = (double) mask.count() / mask.size();
        double low = Math.max(0, rate - resolution);
        double high = Math.min(1, rate + resolution);
        for (int bet = 0; bet < gains.length; bet++) {
            double stake = STAKES[bet / 2];
            boolean isMore = bet % 2 == 0;
            double won = isMore ? (share - high) / high : (low - share) / (1 - low);
            boolean isSure = isMore ? high == 0 : low == 1;
            gains[bet] += isSure ? 0 : (long) Math.floor(Math.log1p(stake * won) * UNIT);
        }
    }

    ShareBets plus(ShareBets other) {
        ShareBets sum = new ShareBets();
        for (int bet = 0; bet < gains.length; bet++) {
            sum.gains[bet] = gains[bet] + other.gains[bet];
        }
        return sum;
    }

    void counted(Counts counts) {
        counts.sum(gains);
    }

    /** ln of the e-value. */
    double logE() {
        double logE = Double.NEGATIVE_INFINITY;
        for (long gain : gains) {
            logE = LogSpace.add(logE, gain / UNIT);
        }
        return logE - Math.log(gains.length);
    }
}
