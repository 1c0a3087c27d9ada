package org.dropoutspec.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.selftest.Generated.Hunt;

/**
 * What was found of generated defects.
 *
 * @param tier how much was asked of each
 * @param seed which draws them again
 */
public record GeneratedResult(Tier tier, long seed, List<Hunt> hunts) {

    public GeneratedResult {
        hunts = List.copyOf(hunts);
    }

    /** Those that were promised and not found. */
    public List<Hunt> missed() {
        return hunts.stream().filter(Hunt::isMissed).toList();
    }

    /** 0 when all that is promised was found but for one in a hundred, else 1. */
    public int exitStatus() {
        long promised = hunts.stream().filter(hunt -> hunt.drawn().promised()).count();
        return 100L * missed().size() > promised ? 1 : 0;
    }

    /** For people: what was found by condition, by effect and by strength; then what was missed. One defect is a line. */
    public List<String> lines() {
        if (hunts.size() == 1) {
            return List.of(words(hunts.get(0)));
        }
        List<String> lines = new ArrayList<>();
        lines.add("self-test, generated defects, tier " + tier + ", seed " + seed);
        lines.add("promised: the best bet is expected to find it with a probability of .999");
        lines.add("others: the effect is smaller; some of them are expected to be found");
        lines.add("");
        lines.add(row("", "promised", "found", "share", "others", "found", "expected"));
        lines.add(row("all", hunts));
        add(lines, "by condition", hunt -> hunt.drawn().defect().condition());
        add(lines, "by effect", hunt -> hunt.drawn().defect().kind());
        add(lines, "by strength", hunt -> decade(hunt.drawn().defect().strength()));
        lines.add("");
        for (Hunt hunt : missed()) {
            int index = hunt.drawn().index();
            lines.add("missed: " + words(hunt));
            lines.add("  replay: self-test --generated " + (index + 1) + " --index " + index + " --tier " + tier
                    + " --seed " + seed);
        }
        if (missed().isEmpty()) {
            lines.add("nothing that was promised was missed");
        }
        return lines;
    }

    private void add(List<String> lines, String title, Function<Hunt, String> group) {
        lines.add("");
        lines.add(title);
        Map<String, List<Hunt>> groups =
                hunts.stream().collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()));
        groups.forEach((name, members) -> lines.add(row("  " + name, members)));
    }

    /** Strengths scatter over orders of magnitude: by tenths of an order of magnitude they would be one or none each. */
    private static String decade(double strength) {
        int exponent = (int) Math.ceil(2 * Math.log10(strength) - 1e-9);
        return String.format(Locale.ROOT, "to %.5f", Math.pow(10, Math.max(-10, exponent) / 2.0));
    }

    private static String row(String name, List<Hunt> members) {
        List<Hunt> promised =
                members.stream().filter(hunt -> hunt.drawn().promised()).toList();
        List<Hunt> others =
                members.stream().filter(hunt -> !hunt.drawn().promised()).toList();
        long kept = promised.stream().filter(Hunt::isFound).count();
        return row(
                name,
                Integer.toString(promised.size()),
                Long.toString(kept),
                promised.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * kept / promised.size()),
                Integer.toString(others.size()),
                Long.toString(others.stream().filter(Hunt::isFound).count()),
                String.format(
                        Locale.ROOT,
                        "%.1f",
                        others.stream()
                                .mapToDouble(hunt -> hunt.drawn().probability())
                                .sum()));
    }

    private static String row(String name, String... numbers) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
        for (String number : numbers) {
            row.append(String.format(Locale.ROOT, "%10s", number));
        }
        return row.toString().stripTrailing();
    }

    /** One defect in a line, with the number that draws it again. */
    static String words(Hunt hunt) {
        String found = hunt.isFound() ? "found by " + String.join(", ", hunt.found()) : "not found";
        return "index " + hunt.drawn().index() + ", " + found + ", "
                + (hunt.drawn().promised()
                        ? "promised"
                        : String.format(
                                Locale.ROOT,
                                "with a probability of %.3f",
                                hunt.drawn().probability()))
                + ": " + hunt.drawn().defect();
    }
}
