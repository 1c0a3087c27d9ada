package org.dropoutspec.mutant;

import org.apache.commons.math3.special.Gamma;
import org.dropoutspec.implementation.Call;

/**
 * First draws how many elements to drop, by rejection from numbers that do not depend on the rate, and then which ones.
 * Each mask by itself is one of independent draws. But under one seed neighbouring rates mostly drop exactly the same
 * elements, and where they differ, they differ in hundreds.
 */
final class CountFirst extends SoundMasks {
    CountFirst(long seed) {
        super(seed);
    }

    @Override
    void fill(byte[] kept, Call call) {
        long key = key(seed(), nextDraw());
        int count = count(kept.length, call.rate(), key);
        int[] order = new int[kept.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = 0; i < kept.length; i++) {
            int picked = i < count ? i + (int) (uniform(~key, i) * (kept.length - i)) : i;
            kept[order[picked]] = (byte) (i < count ? 0 : 1);
            order[picked] = order[i];
        }
    }

    private static int count(int size, double rate, long key) {
        if (rate == 0 || rate == 1) {
            return rate == 0 ? 0 : size;
        }
        double most = logProbability(size, (int) Math.min(size, (size + 1.0) * rate), rate);
        for (long i = 0; ; i += 2) {
            int count = (int) (uniform(key, i) * (size + 1.0));
            if (Math.log(uniform(key, i + 1)) < logProbability(size, count, rate) - most) {
                return count;
            }
        }
    }

    /** The log of the probability of this many drops, up to a term that is the same for every count. */
    private static double logProbability(int size, int count, double rate) {
        return count * Math.log(rate)
                + (size - count) * Math.log1p(-rate)
                - Gamma.logGamma(count + 1.0)
                - Gamma.logGamma(size - count + 1.0);
    }
}
