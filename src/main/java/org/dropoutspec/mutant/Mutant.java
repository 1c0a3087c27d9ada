package org.dropoutspec.mutant;

import java.util.function.LongFunction;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.PlainDropout;

/**
 * A broken implementation.
 *
 * @param name short, unique: {@code backward-unmasked}
 * @param operation in which it is broken
 * @param requirement the id of the requirement that is there to find it
 * @param defect what is wrong with it, and where that was seen in the field
 * @param implementation makes one whose unseeded stream begins at the given seed
 */
public record Mutant(
        String name,
        String operation,
        String requirement,
        String defect,
        LongFunction<? extends Implementation> implementation) {
    /** Of plain dropout. */
    public Mutant(
            String name, String requirement, String defect, LongFunction<? extends Implementation> implementation) {
        this(name, PlainDropout.NAME, requirement, defect, implementation);
    }

    /** The requirement as it is selected and told: {@code MASK-1}, {@code rnn:MASK-1}. */
    public String finding() {
        return operation.equals(PlainDropout.NAME) ? requirement : operation + ":" + requirement;
    }
}
