package org.dropoutspec.implementation;

import java.util.Locale;

/** What an implementation can be asked beyond input, rate and mode; each is declared, none is assumed. */
public enum Capability {
    /** A call may carry an upstream gradient; the result then carries the input's gradient. */
    BACKWARD,
    /** A call may carry a seed, to which the generator is set before the draw. */
    SEED,
    /** The result of a training call carries the mask. */
    MASK_OUTPUT,
    /** A call may carry a mask, which is applied instead of one drawn. */
    MASK_INPUT,
    /** A call may carry the shape of the mask, which is broadcast to the input. */
    NOISE_SHAPE,
    /** A call may present the input as a strided view. */
    PERMUTED_INPUT,
    /** With a seed, masks equal those of the reference generator bit for bit. */
    PHILOX4X32_10;

    /** The name on the wire, such as {@code mask_output}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
