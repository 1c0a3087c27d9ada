package org.dropoutspec.trial;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;

/** What refuted a requirement, in words: {@code element 0 was dropped in 0 of 4,096 calls at rate 0.5}. */
final class Words {
    private static final Pattern ONE_OF_THE_FIRST =
            Pattern.compile("element (\\d) of (the previous .*) (dropped|kept)");

    private Words() {}

    /** The finding to tell: the strongest, or a count of calls where that is nearly as strong and easier to see. */
    static Optional<Finding> telling(Family family) {
        Optional<Finding> strongest = family.strongest();
        return family.findings().stream()
                .filter(found -> found.label().startsWith("calls of "))
                .max(Comparator.comparingDouble(Finding::logE))
                .filter(found -> found.logE() >= strongest.orElseThrow().logE() / 2)
                .or(() -> strongest);
    }

    static String of(Finding found) {
        return switch (found.family()) {
            case "rate" -> dropped(found, "elements");
            case "position" -> position(found);
            case "dispersion" -> dispersion(found);
            case "duplicate" -> duplicate(found);
            case "context" -> context(found);
            default -> conditional(found, found.label());
        };
    }

    private static String at(Finding found) {
        return " at rate " + Figures.rate(found.rate());
    }

    private static String dropped(Finding found, String what) {
        return Figures.count(found.dropped()) + " of " + Figures.count(found.elements()) + " " + what
                + " were dropped, " + Figures.expected(found.elements() * found.expected()) + " expected" + at(found);
    }

    private static String position(Finding found) {
        String in = " was dropped in " + Figures.count(found.dropped()) + " of " + Figures.count(found.elements())
                + " calls" + at(found);
        String label = found.label();
        if (label.startsWith("index ") && !label.contains("mod")) {
            return "element " + label.substring("index ".length()) + in;
        }
        if (label.startsWith("last") || label.endsWith("before the last")) {
            return "the " + label.replaceFirst("element (.*) before", "element $1 places before") + in;
        }
        String where = label.startsWith("index mod") ? "with " + label.replace("mod", "modulo") : "in the " + label;
        return where + ", " + dropped(found, "elements");
    }

    private static String dispersion(Finding found) {
        String label = found.label();
        if (label.startsWith("drops counted by ")) {
            String unit = label.substring("drops counted by ".length(), label.indexOf(','));
            String way = label.endsWith("too even") ? "too little" : "too much";
            return "the number of dropped elements varies " + way + ", over " + Figures.count(found.elements()) + " "
                    + unit + at(found);
        }
        boolean all = label.endsWith("everything");
        String calls = label.substring(0, label.indexOf(" that"));
        String size = !calls.startsWith("calls of ") ? "" : calls.endsWith(" 1") ? " element" : " elements";
        return Figures.count(found.dropped()) + " of " + Figures.count(found.elements()) + " " + calls + size
                + " dropped " + (all ? "everything" : "nothing")
                + ", "
                + Figures.expected(found.elements() * found.expected()) + " expected" + at(found);
    }

    private static String duplicate(Finding found) {
        String length = found.label().replaceAll("\\D+", "");
        return Figures.count(found.dropped()) + " of " + Figures.count(found.elements()) + " stretches of " + length
                + " elements had been drawn before, 0 expected" + at(found);
    }

    private static String context(Finding found) {
        String label = found.label();
        if (label.startsWith("after ")) {
            return conditional(
                    found,
                    "the six elements before were " + label.substring("after ".length()) + " (D dropped, k kept)");
        }
        String which = label.replaceAll("[^x.]", "");
        return conditional(
                found,
                (label.endsWith("dropped") ? "an odd" : "an even") + " number of the elements " + which
                        + " before was dropped");
    }

    private static String conditional(Finding found, String condition) {
        Matcher first = ONE_OF_THE_FIRST.matcher(found.label());
        if (first.matches()) {
            String when = first.group(2).endsWith("seed") ? " under " : " in ";
            return "where element " + first.group(1) + " was " + first.group(3) + when + first.group(2)
                    + ", it was dropped in " + Figures.count(found.dropped()) + " of " + Figures.count(found.elements())
                    + " calls, " + Figures.expected(found.elements() * found.expected()) + " expected" + at(found);
        }
        String grammatical = condition
                .replaceAll("(before|there|earlier|later) (dropped|kept)$", "$1 was $2")
                .replaceFirst("^in (the (previous |first )?seed)", "under $1");
        return "where " + grammatical + ", " + dropped(found, "elements");
    }
}
