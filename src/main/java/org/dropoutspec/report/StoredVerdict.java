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
 * @param json as it stands there
 */
record StoredVerdict(JsonNode json) {
    static List<StoredVerdict> all(JsonNode certificate) {
        return StreamSupport.stream(certificate.path("requirements").spliterator(), false)
                .map(StoredVerdict::new)
                .toList();
    }

    /**
     * Those that are told, by subject: operations share code, so what several of them fail stands together, and so does
     * what broke in one way.
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

    /** Whether its check broke, so that nothing is known. */
    boolean isError() {
        return verdict().equals("error");
    }

    /** Whether it broke for one of these reasons, for which the run as a whole was not judged. */
    boolean isEndedBy(List<String> reasons) {
        return isError() && reasons.stream().anyMatch(message()::endsWith);
    }

    /** What failed or stayed open by itself; the echo of another failure is told with that one. */
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

    /** Whether it failed and changes nothing in the outcome. */
    boolean isAdvice() {
        return verdict().equals("fail") && !level().startsWith("MUST");
    }

    /** What it looks like: its verdict, and {@code advice} beside a failed SHOULD. */
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

    /** As {@code --only} takes it. */
    String name() {
        return (operation().equals("dropout") ? "" : operation() + ":") + id();
    }

    /** Where its page tells of it. */
    String anchor() {
        return operation() + "-" + id();
    }

    String chapter() {
        return id().substring(0, id().indexOf('-'));
    }

    /** The id of the requirement whose failure this verdict is told under; empty where it stands for itself. */
    String cause() {
        return json.at("/evidence/because_of").asText();
    }

    /** A sign beside the colour, for those who see it otherwise. */
    String sign() {
        return sign(verdict());
    }

    /** That of a verdict, or of an outcome. */
    static String sign(String verdict) {
        return switch (verdict) {
            case "conformant", "pass" -> "\u2713";
            case "nonconformant", "fail" -> "\u2717";
            case "unsupported" -> "\u2013";
            default -> "?";
        };
    }
}
