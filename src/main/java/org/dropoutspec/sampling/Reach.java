package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Coverage;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;

/**
 * How far the masks that were drawn reach into each condition: whether a level, or a pair of levels, was drawn so often
 * that a gross failure confined to it would have been found.
 *
 * <p>There are three gross failures: nothing dropped, everything dropped, and the mask of the call before again. The
 * evidence that an element is expected to give of them is -ln(1-p), -ln p, and the entropy of p. The evidence needed is
 * the threshold of the check, plus ln of the number of cells, plus 4 for the choice among bets.
 */
final class Reach {
    private static final double CHOICE = 4;

    private final Map<Condition, Long> drawn = new LinkedHashMap<>();

    /** Adds the elements of a mask that was drawn under a condition. */
    void add(Condition row, int elements) {
        drawn.merge(row, (long) elements, Long::sum);
    }

    /** The reach of several processes together, from the elements drawn by row of the design. */
    static Reach of(List<Condition> rows, long[] elements) {
        Reach reach = new Reach();
        for (int row = 0; row < elements.length; row++) {
            if (elements[row] > 0) {
                reach.drawn.put(rows.get(row), elements[row]);
            }
        }
        return reach;
    }

    /** The elements drawn under each of these rows. */
    long[] by(List<Condition> rows) {
        return rows.stream().mapToLong(row -> drawn.getOrDefault(row, 0L)).toArray();
    }

    /** What was asked and how far it reaches, in lines. */
    List<String> lines(double threshold) {
        Coverage coverage = Coverage.of(List.copyOf(drawn.keySet()));
        Map<List<Level>, double[]> levels = cells(1);
        Map<List<Level>, double[]> pairs = cells(2);
        List<List<Level>> shortLevels = shortOf(levels, threshold);
        List<List<Level>> shortPairs = shortOf(pairs, threshold);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "asked under %,d conditions, %,d pairs of levels: up to %,d elements, ranks %s, %d drop rates",
                coverage.rows(),
                coverage.pairs(),
                coverage.largest(),
                coverage.ranks().toString().replaceAll("[\\[\\]]", ""),
                coverage.rates().values().stream()
                        .flatMap(rates -> rates.stream().map(Figures::bound))
                        .distinct()
                        .count()));
        lines.add(String.format(
                Locale.ROOT,
                "masks enough to see a gross failure confined to it: %,d of %,d levels, %,d of %,d pairs",
                levels.size() - shortLevels.size(),
                levels.size(),
                pairs.size() - shortPairs.size(),
                pairs.size()));
        List<Level> alone = shortLevels.stream().flatMap(List::stream).toList();
        if (!alone.isEmpty()) {
            lines.add("too few masks for it, by the budget or by the rate, with whatever else: " + words(alone));
        }
        List<List<Level>> left = shortPairs.stream()
                .filter(pair -> Collections.disjoint(pair, alone))
                .toList();
        if (!left.isEmpty()) {
            lines.add("too few masks for it, of pairs of other levels:");
            lines.addAll(byLevel(left));
        }
        return lines;
    }

    /** Pairs in few lines: what goes with the level that is in most of them, then with that in most of the others. */
    private static List<String> byLevel(List<List<Level>> pairs) {
        List<List<Level>> left = new ArrayList<>(pairs);
        List<String> lines = new ArrayList<>();
        while (!left.isEmpty()) {
            Map<Level, List<Level>> with =
                    new TreeMap<>(Comparator.comparing(Level::words).thenComparing(Level::factor));
            for (List<Level> pair : left) {
                with.computeIfAbsent(pair.get(0), any -> new ArrayList<>()).add(pair.get(1));
                with.computeIfAbsent(pair.get(1), any -> new ArrayList<>()).add(pair.get(0));
            }
            Map.Entry<Level, List<Level>> most = Collections.max(
                    with.entrySet(),
                    Comparator.comparingInt(entry -> entry.getValue().size()));
            lines.add("  " + most.getKey().words() + " and: " + words(most.getValue()));
            left.removeIf(pair -> pair.contains(most.getKey()));
        }
        return lines;
    }

    private static String words(List<Level> levels) {
        return levels.stream().map(Level::words).sorted().collect(Collectors.joining("; "));
    }

    private static List<List<Level>> shortOf(Map<List<Level>, double[]> cells, double threshold) {
        double needed = threshold + Math.log(Math.max(1, cells.size())) + CHOICE;
        List<List<Level>> found = new ArrayList<>();
        cells.forEach((cell, nats) -> {
            // less what chance may take of the evidence, at 2.33 standard deviations
            double least = Double.POSITIVE_INFINITY;
            for (double gain : nats) {
                least = Math.min(least, gain - 2.33 * Math.sqrt(2 * gain));
            }
            if (least < needed) {
                found.add(cell);
            }
        });
        return found;
    }

    /** By level, or by pair of levels: the evidence expected of each of the three gross failures, in nats. */
    private Map<List<Level>, double[]> cells(int strength) {
        Map<List<Level>, double[]> cells = new HashMap<>();
        drawn.forEach((row, elements) -> {
            if (!row.rateKind().carriesEvidence()) {
                return;
            }
            double p = row.rate();
            double[] gains = {
                -elements * Math.log1p(-p),
                -elements * Math.log(p),
                -elements * (p * Math.log(p) + (1 - p) * Math.log1p(-p))
            };
            Level[] levels = levels(row);
            for (int i = 0; i < levels.length; i++) {
                if (strength == 1) {
                    add(cells, List.of(levels[i]), gains);
                }
                for (int j = 0; strength == 2 && j < i; j++) {
                    add(cells, List.of(levels[j], levels[i]), gains);
                }
            }
        });
        return cells;
    }

    private static Level[] levels(Condition row) {
        int[] numbers = row.levels();
        Level[] levels = new Level[numbers.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Factor.values()[i].level(numbers[i]);
        }
        return levels;
    }

    private static void add(Map<List<Level>, double[]> cells, List<Level> cell, double[] gains) {
        double[] sum = cells.computeIfAbsent(cell, any -> new double[gains.length]);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += gains[i];
        }
    }
}
