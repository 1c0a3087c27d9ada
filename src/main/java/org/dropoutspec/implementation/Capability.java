package org.dropoutspec.implementation;

import java.util.Locale;

/** A request beyond input, rate and mode that an implementation may support; each is declared, none is assumed. */
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
    PHILOX4X32_10,
    /** A call may be kept for a later backward pass. */
    RETAIN,
    /** The state of the generator can be saved, and restored later or elsewhere. */
    STATE,
    /** A call may name one of several separate layers. */
    INSTANCES,
    /** The result shows the implementation's own input buffer after the call. */
    INPUT_AFTER,
    /** A call may ask the implementation to work in its input's buffer. */
    IN_PLACE,
    /** A call may ask for its forward pass to be computed again for the backward pass. */
    RECOMPUTE,
    /** Every new combination of type, shape, mode and fields of a call is expensive. */
    FEW_SHAPES,
    /** A tensor of a call may travel as a part that is repeated. */
    TILED_INPUT,
    /** The result may be one bit for each element, which says whether the element is kept. */
    KEPT_BITS,
    /** The result may be a few stretches of the output. */
    SLICES,
    /** The result of a training call of Gaussian dropout carries the noise that was applied. */
    NOISE_OUTPUT,
    /** A training call of Gaussian dropout may carry the noise to apply. */
    NOISE_INPUT;

    /** The name on the wire, such as {@code mask_output}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
