package org.dropoutspec.implementation;

import java.util.Optional;

/**
 * How an implementation as a whole, over all its operations, deals with seeds and with its stream of masks.
 *
 * @param bits seeds are below 2^bits; from 16 to 53
 * @param stream whether masks follow from what was drawn before
 * @param scope what a seed starts anew, where there are several instances
 * @param unseeded what two processes that were never given a seed draw; nothing is asked where it is not declared
 */
public record Seeding(int bits, Stream stream, Scope scope, Optional<Unseeded> unseeded) {
    /** The fewest bits that a seed may have. */
    public static final int FEWEST_BITS = 16;

    /** The most, so that every JSON parser reads a seed exactly. */
    public static final int MOST_BITS = 53;

    /** Continues: a call without a seed draws the next mask. None: it draws a fresh seed, and no call leaves anything. */
    public enum Stream {
        CONTINUES,
        NONE
    }

    /** A seed starts the streams of all instances, or that of its own. */
    public enum Scope {
        GLOBAL,
        INSTANCE
    }

    /** Processes without a seed draw different masks, or the same. */
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

    /** What an implementation that declares nothing is held to. */
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
