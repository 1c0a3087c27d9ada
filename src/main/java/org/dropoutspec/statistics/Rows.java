package org.dropoutspec.statistics;

import java.util.List;

/**
 * The conditions under which calls are made, as rows of a covering array: each row has one level of every factor.
 * Counts are kept by row, so that the counts of a level, or of a pair of levels, are sums over rows.
 *
 * @param factors the names of the factors, which are the columns of {@code levels}
 * @param names the names of the levels of each factor, as a failure message has them: {@code with a gradient}
 * @param levels by row and factor, an index into {@code names}
 */
public record Rows(List<String> factors, List<List<String>> names, List<List<Integer>> levels) {
    /** Rows for a design without conditions. */
    public static final Rows NONE = new Rows(List.of(), List.of(), List.of());

    public Rows {
        factors = List.copyOf(factors);
        names = names.stream().map(List::copyOf).toList();
        levels = levels.stream().map(List::copyOf).toList();
        for (List<Integer> row : levels) {
            if (row.size() != factors.size()) {
                throw new IllegalArgumentException(
                        "row (" + row + ") must have a level of each of the factors " + factors);
            }
        }
    }

    /** The number of rows. */
    public int size() {
        return levels.size();
    }
}
