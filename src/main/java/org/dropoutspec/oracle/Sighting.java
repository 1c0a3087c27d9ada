package org.dropoutspec.oracle;

import java.util.Optional;

/**
 * A requirement that an answer was seen to break.
 *
 * @param requirement its id, such as {@code FWD-1}
 * @param what was expected and seen: {@code index 3, expected 0, got 1.25}
 * @param ofGradient whether it is an element of the gradient of a requirement that is about outputs too
 * @param partOf the requirement that tells it, if that one is broken too
 * @param whateverTheMask whether no mask explains it, so that it is not the mask that is wrong
 */
public record Sighting(
        String requirement, String what, boolean ofGradient, Optional<String> partOf, boolean whateverTheMask) {
    public Sighting(String requirement, String what, boolean ofGradient, Optional<String> partOf) {
        this(requirement, what, ofGradient, partOf, false);
    }

    public Sighting(String requirement, String what, boolean ofGradient) {
        this(requirement, what, ofGradient, Optional.empty());
    }

    /** Of an output, or of an answer as a whole. */
    public Sighting(String requirement, String what) {
        this(requirement, what, false);
    }

    /** Of an output that no mask explains. */
    public static Sighting whateverTheMask(String requirement, String what) {
        return new Sighting(requirement, what, false, Optional.empty(), true);
    }
}
