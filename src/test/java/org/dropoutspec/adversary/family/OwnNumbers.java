package org.dropoutspec.adversary.family;

import java.util.function.IntToLongFunction;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Tensor;

/** Uniform numbers by index, another stream for each draw, from a generator that is not the reference's (SplitMix64). */
record OwnNumbers(long key) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Of the draw that a stream has just made, and a site. */
    static OwnNumbers after(Dropout dropout, Object site) {
        Dropout.State state = dropout.state();
        return new OwnNumbers(mixed(mixed(state.seed() + site.hashCode() * GOLDEN) + state.draws() * GOLDEN));
    }

    static OwnNumbers of(Drawn drawn) {
        return after(drawn.dropout(), drawn.name() + drawn.number());
    }

    /** 64 bits. */
    long word(long index) {
        return mixed(key + (index + 1) * GOLDEN);
    }

    /** In [0, 1), a multiple of 2^-53. */
    double uniform(long index) {
        return (word(index) >>> 11) * 0x1p-53;
    }

    /** A mask of which each element has the number with another index. */
    Tensor mask(Drawn drawn, IntToLongFunction index) {
        return drawn.with(i -> uniform(index.applyAsLong(i)) >= drawn.rate());
    }

    private static long mixed(long word) {
        long z = (word ^ word >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
