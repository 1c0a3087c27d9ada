package org.dropoutspec.condition;

import java.util.SplittableRandom;

/** The kind of seed that a call carries. */
public enum SeedKind {
    STREAM("without a seed"),
    SMALL("with a seed below 65,536"),
    LARGE("with a large seed");

    private static final int SMALL_BITS = 16;
    private static final int LARGE_BITS = 32;

    private final String words;

    SeedKind(String words) {
        this.words = words;
    }

    /** Whether seeds of this kind exist below 2^{@code seedBits}. */
    boolean exists(int seedBits) {
        return this != LARGE || seedBits > SMALL_BITS;
    }

    /**
     * A seed of this kind. A small one is below 2^16. A large one is from 2^32 up to 2^{@code seedBits}, or in the
     * upper half where there are no more than 32 bits.
     */
    public long draw(int seedBits, SplittableRandom random) {
        return switch (this) {
            case STREAM -> throw new IllegalStateException("a call of the stream carries no seed");
            case SMALL -> random.nextLong(1L << SMALL_BITS);
            case LARGE -> random.nextLong(1L << Math.min(LARGE_BITS, seedBits - 1), 1L << seedBits);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
