package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.statistics.Undecidable;
import org.dropoutspec.tensor.DType;

/** The message of a pass: what was certified, for what was asked, and no more. */
record Claims(SamplingContext context, String requirement, List<SequentialTest> tests) {

    String words() {
        String bound = Figures.bound(
                tests.stream().mapToDouble(SequentialTest::bound).max().orElse(0));
        String elements = Figures.count(
                tests.stream().mapToLong(test -> test.family.elements()).max().orElse(0));
        return switch (requirement) {
            case StatisticalRequirements.RATE ->
                "drop rate within " + bound + " of " + rates() + "; nowhere off by much "
                        + "under one condition alone, in " + elements + " elements";
            case StatisticalRequirements.LAGS ->
                "correlation of elements up to "
                        + Figures.count(tests.stream()
                                .mapToInt(SequentialTest::reach)
                                .max()
                                .orElse(0))
                        + " apart, or a row, plane or example, within " + bound + " of 0, at " + rates();
            case StatisticalRequirements.FRESH ->
                "correlation with the masks of earlier calls within " + bound + " of 0, at " + rates();
            case StatisticalRequirements.POSITION ->
                "drop rate in each lane of 64 and each sixteenth of a call within " + bound + " of " + rates();
            case StatisticalRequirements.DISPERSION ->
                "no uneven or too even number of drops in " + elements + " elements" + undecidable();
            case StatisticalRequirements.DUPLICATES -> "no stretch of a mask seen twice in " + elements + " elements";
            case StatisticalRequirements.CONTEXTS ->
                "correlation with each parity of the six elements before within " + bound + " of 0, at " + rates();
            case StatisticalRequirements.INPUT ->
                "drop rate by sign and magnitude of the input within " + bound + " of " + rates();
            case StatisticalRequirements.SEEDS ->
                "correlation of the masks of neighbouring seeds within " + bound + " of 0, at " + rates();
            default -> throw new IllegalArgumentException("no words for " + requirement);
        };
    }

    /** The rates that are certified, as they were asked: {@code 0.05, 0.1, 0.5 and 0.9 (float32, float64)}. */
    private String rates() {
        Map<String, List<DType>> types = new LinkedHashMap<>();
        for (DType dtype : context.dtypes()) {
            List<String> rates = context.certifiedStrata().stream()
                    .filter(stratum -> stratum.dtype() == dtype)
                    .map(Stratum::rate)
                    .sorted()
                    .map(Figures::exactly)
                    .toList();
            types.computeIfAbsent(Figures.list(rates), any -> new ArrayList<>()).add(dtype);
        }
        return types.entrySet().stream()
                .map(entry -> entry.getKey() + " ("
                        + entry.getValue().stream().map(DType::toString).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining("; "));
    }

    /** Defects that the declared resolution would explain, so that no number of elements shows them. */
    private String undecidable() {
        List<String> open = new ArrayList<>();
        add(open, "is fixed", what -> what.variance() == 0);
        add(open, "varies half as much as it should", what -> what.variance() > 0);
        return open.isEmpty()
                ? ""
                : "; with the declared rate_resolution it cannot be told whether the number "
                        + String.join(", or ", open);
    }

    private void add(List<String> open, String what, Predicate<Undecidable> which) {
        String counts = counts(which);
        if (!counts.isEmpty()) {
            open.add(what + " in " + counts);
        }
    }

    private String counts(Predicate<Undecidable> which) {
        Map<String, Long> counts = new LinkedHashMap<>();
        tests.stream()
                .flatMap(test -> test.family.undecidable().stream())
                .filter(which)
                .forEach(what -> counts.merge(what.unit(), what.counts(), Long::sum));
        return Figures.list(counts.entrySet().stream()
                .map(unit -> Figures.count(unit.getValue()) + " " + unit.getKey())
                .toList());
    }
}
