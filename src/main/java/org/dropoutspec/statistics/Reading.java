package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.Place.Related;

/** The choice of counts that are taken of each draw, by row of a design. */
interface Reading {
    /**
     * Four counts: elements and drops and, with {@code pairs}, elements and drops where the known bit is 1.
     *
     * @param place what is counted; neighbouring columns with the same place are judged as one
     * @param known the class ({@link Known}) of the rate at which the other element of a pair was drawn
     */
    record Column(Place place, boolean pairs, int known) {}

    /** The name of the family. */
    String family();

    List<Column> columns();

    /** Whether the rate itself is judged; for any other reading, a wrong rate is no evidence. */
    default boolean judgesRate() {
        return false;
    }

    /** Adds a draw to the counts of each column: four numbers a column, from index {@code from} on. */
    void read(Draw draw, long[] counts, int from);

    /** Begins a new process. */
    default void restarted() {}

    /** A reading that goes on where this one stands. */
    default Reading copy() {
        return this;
    }

    private static List<Column> columns(boolean pairs, List<Place> places) {
        return places.stream().map(place -> new Column(place, pairs, 0)).toList();
    }

    /** All elements. */
    record Elements() implements Reading {
        @Override
        public String family() {
            return "rate by condition";
        }

        @Override
        public List<Column> columns() {
            return Reading.columns(false, List.of(new Place.All()));
        }

        @Override
        public boolean judgesRate() {
            return true;
        }

        @Override
        public void read(Draw draw, long[] counts, int from) {
            counts[from] += draw.mask().size();
            counts[from + 1] += draw.mask().count();
        }
    }

    /** The ends of calls and rows, and the elements left over behind the last whole vector. */
    record Ends() implements Reading {
        private static final int VECTOR = 64;

        @Override
        public String family() {
            return "position by condition";
        }

        @Override
        public List<Column> columns() {
            return Reading.columns(
                    false,
                    List.of(
                            new Place.Index(0),
                            new Place.FromEnd(0),
                            new Place.VectorTail(VECTOR),
                            new Place.RowEnd(true),
                            new Place.RowEnd(false)));
        }

        @Override
        public void read(Draw draw, long[] counts, int from) {
            PackedMask mask = draw.mask();
            int size = mask.size();
            if (size == 0) {
                return;
            }
            add(counts, from, 1, mask.count(0, 1));
            add(counts, from + 4, 1, mask.count(size - 1, size));
            add(counts, from + 8, size % VECTOR, mask.count(size - size % VECTOR, size));
            int width = width(draw);
            if (width > 1) {
                add(counts, from + 12, size / width, Stripe.dropped(mask, width, 0));
                add(counts, from + 16, size / width, Stripe.dropped(mask, width, width - 1));
            }
        }

        private static void add(long[] counts, int slot, long elements, long dropped) {
            counts[slot] += elements;
            counts[slot + 1] += dropped;
        }
    }

    /** Elements by those shortly before, and by those a row before. */
    record Lags() implements Reading {
        private static final int[] LAGS = {1, 2, 4};

        @Override
        public String family() {
            return "lag by condition";
        }

        @Override
        public List<Column> columns() {
            List<Place> places = new ArrayList<>();
            for (int lag : LAGS) {
                places.add(new Place.Lag(lag));
            }
            places.add(new Place.Stride("row", 1, 0));
            return Reading.columns(true, places);
        }

        @Override
        public void read(Draw draw, long[] counts, int from) {
            PackedMask mask = draw.mask();
            for (int i = 0; i < LAGS.length; i++) {
                Overlap.add(counts, from + 4 * i, mask, mask, -LAGS[i]);
            }
            if (width(draw) > 1) {
                Overlap.add(counts, from + 4 * LAGS.length, mask, mask, -width(draw));
            }
        }
    }

    /** Elements by the same element of the previous call, and of the last one of the same shape and rate. */
    final class Calls implements Reading {
        private final Design design;
        private final int[][] classes;
        private Past past;

        Calls(Design design) {
            this(design, Known.classes(design), new Past(design));
        }

        private Calls(Design design, int[][] classes, Past past) {
            this.design = design;
            this.classes = classes;
            this.past = past;
        }

        @Override
        public String family() {
            return "across calls by condition";
        }

        @Override
        public List<Column> columns() {
            List<Column> columns = new ArrayList<>();
            columns.add(new Column(place(Related.SAME_SHAPE_AND_RATE), true, 0));
            for (int known = 0; known < Known.CLASSES; known++) {
                columns.add(new Column(place(Related.PREVIOUS), true, known));
            }
            return columns;
        }

        private static Place place(Related related) {
            return new Place.Other("call", related, new Place.Where.Later(0));
        }

        @Override
        public void read(Draw draw, long[] counts, int from) {
            if (draw.mask().size() == 0) {
                return;
            }
            Earlier same = past.find(Related.SAME_SHAPE_AND_RATE, draw);
            if (same != null) {
                Overlap.add(counts, from, draw.mask(), same.front(), 0);
            }
            Earlier previous = past.find(Related.PREVIOUS, draw);
            if (previous != null) {
                int known = classes[design.indexOf(draw.stratum())][previous.stratum()];
                Overlap.add(counts, from + 4 * (1 + known), draw.mask(), previous.front(), 0);
            }
            past.add(draw);
        }

        @Override
        public void restarted() {
            past = past.fresh();
        }

        @Override
        public Reading copy() {
            return new Calls(design, classes, past.copy());
        }
    }

    /** The extent of the last axis; 0 where there is a single row. */
    private static int width(Draw draw) {
        int rank = draw.layout().rank();
        return rank < 2 ? 0 : draw.layout().extent(rank - 1);
    }
}
