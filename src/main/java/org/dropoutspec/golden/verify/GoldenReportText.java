package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.spec.RequirementLevel;

/** A report of the vectors as lines of text. */
final class GoldenReportText {
    private static final int FAILURES_SHOWN = 3;

    private final List<String> lines = new ArrayList<>();

    private GoldenReportText() {}

    static List<String> lines(GoldenReport report) {
        GoldenReportText text = new GoldenReportText();
        report.problems().forEach(problem -> text.lines.add("BAD  " + problem));
        report.vectors().forEach(text::vector);
        if (report.problems().isEmpty() || !report.vectors().isEmpty()) {
            text.summary(report);
        }
        report.fault().ifPresent(fault -> text.lines.addAll(Printable.lines(fault)));
        // the texts of files and implementations come from strangers
        return text.lines.stream().map(Printable::line).toList();
    }

    private void vector(VectorResult vector) {
        String where =
                vector.file() + " " + vector.label().id() + " " + vector.label().requirement();
        for (Attempt attempt : vector.attempts()) {
            if (attempt instanceof Attempt.Checked checked
                    && !checked.failures().isEmpty()) {
                String headline = vector.level() == RequirementLevel.MUST ? "FAIL " : "SHOULD ";
                tell(headline + where + ", " + checked.rung().title(), checked.failures());
                lines.add("     asked: " + checked.asked());
            } else if (attempt instanceof Attempt.Broken fault) {
                tell("BROKE " + where, Printable.lines(fault.message()));
            }
        }
        if (vector.failed().findAny().isPresent()) {
            vector.hunted()
                    .forEach(note ->
                            lines.add("     hunts " + note.flag() + ": " + note.hunts() + " (" + note.source() + ")"));
        }
    }

    private void tell(String headline, List<String> failures) {
        lines.add(headline);
        failures.stream().limit(FAILURES_SHOWN).forEach(failure -> lines.add("     " + failure));
        if (failures.size() > FAILURES_SHOWN) {
            lines.add("     and " + (failures.size() - FAILURES_SHOWN) + " more");
        }
    }

    private void summary(GoldenReport report) {
        int skipped =
                report.skipped().values().stream().mapToInt(Integer::intValue).sum();
        lines.add("golden vectors, " + report.implementation().title() + ": " + report.files() + " files, "
                + (report.checked() + skipped) + " vectors");
        lines.add("checked " + report.checked() + ": " + report.passed() + " passed, " + report.failed() + " failed, "
                + report.advised() + " failed what SHOULD be, " + report.broken()
                + " in which the implementation broke");
        for (MaskSource rung : MaskSource.values()) {
            int count = report.rungs().getOrDefault(rung, 0);
            lines.add(row(count, rung.title() + (count == 0 ? ": " + rung.absence() : "")));
        }
        lines.add("skipped " + skipped);
        report.skipped().forEach((reason, count) -> lines.add(row(count, reason)));
        if (!report.problems().isEmpty()) {
            lines.add("bad: " + report.problems().size() + " problems in the files, told above");
        }
    }

    private static String row(int count, String text) {
        String digits = Integer.toString(count);
        return " ".repeat(Math.max(1, 7 - digits.length())) + digits + "  " + text;
    }
}
