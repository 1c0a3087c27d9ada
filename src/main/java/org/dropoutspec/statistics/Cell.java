package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One of the counts of a family, with the share of the family's bet that it gets.
 *
 * @param place what is counted
 * @param kind how the counts are judged
 * @param weight before the weights of the family are scaled to add up to 1
 * @param size of a call, for counts of calls; otherwise 0
 */
record Cell(Place place, Kind kind, double weight, int size) {
    enum Kind {
        /** Elements, each dropped at the rate p. */
        RATE,
        /** Elements, each dropped at the rate p whatever the value of a bit that is known before. */
        PAIR,
        /** Calls of the size n. One that drops everything counts as a drop, at the rate p^n. */
        ALL,
        /** Calls of the size n. One that drops nothing counts as a drop, at the rate (1-p)^n. */
        NOTHING
    }

    /** {@code count} cells of equal weight, 1 together. */
    static List<Cell> group(Kind kind, int count, IntFunction<Place> place) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cells.add(new Cell(place.apply(i), kind, 1.0 / count, 0));
        }
        return cells;
    }

    /** ln of the weights, scaled so that they add up to 1. */
    static double[] logWeights(List<Cell> cells) {
        double total = cells.stream().mapToDouble(Cell::weight).sum();
        return cells.stream()
                .mapToDouble(cell -> Math.log(cell.weight() / total))
                .toArray();
    }

    /** The rate that the cell has if elements are dropped at {@code rate}. */
    double expected(double rate) {
        return switch (kind) {
            case RATE, PAIR -> rate;
            case ALL -> Math.pow(rate, size);
            case NOTHING -> Math.pow(1 - rate, size);
        };
    }
}
