package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Printable;

/** Certificates that were written earlier, as text. */
final class StoredText {
    private StoredText() {}

    /** One certificate in full; of several, where they differ and then what each of them found. */
    static List<String> lines(Comparison comparison) {
        List<StoredCertificate> certificates = comparison.certificates();
        List<String> lines = new ArrayList<>();
        if (certificates.size() > 1) {
            lines.addAll(differences(comparison));
        }
        for (int i = 0; i < certificates.size(); i++) {
            lines.addAll(whole(certificates.get(i), certificates.size() > 1 ? "[" + (i + 1) + "] " : ""));
        }
        lines.remove(lines.size() - 1);
        return lines.stream().map(Printable::line).toList();
    }

    private static List<String> differences(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < comparison.certificates().size(); i++) {
            StoredCertificate one = comparison.certificates().get(i);
            lines.add("[" + (i + 1) + "] " + one.title() + ": " + one.outcome());
        }
        lines.add("");
        List<String> differing = comparison.differing();
        lines.add(differing.isEmpty() ? "they differ nowhere" : "where they differ:");
        for (String row : differing) {
            for (int i = 0; i < comparison.certificates().size(); i++) {
                String words = Comparison.words(comparison.certificates().get(i), row);
                lines.add(String.format(
                        Locale.ROOT, "  %-24s [%d] %s", i == 0 ? row.replace(':', ' ') : "", i + 1, words));
            }
        }
        lines.add("");
        return lines;
    }

    private static List<String> whole(StoredCertificate certificate, String number) {
        JsonNode json = certificate.json();
        List<String> lines = new ArrayList<>();
        lines.add(number + certificate.outcome() + ": " + certificate.title());
        lines.addAll(chapters(certificate));
        lines.add("");
        for (List<StoredVerdict> alike : StoredVerdict.findings(certificate.entries().stream()
                .map(StoredVerdict::new)
                .filter(entry -> !entry.isEndedBy(certificate.reasons()))
                .sorted(Comparator.comparing(StoredVerdict::isAdvice)))) {
            lines.addAll(told(alike.get(0)));
            lines.addAll(again(alike));
            lines.add("");
        }
        certificate.reasons().forEach(reason -> lines.addAll(StoredCertificate.lines("not judged: " + reason)));
        lines.add(String.format(
                Locale.ROOT,
                "tier %s, seed %d, %,d mask elements, specification %.8s",
                json.path("tier").asText(),
                json.path("seed").asLong(),
                json.path("elements").asLong(),
                json.at("/suite/specification").asText()));
        lines.add("");
        return lines;
    }

    private static List<String> chapters(StoredCertificate certificate) {
        Map<String, Map<String, List<JsonNode>>> byOperation = new LinkedHashMap<>();
        for (JsonNode entry : certificate.entries()) {
            String id = entry.path("id").asText();
            byOperation
                    .computeIfAbsent(entry.path("operation").asText(), operation -> new LinkedHashMap<>())
                    .computeIfAbsent(id.substring(0, id.indexOf('-')), chapter -> new ArrayList<>())
                    .add(entry);
        }
        List<String> lines = new ArrayList<>();
        byOperation.forEach((operation, chapters) -> {
            lines.add(operation);
            chapters.forEach((chapter, entries) -> lines.add(String.format(
                    Locale.ROOT, "  %-8s %s", chapter, Comparison.words(certificate, operation + ":" + chapter))));
        });
        return lines;
    }

    /** A failure again in other operations, a line each. Checks that broke in the same way share one line. */
    private static List<String> again(List<StoredVerdict> alike) {
        List<StoredVerdict> others = alike.subList(1, alike.size());
        if (!others.isEmpty() && others.get(0).isError()) {
            return List.of(
                    "  the same of " + others.stream().map(StoredVerdict::name).collect(Collectors.joining(", ")));
        }
        return others.stream()
                .map(entry -> "  also in " + entry.operation() + ": "
                        + StoredCertificate.lines(entry.message()).stream()
                                .findFirst()
                                .orElse(""))
                .toList();
    }

    private static List<String> told(StoredVerdict entry) {
        String heading = String.join(" ", entry.name(), entry.level(), entry.title());
        String state = entry.verdict().equals("fail") ? "" : entry.verdict() + ": ";
        List<String> lines = new ArrayList<>(StoredCertificate.lines(heading + ": " + state + entry.message()));
        if (entry.json().has("replay")) {
            lines.add("  replay: " + entry.json().path("replay").asText());
        }
        return lines;
    }
}
