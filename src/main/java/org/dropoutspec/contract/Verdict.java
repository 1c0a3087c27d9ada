package org.dropoutspec.contract;

import java.util.Locale;
import java.util.Map;

/** What an examination found about one requirement; exactly one of five. */
public sealed interface Verdict {
    /** What was seen, in words; empty where there is nothing to say. */
    String message();

    /** The figures behind it, by name, for the certificate. */
    default Map<String, Object> evidence() {
        return Map.of();
    }

    /** The word in reports: {@code pass}. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The implementation does what the requirement says, as far as the evidence states. */
    record Pass(String message, Map<String, Object> evidence) implements Verdict {}

    /** It does not: {@code message} is what was expected and what was seen, with the smallest call that shows it. */
    record Fail(String message, Map<String, Object> evidence) implements Verdict {}

    /** It was not asked, or the adapter could not express it. */
    record Unsupported(String message) implements Verdict {}

    /** The sample budget ended before the evidence did. Never taken for a pass. */
    record Inconclusive(String message, Map<String, Object> evidence) implements Verdict {}

    /** The adapter or the suite broke; it says nothing about the implementation. Never taken for a pass. */
    record Error(String message) implements Verdict {}
}
