package org.dropoutspec.mutant;

/**
 * The multiplicative congruential generator modulo 2^31 - 1, {@code std::minstd_rand} of C++. Its first number is the
 * seed times the multiplier, so neighbouring seeds begin alike.
 *
 * <p>Source: Park, Miller, "Random number generators: good ones are hard to find", CACM 31 (1988).
 */
final class MinimalStandard implements Uniform {
    /** The multiplier of {@code std::default_random_engine} in libstdc++. */
    static final long MULTIPLIER_1988 = 16_807;

    static final long MULTIPLIER_1993 = 48_271;

    private static final long MODULUS = (1L << 31) - 1;

    private final long multiplier;
    private long state;

    MinimalStandard(long multiplier, long seed) {
        this.multiplier = multiplier;
        this.state = Math.max(1, Math.floorMod(seed, MODULUS));
    }

    @Override
    public double next() {
        state = state * multiplier % MODULUS;
        return (state - 1) / (double) (MODULUS - 1);
    }
}
