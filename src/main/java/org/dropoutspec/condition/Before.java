package org.dropoutspec.condition;

/** What the implementation was asked just before a row. */
public enum Before {
    /** A row with this level is its own predecessor: it is meant to be asked 3 to 8 times in succession. */
    SAME_SHAPE_AND_RATE("right after a call of the same shape and rate"),
    SAME_SHAPE("right after a call of the same shape and another rate"),
    SAME_RATE("right after a call of the same rate and another shape"),
    OTHER_TYPE("right after a call of another type"),
    EVALUATION("right after an evaluation"),
    SEEDED("right after a call with a seed"),
    EMPTY("right after an empty input"),
    REJECTED("right after a call that was rejected"),
    INJECTED_MASK("right after a call with a given mask"),
    GRADIENT("right after a call with a gradient");

    private final String words;

    Before(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
