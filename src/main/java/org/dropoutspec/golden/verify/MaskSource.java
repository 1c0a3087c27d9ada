package org.dropoutspec.golden.verify;

import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;

/** How the mask of an answer is known; vectors are counted by it. */
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

    /** How the mask is known of a call after a seed, by what the implementation declares. */
    static MaskSource drawing(Description description) {
        boolean asTheReference = description.can(Capability.SEED) && description.can(Capability.PHILOX4X32_10);
        return asTheReference ? PHILOX : drawingItsOwn(description);
    }

    /** How the mask is known of a call that draws by the implementation's own generator. */
    static MaskSource drawingItsOwn(Description description) {
        return description.can(Capability.MASK_OUTPUT) ? MASK_REPORTED : OPAQUE;
    }

    /** Its name in the report. */
    String title() {
        return title;
    }

    /** Why there may be no vector of which the mask is known so. */
    String absence() {
        return absence;
    }
}
