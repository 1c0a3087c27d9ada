package org.dropoutspec.statistics;

/**
 * Calls of so many elements that independent ones are never all alike, and yet all of them were kept, or all dropped.
 *
 * <p>There are two causes. If the elements of a call share one draw, or a few, they are as often as not all kept at rate
 * 1/2, and more often all dropped at a higher rate. If they drop at another rate than asked, they go one way alone,
 * whatever the rate. So calls that go against the rate tell them apart, where no call goes the other way.
 */
final class OneSidedCalls {
    /** The probability that independent elements are all alike by chance; each call spends it. */
    private static final double CHANCE = 1e-12;

    private static final double HALF = 0.5;

    /** All kept, all dropped; then those of them against the rate: all kept at a half and more, dropped at a half and less. */
    private final long[] calls = new long[4];

    void observe(PackedMask mask, double rate, double resolution) {
        long dropped = mask.count();
        boolean alike = dropped == 0 || dropped == mask.size();
        double likelier = Math.min(1, Math.max(rate, 1 - rate) + resolution);
        if (!alike || mask.size() * Math.log(likelier) > Math.log(CHANCE)) {
            return;
        }
        int way = dropped == 0 ? 0 : 1;
        calls[way]++;
        calls[2 + way] += (way == 0 ? rate >= HALF : rate <= HALF) ? 1 : 0;
    }

    OneSidedCalls plus(OneSidedCalls other) {
        OneSidedCalls sum = new OneSidedCalls();
        for (int i = 0; i < calls.length; i++) {
            sum.calls[i] = calls[i] + other.calls[i];
        }
        return sum;
    }

    void counted(Counts counts) {
        counts.sum(calls);
    }

    /** Whether some went either way. */
    boolean goBothWays() {
        return calls[0] > 0 && calls[1] > 0;
    }

    /** How many went against the rate, where none went the other way; 0 where some did. */
    long againstTheRate() {
        return goBothWays() ? 0 : calls[2] + calls[3];
    }
}
