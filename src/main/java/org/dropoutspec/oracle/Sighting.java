package org.dropoutspec.oracle;

/**
 * A requirement that an answer was seen to break.
 *
 * @param requirement its id, such as {@code FWD-1}
 * @param what was expected and seen: {@code index 3, expected 0, got 1.25}
 * @param ofGradient whether it is an element of the gradient of a requirement that is about outputs too
 */
public record Sighting(String requirement, String what, boolean ofGradient) {
    /** Of an output, or of an answer as a whole. */
    public Sighting(String requirement, String what) {
        this(requirement, what, false);
    }
}
