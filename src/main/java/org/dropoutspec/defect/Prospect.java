package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Erf;
import org.dropoutspec.condition.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a run gets to see of a defect, at any strength. The traces of all calls are added up in each cell in which the
 * suite bets and which the defect's condition does not leave out.
 */
final class Prospect {
    /** What a promise deducts for chance, in standard deviations: the quantile of .999. */
    private static final double DEVIATIONS = 3.1;

    /** The mean number of decisive observations x for which e^-x, the probability of seeing none, is at most .001. */
    private static final double CERTAIN = Math.log(1000);

    private static final double WEAKEST = 1e-5;
    private static final int HALVINGS = 24;

    private final List<Level> condition;
    private final int strength;
    private final Map<Cell, ExpectedGain> cells = new LinkedHashMap<>();
    private final ExpectedGain shown = new ExpectedGain();
    private final Map<Row, Shift> shifts = new LinkedHashMap<>();
    private int struck;

    /** A group whose own rate may explain what is seen: a row of the design, or the calls of one rate in no row. */
    private record Row(List<Level> levels, double rate) {}

    /** A number of elements, and how many more of them would be dropped at full strength. */
    private record Shift(double elements, double more) {
        /** The nats that the elements' own rate explains. They are no evidence of anything else. */
        double explained(double rate, double strength) {
            double real = rate + strength * more / elements;
            double keeps = (1 - real) * Math.log((1 - real) / (1 - rate));
            return elements * ((real > 0 ? real * Math.log(real / rate) : 0) + (real < 1 ? keeps : 0));
        }
    }

    /** A place where counts are kept apart: one view, for the calls with these levels. */
    private record Cell(View view, List<Level> levels) {}

    /**
     * @param condition the levels where the defect strikes; empty where levels do not decide it
     * @param strength how many levels the suite combines: 2 for pairs, 3 for triples
     */
    Prospect(List<Level> condition, int strength) {
        this.condition = condition;
        this.strength = strength;
    }

    /** @param levels of the row that the call belongs to; empty where it belongs to none */
    void add(List<Trace> traces, boolean isStruck, List<Level> levels) {
        struck += isStruck && !traces.isEmpty() ? 1 : 0;
        List<List<Level>> within = within(levels);
        for (Trace each : traces) {
            Trace trace = isStruck ? each : each.unstruck();
            View view = view(trace);
            if (view == null) {
                shown.add(trace);
                continue;
            }
            if (trace instanceof Trace.Rate rate && view == View.ALL) {
                shifts.merge(
                        new Row(levels, rate.rate()),
                        new Shift(rate.elements(), rate.elements() * (rate.toward() - rate.rate())),
                        (one, other) -> new Shift(one.elements() + other.elements(), one.more() + other.more()));
                cells.computeIfAbsent(new Cell(View.rate(rate.rate()), List.of()), any -> new ExpectedGain())
                        .add(trace);
            }
            for (List<Level> cell : within) {
                if (cell.isEmpty() || view.byCondition()) {
                    cells.computeIfAbsent(new Cell(view, cell), any -> new ExpectedGain())
                            .add(trace);
                }
            }
        }
    }

    private static @Nullable View view(Trace trace) {
        if (trace instanceof Trace.Rate rate) {
            return rate.view();
        } else if (trace instanceof Trace.Pairs pairs) {
            return pairs.view();
        } else if (trace instanceof Trace.Triples triples) {
            return triples.view();
        }
        return trace instanceof Trace.Calls ? View.NUMBERS : null;
    }

    /** The cells of a call in which the defect may show: those of its condition, or else those of single levels. */
    private List<List<Level>> within(List<Level> levels) {
        List<List<Level>> cells = new ArrayList<>();
        cells.add(List.of());
        for (Level level : condition.isEmpty() ? levels : condition) {
            if (levels.contains(level)) {
                for (List<Level> smaller : List.copyOf(cells)) {
                    int most = condition.isEmpty() ? 1 : strength;
                    if (smaller.size() < most) {
                        List<Level> cell = new ArrayList<>(smaller);
                        cell.add(level);
                        cells.add(cell);
                    }
                }
            }
        }
        return cells;
    }

    /** How many struck calls leave a trace. */
    int struck() {
        return struck;
    }

    /** Whether the formula says that a defect of this strength is found with a probability of .999. */
    boolean isPromised(double of) {
        return shown.best(of, 0).mean() >= CERTAIN
                || cells.entrySet().stream()
                        .anyMatch(cell ->
                                cell.getValue().best(of, DEVIATIONS).less(DEVIATIONS) >= threshold(cell.getKey(), of));
    }

    /** About how probable it is that a defect of this strength is found. */
    double probability(double of) {
        double best = -Math.expm1(-shown.best(of, 0).mean());
        for (Map.Entry<Cell, ExpectedGain> cell : cells.entrySet()) {
            ExpectedGain.Gain gain = cell.getValue().best(of, 0);
            double deviations =
                    (gain.mean() - threshold(cell.getKey(), of)) / Math.sqrt(Math.max(1e-9, gain.variance()));
            best = Math.max(best, Erf.erfc(-deviations / Math.sqrt(2)) / 2);
        }
        return best;
    }

    /** The evidence expected of a defect of this strength, as a multiple of the evidence needed. */
    double ratio(double of) {
        double ratio = shown.best(of, 0).mean() / CERTAIN;
        for (Map.Entry<Cell, ExpectedGain> cell : cells.entrySet()) {
            ratio = Math.max(ratio, cell.getValue().best(of, 0).mean() / threshold(cell.getKey(), of));
        }
        return ratio;
    }

    /** The strength at which the evidence is this multiple of the evidence needed; 1 where none gives so much. */
    double strengthFor(double ratio) {
        if (ratio(1) <= ratio) {
            return 1;
        }
        double low = Math.log(WEAKEST);
        double high = 0;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (ratio(Math.exp(middle)) < ratio) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(high);
    }

    /** The evidence needed in a cell. What a row's wrong rate explains is no evidence about places, so it is added. */
    private double threshold(Cell cell, double of) {
        boolean isPart = cell.view() != View.ALL && !cell.view().name().startsWith("rate ");
        return cell.view().threshold(cell.levels().size(), strength) + (isPart ? explained(cell.levels(), of) : 0);
    }

    private double explained(List<Level> levels, double of) {
        return shifts.entrySet().stream()
                .filter(row -> row.getKey().levels().containsAll(levels)
                        && row.getValue().elements() > 0)
                .mapToDouble(row -> row.getValue().explained(row.getKey().rate(), of))
                .sum();
    }
}
