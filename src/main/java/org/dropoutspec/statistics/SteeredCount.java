package org.dropoutspec.statistics;

/**
 * The most that an adversary can make of a bet on an even count: the drops of n elements, each of which it drops with a
 * probability of its choice in [low, high], knowing all before.
 *
 * <p>By dynamic programming: V_n is what the count pays, and V_t(s) is the larger of q V_{t+1}(s+1) + (1-q) V_{t+1}(s) at
 * q = low and q = high. What the count pays rises towards a centre and falls behind it, and each V_t does too; so counts
 * that are hardly ever reached are left out, by taking for all beyond a bound what stands at the bound. That makes V no
 * smaller.
 */
final class SteeredCount {
    /** How far from where it is expected the count is followed, in standard deviations. */
    private static final double FAR = 8;

    private final double rate;
    private final double low;
    private final double high;

    SteeredCount(double rate, double low, double high) {
        this.rate = rate;
        this.low = low;
        this.high = high;
    }

    /** ln of the largest expectation, rounded up; infinite where the centre is too far from the expected count. */
    double logWorst(int size, EvenBets.Target target) {
        double variance = rate * (1 - rate);
        double resolution = Math.max(high - rate, rate - low);
        double reach = EvenBets.Target.REACH * target.width();
        double[] value = new double[size + 2];
        int from = 0;
        int to = -1;
        for (int t = size; t >= 0; t--) {
            double forward = FAR * Math.sqrt(variance * t) + resolution * t;
            double backward = reach + FAR * Math.sqrt(variance * (size - t)) + resolution * (size - t);
            double around = target.centre() - (size - t) * rate;
            double bound = Math.min(forward, backward) + 2;
            int first = Math.max(0, (int) Math.floor(around - bound));
            int last = Math.min(t, (int) Math.ceil(around + bound));
            if (t == size) {
                for (int s = first; s <= last; s++) {
                    value[s] = Math.exp(target.log(s));
                }
            } else {
                for (int s = Math.min(from, last + 2) - 1; s >= first; s--) {
                    value[s] = value[s + 1];
                }
                for (int s = to + 1; s <= last + 1; s++) {
                    value[s] = value[s - 1];
                }
                for (int s = first; s <= last; s++) {
                    double up = value[s + 1] - value[s];
                    value[s] += Math.max(low * up, high * up);
                }
            }
            boolean peakBelow = first > 0 && value[first] > value[first + 1];
            boolean peakAbove = last < t && value[last] > value[last - 1];
            if (peakBelow || peakAbove) {
                return Double.POSITIVE_INFINITY;
            }
            from = first;
            to = last;
        }
        return Math.log(value[0]) + size * 0x1p-50;
    }
}
