package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.ReportLine.Tone;
import org.dropoutspec.spec.RequirementLevel;

/** A certificate as text: a line for each requirement, then what did not pass, with the command that replays it. */
public final class TextReport {
    /** Up to this many requirements always have a line each. */
    private static final int FEW = 8;

    /** If more checks than these broke in the same way, they are counted and not named: their names stand above. */
    private static final int NAMED = 4;

    private final Certificate certificate;
    private final Function<String, String> replay;
    private final boolean verbose;
    private final boolean each;

    /**
     * @param replay the command that examines one requirement again, by its id
     * @param verbose whether to give every requirement a line, and tell how the false-alarm probability was spent
     */
    public TextReport(Certificate certificate, Function<String, String> replay, boolean verbose) {
        this.certificate = certificate;
        this.replay = replay;
        this.verbose = verbose;
        this.each = verbose || certificate.findings().size() <= FEW;
    }

    /** The lines, without line ends. */
    public List<String> lines() {
        return toned().stream().map(ReportLine::text).toList();
    }

    /** The lines, each with its tone, which tells what it says of the implementation. */
    public List<ReportLine> toned() {
        List<ReportLine> lines = new ArrayList<>(each ? requirements() : Chapters.lines(certificate));
        lines.add(ReportLine.plain(""));
        Map<String, List<Finding>> together =
                certificate.findings().stream().collect(Collectors.groupingBy(this::subject));
        List<Finding> pressingFirst = certificate.findings().stream()
                .sorted(Comparator.comparing(TextReport::isAdvice))
                .toList();
        for (Finding finding : pressingFirst) {
            List<Finding> alike = together.getOrDefault(subject(finding), List.of(finding));
            if (!isQuiet(finding.verdict())
                    && !isEcho(finding.verdict())
                    && !isReason(finding.verdict())
                    && alike.get(0) == finding) {
                lines.addAll(finding.verdict() instanceof Verdict.Fail ? inOperations(alike) : told(alike));
                lines.add(ReportLine.plain(""));
            }
        }
        if (verbose && !certificate.ledger().isEmpty()) {
            certificate.ledger().forEach(line -> lines.add(ReportLine.plain(line)));
            lines.add(ReportLine.plain(""));
        }
        if (!certificate.reasons().isEmpty()) {
            certificate
                    .reasons()
                    .forEach(reason -> Printable.lines("not judged: " + reason)
                            .forEach(line -> lines.add(new ReportLine(Tone.OPEN, line))));
            lines.add(ReportLine.plain(""));
        }
        lines.addAll(new ReportSummary(certificate, each).lines());
        return lines;
    }

    private List<ReportLine> requirements() {
        List<ReportLine> lines = new ArrayList<>();
        String operation = certificate.judged().size() == 1 ? PlainDropout.NAME : "";
        for (Finding finding : certificate.findings()) {
            if (!finding.operation().equals(operation)) {
                operation = finding.operation();
                if (!lines.isEmpty()) {
                    lines.add(ReportLine.plain(""));
                }
                lines.add(ReportLine.plain(operation + ":"));
            }
            lines.add(new ReportLine(ReportLine.tone(finding.verdict()), line(finding)));
        }
        return lines;
    }

    /** Whether what failed is a SHOULD, which no verdict hangs on: it stands below all else. */
    private static boolean isAdvice(Finding finding) {
        return finding.verdict() instanceof Verdict.Fail
                && finding.requirement().level() != RequirementLevel.MUST;
    }

    static boolean isEcho(Verdict verdict) {
        return verdict instanceof Verdict.Inconclusive open && open.isEcho();
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

    /** Whether a verdict is an error that ended the run. The report tells that once, below. */
    private boolean isReason(Verdict verdict) {
        return verdict instanceof Verdict.Error error
                && certificate.reasons().stream().anyMatch(error.message()::endsWith);
    }

    private static String firstLine(Verdict verdict) {
        return verdict.message().lines().findFirst().orElse("");
    }

    /** Findings with one subject are told together: the same error, or a requirement failed by several operations. */
    private String subject(Finding finding) {
        Verdict verdict = finding.verdict();
        boolean byRequirement = verdict instanceof Verdict.Fail && !verbose;
        // grouped by the error, not by the request that met it
        return verdict.word() + " "
                + (verdict instanceof Verdict.Error
                        ? firstLine(verdict)
                        : byRequirement ? finding.requirement().id() : finding.name());
    }

    /** Operations share code: the first that fails a requirement is told in full, and each other one in a line. */
    private List<ReportLine> inOperations(List<Finding> failures) {
        List<ReportLine> lines = told(failures.subList(0, 1));
        failures.stream()
                .skip(1)
                .map(other -> "  also in " + other.operation() + ": " + firstLine(other.verdict()))
                .forEach(line -> lines.add(ReportLine.plain(Printable.line(line))));
        return lines;
    }

    private List<ReportLine> told(List<Finding> alike) {
        Finding first = alike.get(0);
        String state =
                first.verdict() instanceof Verdict.Fail ? "" : first.verdict().word() + ": ";
        String heading = switch (alike.size()) {
            case 1 ->
                (first.isPlain() ? "" : first.operation() + ":")
                        + first.requirement().heading();
            case 2, 3, NAMED -> alike.stream().map(Finding::name).collect(Collectors.joining(", "));
            default -> alike.size() + " requirements, the first " + first.name();
        };
        List<ReportLine> told = new ArrayList<>();
        for (String line :
                Printable.lines(heading + ": " + state + first.verdict().message())) {
            told.add(new ReportLine(told.isEmpty() ? ReportLine.tone(first.verdict()) : Tone.PLAIN, line));
        }
        List<String> again = certificate.findings().stream()
                .filter(other -> other.operation().equals(first.operation()))
                .filter(other -> isEcho(other.verdict())
                        && ((Verdict.Inconclusive) other.verdict())
                                .cause()
                                .equals(first.requirement().id()))
                .map(other -> other.requirement().id())
                .toList();
        if (!again.isEmpty()) {
            told.add(ReportLine.plain("  seen again by " + String.join(", ", again) + ", not judged because of it"));
        }
        told.add(new ReportLine(
                Tone.FAINT,
                "  replay: "
                        + replay.apply(first.replayed(
                                certificate.implementation().operations().size()))));
        return told;
    }

    static boolean isQuiet(Verdict verdict) {
        return verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported;
    }
}
