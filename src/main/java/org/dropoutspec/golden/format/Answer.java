package org.dropoutspec.golden.format;

import java.util.Collections;
import java.util.Optional;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;

/**
 * What the answer to one call must be; what is absent is not asked.
 *
 * @param output of the call
 * @param gradInput where the call has an upstream gradient
 * @param mask what a reported mask must be: where the seed determines it, and where the call carries it
 */
public record Answer(Optional<Expected> output, Optional<Expected> gradInput, Optional<Expected> mask) {
    /** Nothing but the type and shape of the call. */
    public static final Answer ANY = new Answer(Optional.empty(), Optional.empty(), Optional.empty());

    public Optional<Expected> field(Field field) {
        return switch (field) {
            case OUTPUT -> output;
            case GRAD_INPUT -> gradInput;
            case MASK -> mask;
        };
    }

    /** The same words, and nothing but the very words. */
    public Answer byBits() {
        return new Answer(output.map(Answer::bits), gradInput.map(Answer::bits), mask);
    }

    /** The mask alone: at a rate that not every implementation holds, the values are no part of the question. */
    public Answer maskAlone() {
        return new Answer(Optional.empty(), Optional.empty(), mask);
    }

    private static Expected bits(Expected expected) {
        return new Expected(
                expected.tensor(), Collections.nCopies(expected.relations().size(), ExpectedRelation.BITS));
    }
}
