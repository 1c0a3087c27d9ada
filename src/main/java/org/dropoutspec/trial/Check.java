package org.dropoutspec.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.trial.Conclusion.Certified;
import org.dropoutspec.trial.Conclusion.Inapplicable;
import org.dropoutspec.trial.Conclusion.Rejected;
import org.dropoutspec.trial.Conclusion.Undecided;

/** One requirement's lines, and what they come to. */
final class Check {
    private final Setting setting;
    private final Claim claim;
    private final String claimed;
    private final List<Line> lines = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();

    /** @param claimed what the bound is about, as a pass tells it */
    Check(Setting setting, Claim claim, String claimed) {
        this.setting = setting;
        this.claim = claim;
        this.claimed = claimed;
    }

    Line add(Line line) {
        lines.add(line);
        return line;
    }

    void refuse(String message) {
        refusal = refusal.or(() -> Optional.of(message));
    }

    boolean isRejected() {
        return refusal.isPresent()
                || lines.stream().anyMatch(line -> line.finding().isPresent());
    }

    Conclusion conclusion() {
        Optional<Line> rejected =
                lines.stream().filter(line -> line.finding().isPresent()).findFirst();
        if (rejected.isPresent()) {
            return new Rejected(new SmallestShape(setting, rejected.get()).message(), evidence());
        }
        if (refusal.isPresent()) {
            return new Rejected(refusal.get(), evidence());
        }
        List<Line> asked = asked();
        if (asked.isEmpty()) {
            return new Inapplicable(setting.asker().unsupported());
        }
        Optional<Line> open = asked.stream().filter(Line::isOpen).findFirst();
        if (open.isPresent()) {
            Line line = open.get();
            return new Undecided(
                    "after " + Figures.count(line.family.elements()) + " elements " + claimed
                            + " is certified only to within " + Figures.bound(line.bound()) + " (" + line.dtype + ")",
                    evidence());
        }
        return new Certified(message(asked), evidence());
    }

    /** Without those whose calls cannot be expressed: what is unsupported is not claimed. */
    private List<Line> asked() {
        return lines.stream().filter(line -> line.family.elements() > 0).toList();
    }

    private String message(List<Line> asked) {
        double bound = asked.stream().mapToDouble(Line::bound).max().orElse(0);
        String types = String.join(
                ", ",
                asked.stream().map(line -> line.dtype.toString()).distinct().toList());
        long elements = asked.stream().mapToLong(line -> line.family.elements()).sum();
        return switch (claim) {
            case RATE -> "drop rate within " + Figures.bound(bound) + " of 0.05, 0.1, 0.5 and 0.9 (" + types + ")";
            case CORRELATION -> claimed + " within " + Figures.bound(bound) + " of 0 (" + types + ")";
            case PLACE -> claimed + " within " + Figures.bound(bound) + " of the asked one (" + types + ")";
            case NONE -> claimed + " in " + Figures.count(elements) + " elements (" + types + ")" + undecidable(asked);
        };
    }

    /** What the declared resolution explains, and no number of elements would show. */
    private static String undecidable(List<Line> asked) {
        Map<String, Long> counts = new LinkedHashMap<>();
        asked.stream()
                .flatMap(line -> line.family.undecidable().stream())
                .filter(what -> what.variance() > 0)
                .forEach(what -> counts.merge(what.unit(), what.counts(), Long::sum));
        return counts.isEmpty()
                ? ""
                : "; the declared resolution leaves open whether they vary half as much as they should in "
                        + Figures.list(counts.entrySet().stream()
                                .map(unit -> Figures.count(unit.getValue()) + " " + unit.getKey())
                                .toList());
    }

    private Map<String, Object> evidence() {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("lines", asked().stream().map(Line::evidence).toList());
        return evidence;
    }
}
