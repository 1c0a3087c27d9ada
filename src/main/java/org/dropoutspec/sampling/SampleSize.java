package org.dropoutspec.sampling;

import org.dropoutspec.statistics.RateCount;

/** How many elements certify a rate: the plan for several processes, none of which sees what the others counted. */
final class SampleSize {
    /** In standard deviations: a sound implementation strays further to one side once in three million times. */
    private static final double DEVIATIONS = 5;

    private static final long MOST = 1L << 52;

    private SampleSize() {}

    /**
     * The least number of elements, to 0.1 %, whose confidence sequence lies within the band even if the observed rate
     * strays by five standard deviations towards a half, where the sequence is wider.
     *
     * @param alpha of the confidence sequence
     */
    static long certifying(double rate, double band, double alpha) {
        long few = 0;
        long enough = MOST;
        while (enough - few > 1 + few / 1024) {
            long elements = few + (enough - few) / 2;
            if (certifies(elements, rate, band, alpha)) {
                enough = elements;
            } else {
                few = elements;
            }
        }
        return enough;
    }

    private static boolean certifies(long elements, double rate, double band, double alpha) {
        double deviation = DEVIATIONS * Math.sqrt(elements * rate * (1 - rate));
        double dropped = elements * rate + (rate <= 0.5 ? deviation : -deviation);
        RateCount count = new RateCount(elements, Math.round(Math.max(0, Math.min(elements, dropped))));
        return count.interval(rate, alpha).distanceFrom(rate) <= band;
    }
}
