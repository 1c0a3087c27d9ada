package org.dropoutspec.implementation;

import java.util.Optional;

/**
 * How an implementation as a whole, over all its operations, treats seeds and its stream of masks.
 *
 * @param bits seeds are below 2^bits; from 16 to 53
 * @param stream whether masks follow from what was drawn before
 * @param scope which streams a seed starts anew, if there are several instances
 * @param unseeded whether two processes that were never given a seed draw the same; not asked if it is not declared
 */
public record Seeding(int bits, Stream stream, Scope scope, Optional<Unseeded> unseeded) {
    /** The fewest bits that a seed may have. */
    public static final int FEWEST_BITS = 16;

    /** The most bits that a seed may have, so that every JSON parser reads it exactly. */
    public static final int MOST_BITS = 53;

    /** An unseeded call draws the next mask (CONTINUES), or draws a fresh seed and leaves nothing behind (NONE). */
    public enum Stream {
        CONTINUES,
        NONE
    }

    /** Whether a seed starts the streams of all instances, or only that of the instance that gets it. */
    public enum Scope {
        GLOBAL,
        INSTANCE
    }

    /** Whether processes without a seed draw different masks, or all the same ones. */
    public enum Unseeded {
        FRESH,
        FIXED
    }

    public Seeding {
        if (bits < FEWEST_BITS || bits > MOST_BITS) {
            throw new IllegalArgumentException(
                    "seed_bits (" + bits + ") must be from " + FEWEST_BITS + " to " + MOST_BITS);
        }
    }

    /** The seeding of an implementation that declares none. */
    public static Seeding defaults() {
        return new Seeding(MOST_BITS, Stream.CONTINUES, Scope.GLOBAL, Optional.empty());
    }

    public Seeding withBits(int width) {
        return new Seeding(width, stream, scope, unseeded);
    }

    public Seeding with(Stream declared) {
        return new Seeding(bits, declared, scope, unseeded);
    }

    public Seeding with(Scope declared) {
        return new Seeding(bits, stream, declared, unseeded);
    }

    public Seeding with(Unseeded declared) {
        return new Seeding(bits, stream, scope, Optional.of(declared));
    }

    /** Every seed is below this: 2^bits. */
    public long limit() {
        return 1L << bits;
    }
}
