package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some places of a mask are always kept, or always dropped.
 *
 * @param width of a vector or block, or a number of elements, for places that have one
 */
record PlaceEffect(Place place, int width, boolean dropped) implements Effect {
    /** A kind of place in a mask. */
    enum Place {
        FIRST("the first element"),
        LAST("the last element"),
        HEAD("the first %d elements"),
        TAIL("the rest behind vectors of %d"),
        ROW_START("the first of each row"),
        ROW_END("the last of each row"),
        LAST_ROW("the last row"),
        LANE("the last of every %d"),
        BLOCK("every second block of %d");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    @Override
    public String kind() {
        return "place";
    }

    @Override
    public boolean concerns(Asked asked) {
        boolean rows = place == Place.ROW_START || place == Place.ROW_END || place == Place.LAST_ROW;
        return Effect.super.concerns(asked) && (!rows || asked.row() > 1 && asked.row() < asked.maskSize());
    }

    private boolean holds(int index, int size, int row) {
        return switch (place) {
            case FIRST -> index == 0;
            case LAST -> index == size - 1;
            case HEAD -> index < width;
            case TAIL -> index >= size - size % width;
            case ROW_START -> index % row == 0;
            case ROW_END -> index % row == row - 1;
            case LAST_ROW -> index >= size - row;
            case LANE -> index % width == width - 1;
            case BLOCK -> index / width % 2 == 1;
        };
    }

    private int count(int size, int row) {
        return switch (place) {
            case FIRST, LAST -> 1;
            case HEAD -> Math.min(width, size);
            case TAIL -> size % width;
            case ROW_START, ROW_END -> size / row;
            case LAST_ROW -> row;
            case LANE -> size / width;
            case BLOCK -> size / (2 * width) * width + Math.max(0, size % (2 * width) - width);
        };
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        double p = asked.rate();
        double toward = dropped ? 1 : 0;
        int size = asked.maskSize();
        int count = count(size, asked.row());
        List<Trace> traces = new ArrayList<>();
        traces.add(new Trace.Rate(View.ALL, p, toward, count));
        traces.add(new Trace.Rate(View.ALL, p, p, size - count));
        view().ifPresent(view -> traces.add(new Trace.Rate(view, p, toward, place == Place.HEAD ? 1 : count)));
        return traces;
    }

    /** The suite's count of exactly these elements; empty where there is none. */
    private Optional<View> view() {
        boolean divides = width > 0 && 64 % width == 0;
        return switch (place) {
            case FIRST -> Optional.of(View.FIRST);
            case LAST -> Optional.of(View.LAST);
            case HEAD -> Optional.of(View.position("index 0"));
            case TAIL ->
                width == 64
                        ? Optional.of(View.VECTOR_TAIL)
                        : divides && width >= 4 ? Optional.of(View.position("tail")) : Optional.empty();
            case ROW_START -> Optional.of(View.ROW_START);
            case ROW_END -> Optional.of(View.ROW_END);
            case LANE ->
                Integer.bitCount(width) == 1 && width <= 4096 ? Optional.of(View.column(width)) : Optional.empty();
            case LAST_ROW, BLOCK -> Optional.empty();
        };
    }

    @Override
    public void mask(byte[] kept, Strike strike) {
        int row = strike.asked().row();
        for (int i = 0; i < kept.length; i++) {
            if (holds(i, kept.length, row) && strike.hits()) {
                kept[i] = (byte) (dropped ? 0 : 1);
            }
        }
    }

    @Override
    public String toString() {
        return (dropped ? "always drops " : "never drops ") + String.format(place.words, width);
    }
}
