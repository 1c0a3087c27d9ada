package org.dropoutspec.golden.format;

import java.util.Collections;
import java.util.Optional;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;

/**
 * The required answer to one call; a field that is absent here is not checked.
 *
 * @param output the output of the call
 * @param gradInput the gradient of the input, if the call has an upstream gradient
 * @param mask the required value of a reported mask, if the seed determines it or the call carries it
 */
public record Answer(Optional<Expected> output, Optional<Expected> gradInput, Optional<Expected> mask) {
    /** An answer of which only type and shape are checked. */
    public static final Answer ANY = new Answer(Optional.empty(), Optional.empty(), Optional.empty());

    public Optional<Expected> field(Field field) {
        return switch (field) {
            case OUTPUT -> output;
            case GRAD_INPUT -> gradInput;
            case MASK -> mask;
        };
    }

    /** The same words, each of which must be met exactly. */
    public Answer byBits() {
        return new Answer(output.map(Answer::bits), gradInput.map(Answer::bits), mask);
    }

    /** The mask alone, for a rate that not every implementation holds, so that the values cannot be asked for. */
    public Answer maskAlone() {
        return new Answer(Optional.empty(), Optional.empty(), mask);
    }

    private static Expected bits(Expected expected) {
        return new Expected(
                expected.tensor(), Collections.nCopies(expected.relations().size(), ExpectedRelation.BITS));
    }
}
