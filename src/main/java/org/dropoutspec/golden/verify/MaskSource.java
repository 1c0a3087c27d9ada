package org.dropoutspec.golden.verify;

import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;

/** How the mask of an answer is known; vectors are counted by it. */
public enum MaskSource {
    /** The vector's own mask was applied, so every word is compared with the file. */
    MASK_INJECTED("mask injected", "mask_input is not declared"),
    /** The implementation drew a mask and reported it, so the output is compared under this mask. */
    MASK_REPORTED("mask reported", "mask_output is not declared"),
    /** The mask follows from the seed, bit for bit. */
    PHILOX("seed to mask, Philox4x32-10", "seed and philox4x32_10 are not both declared"),
    /** The mask was recovered: for each cell, kept or dropped must explain output and gradient. */
    OPAQUE("opaque, mask recovered", "the mask is reported instead"),
    /** No mask is needed, in evaluations and rejections. */
    NO_MASK("no mask involved", "no such vector could be asked"),
    /** There is no mask; the words of the generator itself are compared. */
    GENERATOR("the generator's words", "it does not show its generator");

    private final String title;
    private final String absence;

    MaskSource(String title, String absence) {
        this.title = title;
        this.absence = absence;
    }

    /** How the mask of a call after a seed is known, by what the implementation declares. */
    static MaskSource drawing(Description description) {
        boolean asTheReference = description.can(Capability.SEED) && description.can(Capability.PHILOX4X32_10);
        return asTheReference ? PHILOX : drawingItsOwn(description);
    }

    /** How the mask of a call is known that the implementation's own generator draws. */
    static MaskSource drawingItsOwn(Description description) {
        return description.can(Capability.MASK_OUTPUT) ? MASK_REPORTED : OPAQUE;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    /** The reason why there may be no vector whose mask is known in this way. */
    String absence() {
        return absence;
    }
}
