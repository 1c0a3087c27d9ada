package org.dropoutspec.oracle;

/**
 * A requirement that an answer was seen to break.
 *
 * @param requirement its id, such as {@code FWD-1}
 * @param what was expected and seen: {@code index 3, expected 0, got 1.25}
 */
public record Sighting(String requirement, String what) {}
