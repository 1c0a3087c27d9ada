package org.dropoutspec.mutant;

import java.util.function.LongFunction;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.PlainDropout;

/**
 * A broken implementation.
 *
 * @param name short, unique: {@code backward-unmasked}
 * @param operation the operation that is broken
 * @param requirement the id of the requirement that must find it
 * @param defect what is wrong with it, and where this was seen in real implementations
 * @param implementation makes an instance whose unseeded stream begins at the given seed
 */
public record Mutant(
        String name,
        String operation,
        String requirement,
        String defect,
        LongFunction<? extends Implementation> implementation) {
    /** A mutant of plain dropout. */
    public Mutant(
            String name, String requirement, String defect, LongFunction<? extends Implementation> implementation) {
        this(name, PlainDropout.NAME, requirement, defect, implementation);
    }

    /** The name by which the requirement is selected and reported: {@code MASK-1}, {@code rnn:MASK-1}. */
    public String finding() {
        return operation.equals(PlainDropout.NAME) ? requirement : operation + ":" + requirement;
    }
}
