package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One entry of {@code requirements} in a certificate.
 *
 * @param json as it stands in the certificate
 */
record StoredVerdict(JsonNode json) {
    static List<StoredVerdict> all(JsonNode certificate) {
        return StreamSupport.stream(certificate.path("requirements").spliterator(), false)
                .map(StoredVerdict::new)
                .toList();
    }

    /**
     * The findings, grouped by subject. Operations share code, so one group holds what several of them fail; another
     * holds all checks that broke in the same way.
     */
    static List<List<StoredVerdict>> findings(Stream<StoredVerdict> verdicts) {
        return List.copyOf(verdicts.filter(StoredVerdict::isFinding)
                .collect(Collectors.groupingBy(StoredVerdict::subject, LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private String subject() {
        return switch (verdict()) {
            case "fail" -> id();
            case "error" -> message().lines().findFirst().orElse("");
            default -> anchor();
        };
    }

    /** Whether the check broke, so that nothing is known about the requirement. */
    boolean isError() {
        return verdict().equals("error");
    }

    /** Whether the check broke for one of the reasons for which the run as a whole was not judged. */
    boolean isEndedBy(List<String> reasons) {
        return isError() && reasons.stream().anyMatch(message()::endsWith);
    }

    /** Whether it failed or stayed open by itself. The echo of another failure is told with that failure. */
    boolean isFinding() {
        return switch (verdict()) {
            case "fail", "error" -> true;
            case "inconclusive" -> !json.path("evidence").has("because_of");
            default -> false;
        };
    }

    String id() {
        return text("id");
    }

    String operation() {
        return text("operation");
    }

    /** {@code pass}, {@code fail}, {@code unsupported}, {@code inconclusive} or {@code error}. */
    String verdict() {
        return text("verdict");
    }

    String level() {
        return text("level");
    }

    /** Whether the requirement failed without effect on the outcome. */
    boolean isAdvice() {
        return verdict().equals("fail") && !level().startsWith("MUST");
    }

    /** The style classes of this verdict: its word, and {@code advice} for a failed SHOULD. */
    String look() {
        return "." + verdict() + (isAdvice() ? ".advice" : "");
    }

    String title() {
        return text("title");
    }

    String message() {
        return text("message");
    }

    private String text(String field) {
        return json.path(field).asText();
    }

    /** The name in the form that {@code --only} takes. */
    String name() {
        return (operation().equals("dropout") ? "" : operation() + ":") + id();
    }

    /** The anchor of the entry on the certificate's page. */
    String anchor() {
        return operation() + "-" + id();
    }

    String chapter() {
        return id().substring(0, id().indexOf('-'));
    }

    /** The id of the failed requirement under which this verdict is told; empty where it stands for itself. */
    String cause() {
        return json.at("/evidence/because_of").asText();
    }

    /** A sign beside the colour, for readers who cannot tell the colours apart. */
    String sign() {
        return sign(verdict());
    }

    /** The sign of a verdict or of an outcome. */
    static String sign(String verdict) {
        return switch (verdict) {
            case "conformant", "pass" -> "\u2713";
            case "nonconformant", "fail" -> "\u2717";
            case "unsupported" -> "\u2013";
            default -> "?";
        };
    }
}
