package org.dropoutspec.golden.verify;

import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;

/** How far up an implementation lets a vector be checked; each rung is counted by itself. */
public enum MaskSource {
    /** The vector's own mask was applied: every word is compared with the file. */
    MASK_INJECTED("mask injected", "mask_input is not declared"),
    /** The implementation drew and said which mask: the output is held to it. */
    MASK_REPORTED("mask reported", "mask_output is not declared"),
    /** Seed to mask, bit for bit. */
    PHILOX("seed to mask, Philox4x32-10", "seed and philox4x32_10 are not both declared"),
    /** The mask was recovered: each of its cells must explain output and gradient, kept or dropped. */
    OPAQUE("opaque, mask recovered", "the mask is reported instead"),
    /** Evaluation and rejections need no mask. */
    NO_MASK("no mask involved", "no such vector could be asked"),
    /** The words of the generator itself. */
    GENERATOR("the generator's words", "it does not show its generator");

    private final String title;
    private final String absence;

    MaskSource(String title, String absence) {
        this.title = title;
        this.absence = absence;
    }

    /** How the mask of a call that follows a seed is known from an implementation that declares so much. */
    static MaskSource drawing(Description description) {
        boolean asTheReference = description.can(Capability.SEED) && description.can(Capability.PHILOX4X32_10);
        return asTheReference ? PHILOX : drawingItsOwn(description);
    }

    /** How the mask of a call that draws whatever it likes is known. */
    static MaskSource drawingItsOwn(Description description) {
        return description.can(Capability.MASK_OUTPUT) ? MASK_REPORTED : OPAQUE;
    }

    /** What a line of the report calls it. */
    String title() {
        return title;
    }

    /** Why no vector may have been checked so. */
    String absence() {
        return absence;
    }
}
