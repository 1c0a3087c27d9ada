package org.dropoutspec.sampling;

import java.util.Map;

/** What the trial found about one requirement; the evidence is plain numbers, strings, lists and maps. */
public sealed interface Conclusion {
    /** What was seen, or what is certified, in words. */
    String message();

    Map<String, Object> evidence();

    /** The null hypothesis is refuted. */
    record Rejected(String message, Map<String, Object> evidence) implements Conclusion {}

    /** The requirement's claim is certified, or nothing was found up to a horizon that was fixed in advance. */
    record Certified(String message, Map<String, Object> evidence) implements Conclusion {}

    /** The budget ended before the evidence did. */
    record Undecided(String message, Map<String, Object> evidence) implements Conclusion {}

    /** None of the calls could be expressed, or the declared resolution leaves nothing to ask. */
    record Inapplicable(String message) implements Conclusion {
        @Override
        public Map<String, Object> evidence() {
            return Map.of();
        }
    }
}
