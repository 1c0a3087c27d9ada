package org.dropoutspec.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;

/** A self-test as a table of characters: one row for each implementation, one character for each requirement. */
final class MatrixText {
    private static final int WIDTH = 120;
    private static final int NUMBERS = 7;

    /** The chapters in the order of the specification, each with the ids of its requirements that were judged. */
    private final Map<String, List<String>> chapters;

    private final int nameWidth;

    private MatrixText(SelfTestResult result) {
        Set<String> judged = Stream.concat(result.mutants().stream(), result.sound().stream())
                .flatMap(run -> run.verdicts().keySet().stream())
                .collect(Collectors.toSet());
        this.chapters = Specification.embedded().requirements().stream()
                .filter(requirement -> judged.contains(requirement.id()))
                .collect(Collectors.groupingBy(
                        Requirement::chapter,
                        LinkedHashMap::new,
                        Collectors.mapping(Requirement::id, Collectors.toList())));
        int cells = chapters.values().stream().mapToInt(ids -> ids.size() + 1).sum();
        this.nameWidth = Math.max(12, WIDTH - NUMBERS - 1 - cells);
    }

    static List<String> of(SelfTestResult result) {
        MatrixText text = new MatrixText(result);
        List<String> lines = new ArrayList<>();
        lines.add("self-test, tier " + result.tier() + ", seed " + result.seed());
        lines.add(
                "X found by its own requirement, ! missed by it, x found by another, . passed, ? inconclusive, E error,"
                        + " - unsupported");
        lines.add("");
        text.heading(lines);
        Stream.concat(result.mutants().stream(), result.sound().stream()).forEach(run -> lines.add(text.row(run)));
        lines.add("");
        result.missed()
                .forEach(run -> lines.add("missed: " + run.name() + " by "
                        + run.own().orElseThrow() + ", "
                        + run.ofOwn().word() + " after " + run.elements()
                        + " elements: "
                        + run.defect()));
        unjudged(result)
                .forEach((id, names) -> lines.add(
                        "no check for " + id + ", so that these were not judged: " + String.join(", ", names)));
        result.faulted().forEach(run -> faults(run, lines));
        lines.add(summary(result));
        return lines;
    }

    private void heading(List<String> lines) {
        StringBuilder names = new StringBuilder(cell("", nameWidth)).append(cell("elements", NUMBERS + 1));
        StringBuilder tens = new StringBuilder(cell("", nameWidth + NUMBERS + 1));
        StringBuilder units = new StringBuilder(cell("", nameWidth + NUMBERS + 1));
        chapters.forEach((chapter, ids) -> {
            names.append(' ').append(cell(chapter, ids.size()));
            tens.append(' ');
            units.append(' ');
            for (String id : ids) {
                int number = Integer.parseInt(id.substring(chapter.length() + 1));
                tens.append(number < 10 ? " " : Integer.toString(number / 10));
                units.append(number % 10);
            }
        });
        Stream.of(names, tens, units)
                .map(line -> line.toString().stripTrailing())
                .forEach(lines::add);
    }

    private String row(MutantRun run) {
        StringBuilder row = new StringBuilder(cell(run.name(), nameWidth))
                .append(String.format(Locale.ROOT, "%" + NUMBERS + "s ", rounded(run.elements())));
        chapters.values().forEach(ids -> {
            row.append(' ');
            ids.forEach(id -> row.append(symbol(run, id)));
        });
        return row.toString().stripTrailing();
    }

    private static char symbol(MutantRun run, String id) {
        Verdict verdict = run.verdicts().get(id);
        if (verdict == null) {
            return ' ';
        }
        boolean own = run.own().filter(id::equals).isPresent();
        if (verdict instanceof Verdict.Fail) {
            return own ? 'X' : 'x';
        }
        if (own) {
            return '!';
        }
        return verdict instanceof Verdict.Pass
                ? '.'
                : verdict instanceof Verdict.Unsupported ? '-' : verdict instanceof Verdict.Error ? 'E' : '?';
    }

    private static void faults(MutantRun run, List<String> lines) {
        run.verdicts().forEach((id, verdict) -> {
            if (!(verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported)) {
                lines.add("sound, and yet " + verdict.word() + ": " + run.name() + " at " + id + ": "
                        + verdict.message());
            }
        });
    }

    private static Map<String, List<String>> unjudged(SelfTestResult result) {
        return result.unjudged().stream()
                .collect(Collectors.groupingBy(
                        run -> run.own().orElseThrow(),
                        TreeMap::new,
                        Collectors.mapping(MutantRun::name, Collectors.toList())));
    }

    private static String summary(SelfTestResult result) {
        int mutants = result.mutants().size();
        return (mutants - result.missed().size() - result.unjudged().size()) + " of " + mutants
                + " mutants found by their own requirement, "
                + result.faulted().size() + " of " + result.sound().size() + " sound implementations found fault with, "
                + String.format(
                        Locale.ROOT,
                        "%.0f s",
                        Stream.concat(result.mutants().stream(), result.sound().stream())
                                .mapToDouble(MutantRun::seconds)
                                .sum());
    }

    private static String cell(String text, int width) {
        String cut = text.length() > width ? text.substring(0, Math.max(0, width - 1)) + "~" : text;
        return cut + " ".repeat(width - cut.length());
    }

    /** A count in at most three digits and a unit, for a column of numbers: 999, 1.2k, 35M. */
    private static String rounded(long count) {
        String[] units = {"", "k", "M", "G"};
        double scaled = count;
        int unit = 0;
        while (scaled >= 999.5 && unit + 1 < units.length) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && scaled < 9.95 ? "%.1f%s" : "%.0f%s", scaled, units[unit]);
    }
}
