package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;

/** A certificate as text: a line a requirement, then what did not pass with the command that replays it. */
public final class TextReport {
    private final Certificate certificate;
    private final Function<String, String> replay;

    /** @param replay the command that examines one requirement again, by its id */
    public TextReport(Certificate certificate, Function<String, String> replay) {
        this.certificate = certificate;
        this.replay = replay;
    }

    /** The lines, without line ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : certificate.findings()) {
            lines.add(line(finding));
        }
        lines.add("");
        for (Finding finding : certificate.findings()) {
            if (!isQuiet(finding.verdict())) {
                lines.addAll(told(finding));
                lines.add("");
            }
        }
        if (!certificate.ledger().isEmpty()) {
            lines.addAll(certificate.ledger());
            lines.add("");
        }
        lines.addAll(summary());
        return lines;
    }

    private static String line(Finding finding) {
        Verdict verdict = finding.verdict();
        String word = isQuiet(verdict) ? verdict.word() : verdict.word().toUpperCase(Locale.ROOT);
        String remark = isQuiet(verdict) && !verdict.message().isEmpty() ? " (" + verdict.message() + ")" : "";
        return String.format(
                Locale.ROOT,
                "%-12s %-8s %-6s %s%s",
                word,
                finding.requirement().id(),
                finding.requirement().level(),
                finding.requirement().title(),
                remark);
    }

    private List<String> told(Finding finding) {
        String state = finding.verdict() instanceof Verdict.Fail
                ? ""
                : finding.verdict().word() + ": ";
        return List.of(
                finding.requirement().heading() + ": " + state
                        + finding.verdict().message(),
                "  replay: " + replay.apply(finding.requirement().id()));
    }

    private List<String> summary() {
        List<String> lines = new ArrayList<>(verdicts());
        List<String> others = certificate.implementation().operationsNotJudged();
        if (!others.isEmpty()) {
            lines.add(lines.size() - 1, "declared, not judged by this version: " + String.join(", ", others));
        }
        return lines;
    }

    private List<String> verdicts() {
        Description implementation = certificate.implementation();
        Map<String, Long> counts = certificate.findings().stream()
                .collect(Collectors.groupingBy(finding -> finding.verdict().word(), Collectors.counting()));
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s %s (%s): %s%s",
                        implementation.name(),
                        implementation.version(),
                        implementation.language(),
                        certificate.outcome(),
                        certificate.whole() ? "" : " in the requirements selected"),
                String.format(
                        Locale.ROOT,
                        "%d pass, %d fail, %d unsupported, %d inconclusive, %d error; types %s",
                        counts.getOrDefault("pass", 0L),
                        counts.getOrDefault("fail", 0L),
                        counts.getOrDefault("unsupported", 0L),
                        counts.getOrDefault("inconclusive", 0L),
                        counts.getOrDefault("error", 0L),
                        implementation.dtypes().stream().map(Object::toString).collect(Collectors.joining(", "))),
                String.format(
                        Locale.ROOT,
                        "tier %s, seed %d, %,d mask elements in %.1f s, specification %s",
                        certificate.tier(),
                        certificate.seed(),
                        certificate.elements(),
                        certificate.duration().toMillis() / 1000.0,
                        certificate.specification().substring(0, 8)));
    }

    private static boolean isQuiet(Verdict verdict) {
        return verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported;
    }
}
