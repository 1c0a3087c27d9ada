package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The conditions in which evidence is looked for among the rows of a design: all rows, each level of each factor, each
 * pair of levels and, where asked, each triple.
 *
 * <p>The levels of one factor divide the rows, and so do the pairs of two factors. Such a {@link Partition} bets on its
 * cells together, by the product with leak ({@link Disjoint}). A quarter of the capital is on everything, a quarter on
 * factors, half on pairs of factors, each evenly; triples take a quarter from all of these. Factors with a single level
 * in the design get nothing. Where there are no pairs or triples, the others get their share.
 */
final class Hierarchy {
    private final Rows rows;
    private final List<Partition> partitions = new ArrayList<>();

    /**
     * A division of the rows into cells.
     *
     * @param factors the factors whose levels, taken together, make a cell; none for a single cell with all rows
     * @param cellOf the cell of each row
     * @param cells the number of cells
     * @param logWeight ln of the share of the capital
     */
    record Partition(int[] factors, int[] cellOf, int cells, double logWeight) {}

    /** @param strength how many levels are combined at most: 2 for pairs, 3 for triples */
    Hierarchy(Rows rows, int strength) {
        if (strength < 1 || strength > 3) {
            throw new IllegalArgumentException("strength (" + strength + ") must be 1, 2 or 3");
        }
        this.rows = rows;
        int[] factors = IntStream.range(0, rows.factors().size())
                .filter(factor -> rows.levels().stream()
                                .map(row -> row.get(factor))
                                .distinct()
                                .count()
                        > 1)
                .toArray();
        double[] shares = {0.25, 0.25, 0.5, 1.0 / 3};
        int most = Math.min(strength, factors.length);
        double total = Arrays.stream(shares, 0, most + 1).sum();
        for (int size = 0; size <= most; size++) {
            List<int[]> choices = choices(factors, size);
            double logWeight = Math.log(shares[size] / total / choices.size());
            choices.forEach(choice -> partitions.add(partition(choice, logWeight)));
        }
    }

    /** Every choice of {@code size} of the factors. */
    private static List<int[]> choices(int[] factors, int size) {
        if (size == 0) {
            return List.of(new int[0]);
        }
        List<int[]> choices = new ArrayList<>();
        for (int last = size - 1; last < factors.length; last++) {
            for (int[] others : choices(Arrays.copyOf(factors, last), size - 1)) {
                int[] choice = Arrays.copyOf(others, size);
                choice[size - 1] = factors[last];
                choices.add(choice);
            }
        }
        return choices;
    }

    private Partition partition(int[] factors, double logWeight) {
        int combinations = 1;
        for (int factor : factors) {
            combinations *= rows.names().get(factor).size();
        }
        int[] known = new int[combinations];
        int[] cellOf = new int[rows.size()];
        int cells = 0;
        for (int row = 0; row < cellOf.length; row++) {
            int combination = 0;
            for (int factor : factors) {
                combination = combination * rows.names().get(factor).size()
                        + rows.levels().get(row).get(factor);
            }
            if (known[combination] == 0) {
                known[combination] = ++cells;
            }
            cellOf[row] = known[combination] - 1;
        }
        return new Partition(factors, cellOf, Math.max(1, cells), logWeight);
    }

    List<Partition> partitions() {
        return partitions;
    }

    /** The names of the levels that make the cell of a row. */
    List<String> conditions(Partition partition, int row) {
        return Arrays.stream(partition.factors())
                .mapToObj(factor ->
                        rows.names().get(factor).get(rows.levels().get(row).get(factor)))
                .toList();
    }
}
