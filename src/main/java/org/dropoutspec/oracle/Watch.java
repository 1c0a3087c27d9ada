package org.dropoutspec.oracle;

import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;

/**
 * Compares every element of an answer with what its call has to give, whatever the call was made for. Each requirement
 * is told at most once for each answer, by the first element that breaks it.
 *
 * <p>The input has to be finite, and so has an upstream gradient. An element counts as kept when it is at least half as
 * large as its input. Kept ones are no smaller than their input at any rate and dropped ones are 0, so an element of
 * either kind is recognised even when it is a little wrong. Where the input is 0 the output shows nothing, and the
 * reported mask is taken.
 */
public final class Watch {
    /** The requirements that any answer may break: RATE-1 by a rejection in its place, MASK-14 by a second answer. */
    public static final Set<String> REQUIREMENTS = Set.of(
            "RATE-1", "RATE-7", "RATE-8", "MASK-4", "MASK-5", "MASK-6", "FWD-1", "FWD-2", "FWD-5", "FWD-6", "FWD-7",
            "FWD-8", "MASK-14", "BWD-1", "BWD-2", "BWD-3", "BWD-4", "BWD-9", "EVAL-1", "EVAL-5", "SHAPE-3", "SHAPE-6",
            "SHAPE-7", "SHAPE-8");

    private final Description description;
    private final Chunks chunks = new Chunks();

    public Watch(Description description) {
        this.description = description;
    }

    /** Looks at an answer. */
    public Look look(Call call, Result result) {
        return new Look(description, chunks, call, result);
    }
}
