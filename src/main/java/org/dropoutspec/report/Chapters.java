package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.report.ReportLine.Tone;

/** A certificate at a glance: one line for each chapter, operation by operation. */
final class Chapters {
    private Chapters() {}

    static List<ReportLine> lines(Certificate certificate) {
        Map<String, Map<String, List<Finding>>> byOperation = new LinkedHashMap<>();
        for (Finding finding : certificate.findings()) {
            byOperation
                    .computeIfAbsent(finding.operation(), operation -> new LinkedHashMap<>())
                    .computeIfAbsent(finding.requirement().chapter(), chapter -> new ArrayList<>())
                    .add(finding);
        }
        List<ReportLine> lines = new ArrayList<>();
        byOperation.forEach((operation, chapters) -> {
            lines.add(ReportLine.plain(operation));
            chapters.forEach((chapter, findings) -> lines.add(line(chapter, findings)));
        });
        return lines;
    }

    private static ReportLine line(String chapter, List<Finding> findings) {
        List<String> parts = new ArrayList<>();
        add(parts, findings, Verdict.Pass.class, "pass", false);
        add(parts, findings, Verdict.Fail.class, "FAIL", true);
        add(parts, findings, Verdict.Error.class, "ERROR", true);
        List<Finding> open = findings.stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Inconclusive)
                .toList();
        List<Finding> echoes = open.stream()
                .filter(finding -> TextReport.isEcho(finding.verdict()))
                .toList();
        List<Finding> undecided = open.stream()
                .filter(finding -> !TextReport.isEcho(finding.verdict()))
                .toList();
        add(parts, undecided, Verdict.Inconclusive.class, "INCONCLUSIVE", true);
        add(parts, echoes, Verdict.Inconclusive.class, "not judged because of another", false);
        add(parts, findings, Verdict.Unsupported.class, "unsupported", false);
        // the worst of them
        Tone tone = findings.stream()
                .map(finding -> ReportLine.tone(finding.verdict()))
                .max(Comparator.comparing(one -> one == Tone.BAD ? 2 : one == Tone.OPEN ? 1 : 0))
                .orElse(Tone.PLAIN);
        return new ReportLine(tone, String.format(Locale.ROOT, "  %-8s %s", chapter, String.join(", ", parts)));
    }

    private static void add(
            List<String> parts, List<Finding> findings, Class<? extends Verdict> kind, String word, boolean named) {
        List<String> ids = findings.stream()
                .filter(finding -> kind.isInstance(finding.verdict()))
                .map(finding -> finding.requirement().id())
                .toList();
        if (!ids.isEmpty()) {
            parts.add(ids.size() + " " + word + (named ? " (" + IdList.of(ids) + ")" : ""));
        }
    }
}
