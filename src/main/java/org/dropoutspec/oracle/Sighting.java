package org.dropoutspec.oracle;

import java.util.Optional;

/**
 * A requirement that an answer was seen to break.
 *
 * @param requirement its id, such as {@code FWD-1}
 * @param what the expected and the seen value: {@code index 3, expected 0, got 1.25}
 * @param ofGradient whether a gradient breaks it, for a requirement that is about outputs too
 * @param partOf the requirement that reports this sighting too; if it is broken as well, it is told there
 * @param whateverTheMask whether no mask at all explains the answer, so that the mask is not what is wrong
 */
public record Sighting(
        String requirement, String what, boolean ofGradient, Optional<String> partOf, boolean whateverTheMask) {
    public Sighting(String requirement, String what, boolean ofGradient, Optional<String> partOf) {
        this(requirement, what, ofGradient, partOf, false);
    }

    public Sighting(String requirement, String what, boolean ofGradient) {
        this(requirement, what, ofGradient, Optional.empty());
    }

    /** A sighting in an output, or in an answer as a whole. */
    public Sighting(String requirement, String what) {
        this(requirement, what, false);
    }

    /** The same, with the call in words. */
    public Sighting in(String call) {
        return new Sighting(requirement, what + " (" + call + ")", ofGradient, partOf, whateverTheMask);
    }

    /** A sighting in an output that no mask explains. */
    public static Sighting whateverTheMask(String requirement, String what) {
        return new Sighting(requirement, what, false, Optional.empty(), true);
    }
}
