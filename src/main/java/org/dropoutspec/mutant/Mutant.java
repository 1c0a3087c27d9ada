package org.dropoutspec.mutant;

import java.util.function.LongFunction;
import org.dropoutspec.implementation.Implementation;

/**
 * A broken implementation.
 *
 * @param name short, unique: {@code backward-unmasked}
 * @param requirement the id of the requirement that is there to find it
 * @param defect what is wrong with it, and where that was seen in the field
 * @param implementation makes one whose unseeded stream begins at the given seed
 */
public record Mutant(
        String name, String requirement, String defect, LongFunction<? extends Implementation> implementation) {}
