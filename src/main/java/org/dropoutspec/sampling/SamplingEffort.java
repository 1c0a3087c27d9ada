package org.dropoutspec.sampling;

import java.util.Locale;

/**
 * How much was asked in sampling masks.
 *
 * @param elements of the inputs of all calls
 * @param inBits how many of them were asked in bits
 */
record SamplingEffort(long elements, long inBits) {
    /** @param calls how long the calls took by themselves, in seconds */
    String took(double seconds, double calls) {
        return String.format(Locale.ROOT, "%s in %.1f s, of which the calls took %.1f s", this, seconds, calls);
    }

    String inShards(int shards) {
        return String.format(Locale.ROOT, "%s in %d shards", this, shards);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "masks sampled: %,d elements", elements)
                + (inBits == 0 ? "" : String.format(Locale.ROOT, ", %,d of them in bits,", inBits));
    }
}
