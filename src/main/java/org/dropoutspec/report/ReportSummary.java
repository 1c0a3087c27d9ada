package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.ReportLine.Tone;
import org.dropoutspec.tensor.DType;

/** The end of a report: the outcome, the implementation, and what was left out. */
final class ReportSummary {
    private static final int LONGEST_LANGUAGE = 60;

    private final Certificate certificate;
    private final boolean each;

    /** @param each whether every requirement has a line of its own above */
    ReportSummary(Certificate certificate, boolean each) {
        this.certificate = certificate;
        this.each = each;
    }

    List<ReportLine> lines() {
        Map<String, Long> counts = certificate.findings().stream()
                .collect(Collectors.groupingBy(finding -> finding.verdict().word(), Collectors.counting()));
        List<String> summary = new ArrayList<>();
        if (certificate.outcome() == Outcome.CONFORMANT) {
            summary.addAll(Narrowing.of(certificate).lines());
        }
        if (!each) { // otherwise the requirement's line says it
            certificate.findings().stream()
                    .filter(finding -> finding.verdict().evidence().containsKey(Verdict.LEFT_BEHIND))
                    .map(finding -> "  note: " + finding.name() + ": "
                            + finding.verdict().message())
                    .forEach(summary::add);
        }
        List<String> others = certificate.operationsNotJudged();
        if (!others.isEmpty()) {
            summary.add("  declared, not judged by this version: " + String.join(", ", others));
        }
        if (certificate.judged().size() > 1) {
            summary.add("operations " + operations());
        }
        List<String> left = certificate.operationsNotSelected();
        if (!left.isEmpty()) {
            summary.add("  declared, not selected: " + String.join(", ", left));
        }
        summary.add(String.format(
                Locale.ROOT,
                "%d pass, %d fail, %d unsupported, %d inconclusive, %d error; types %s",
                counts.getOrDefault("pass", 0L),
                counts.getOrDefault("fail", 0L),
                counts.getOrDefault("unsupported", 0L),
                counts.getOrDefault("inconclusive", 0L),
                counts.getOrDefault("error", 0L),
                types()));
        summary.add(String.format(
                Locale.ROOT,
                "tier %s, seed %d, %,d mask elements in %.1f s, specification %s",
                certificate.tier(),
                certificate.seed(),
                certificate.elements(),
                certificate.duration().toMillis() / 1000.0,
                certificate.specification().substring(0, 8)));
        // the outcome comes first, since the words after it are a stranger's
        ReportLine outcome = new ReportLine(tone(certificate.outcome()), outcome() + ": " + subject());
        return Stream.concat(Stream.of(outcome), summary.stream().map(ReportLine::plain))
                .toList();
    }

    private static Tone tone(Outcome outcome) {
        return switch (outcome) {
            case CONFORMANT -> Tone.GOOD;
            case NONCONFORMANT -> Tone.BAD;
            case NOT_JUDGED -> Tone.OPEN;
        };
    }

    private String outcome() {
        boolean narrowed = certificate.outcome() == Outcome.CONFORMANT && certificate.isNarrowed();
        return certificate.outcome().toString().replace('-', ' ')
                + (narrowed ? " in scope" : "")
                + (certificate.whole() ? "" : (narrowed ? "," : "") + " in the requirements selected");
    }

    private String subject() {
        Description implementation = certificate.implementation();
        return implementation.title() + " (" + Printable.line(implementation.language(), LONGEST_LANGUAGE) + ")"
                + (certificate.isOfReference()
                        ? ", THE SUITE'S OWN: no implementation was named, and none but this one was judged"
                        : "");
    }

    /** The judged operations; each with its own types, where not all were judged in the same types. */
    private String operations() {
        boolean alike = certificate.judged().stream()
                        .map(judged -> judged.inquiry().judgedTypes())
                        .distinct()
                        .count()
                == 1;
        return certificate.judged().stream()
                .map(judged -> judged.operation()
                        + (alike ? "" : " (" + names(judged.inquiry().judgedTypes()) + ")"))
                .collect(Collectors.joining(", "));
    }

    /** The types in which at least one operation was judged. */
    private String types() {
        return names(certificate.judged().stream()
                .flatMap(judged -> judged.inquiry().judgedTypes().stream())
                .distinct()
                .sorted()
                .toList());
    }

    private static String names(List<DType> types) {
        return types.isEmpty() ? "none" : types.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
