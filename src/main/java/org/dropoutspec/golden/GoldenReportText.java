package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;

/** A report of the vectors as lines of text. */
final class GoldenReportText {
    private GoldenReportText() {}

    static List<String> lines(GoldenReport report) {
        List<String> lines = new ArrayList<>();
        report.problems().forEach(problem -> lines.add("BAD  " + problem));
        lines.addAll(report.findings());
        int skipped =
                report.skipped().values().stream().mapToInt(Integer::intValue).sum();
        lines.add("golden vectors, " + report.implementation() + ": " + report.files() + " files, "
                + (report.checked() + skipped) + " vectors");
        lines.add("checked " + report.checked() + ": " + report.passed() + " passed, " + report.failed() + " failed, "
                + report.advised() + " failed what SHOULD be, " + report.broken()
                + " in which the implementation broke");
        for (Rung rung : Rung.values()) {
            int count = report.rungs().getOrDefault(rung, 0);
            lines.add(row(count, rung.title() + (count == 0 ? ": " + rung.absence() : "")));
        }
        lines.add("skipped " + skipped);
        report.skipped().forEach((reason, count) -> lines.add(row(count, reason)));
        if (!report.problems().isEmpty()) {
            lines.add("bad: " + report.problems().size() + " problems in the files, told above");
        }
        return lines;
    }

    private static String row(int count, String text) {
        String digits = Integer.toString(count);
        return " ".repeat(Math.max(1, 7 - digits.length())) + digits + "  " + text;
    }
}
