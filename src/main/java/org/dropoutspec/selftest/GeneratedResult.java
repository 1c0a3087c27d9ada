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
 * The result of looking for generated defects.
 *
 * @param tier the budget for each defect
 * @param seed the seed that draws the same defects again
 */
public record GeneratedResult(Tier tier, long seed, List<Hunt> hunts) {

    public GeneratedResult {
        hunts = List.copyOf(hunts);
    }

    /** The runs whose defect was promised and not found. */
    public List<Hunt> missed() {
        return hunts.stream().filter(Hunt::isMissed).toList();
    }

    /** 0 when at most one in a hundred of the promised defects was missed, else 1. */
    public int exitStatus() {
        long promised = hunts.stream().filter(hunt -> hunt.drawn().promised()).count();
        return 100L * missed().size() > promised ? 1 : 0;
    }

    /** The text for people: the finds by condition, effect and strength, then the misses; for one defect, one line. */
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

    /** The group of a strength, half an order of magnitude wide: in tenths, groups would have one member or none. */
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

    /** One defect in a line, with the index that draws it again. */
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
