package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.ReportLine.Tone;
import org.dropoutspec.tensor.DType;

/** A certificate as text: a line a requirement, then what did not pass with the command that replays it. */
public final class TextReport {
    private static final int LONGEST_LANGUAGE = 60;

    /** So many requirements have a line each in any case. */
    private static final int FEW = 8;

    /** More that broke in one way are counted: their names stand above. */
    private static final int NAMED = 4;

    private final Certificate certificate;
    private final Function<String, String> replay;
    private final boolean verbose;
    private final boolean each;

    /**
     * @param replay the command that examines one requirement again, by its id
     * @param verbose a line a requirement, however many there are, and how the false-alarm probability was spent
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

    /** The lines with what each says of the implementation. */
    public List<ReportLine> toned() {
        List<ReportLine> lines = new ArrayList<>(each ? requirements() : Chapters.lines(certificate));
        lines.add(ReportLine.plain(""));
        Map<String, List<Finding>> together =
                certificate.findings().stream().collect(Collectors.groupingBy(this::subject));
        for (Finding finding : certificate.findings()) {
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
        lines.addAll(summary());
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

    /** What ended the run is told below, once. */
    private boolean isReason(Verdict verdict) {
        return verdict instanceof Verdict.Error error && certificate.reasons().contains(error.message());
    }

    private static String firstLine(Verdict verdict) {
        return verdict.message().lines().findFirst().orElse("");
    }

    /** What is told together: what broke many checks, and the requirement that several operations fail. */
    private String subject(Finding finding) {
        Verdict verdict = finding.verdict();
        boolean byRequirement = verdict instanceof Verdict.Fail && !verbose;
        // by what broke, not by the request that did
        return verdict.word() + " "
                + (verdict instanceof Verdict.Error
                        ? firstLine(verdict)
                        : byRequirement ? finding.requirement().id() : finding.name());
    }

    /** Operations share code: a requirement is told in full of the first that fails it, and in a line of the others. */
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

    private List<ReportLine> summary() {
        Map<String, Long> counts = certificate.findings().stream()
                .collect(Collectors.groupingBy(finding -> finding.verdict().word(), Collectors.counting()));
        List<String> summary = new ArrayList<>();
        if (certificate.outcome() == Outcome.CONFORMANT) {
            summary.addAll(Narrowing.of(certificate).lines());
        }
        if (!each) { // else the requirement's line says it
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
        // the outcome first: what follows it is a stranger's
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

    /** Each with its own types, where not all were judged in the same. */
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

    /** Those in which some operation was judged. */
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

    static boolean isQuiet(Verdict verdict) {
        return verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported;
    }
}
