package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A property in which calls of dropout differ and which may matter to a broken implementation. It has a few levels. */
public enum Factor {
    TYPE(2, "float16", "bfloat16", "float32", "float64"),
    RATE(4, (Object[]) RateKind.values()),
    SIZE(
            0,
            "1 to 16 elements",
            "17 to 255 elements",
            "256 to 1,023 elements",
            "1,024 to 32,767 elements",
            "32,768 to 65,535 elements",
            "65,536 to 1,048,575 elements",
            "1,048,576 elements or more"),
    RESIDUE(
            0,
            "a number of elements that is a power of two",
            "a number of elements one off a power of two",
            "a number of elements that is a multiple of 64 and no power of two",
            "a number of elements that is a multiple of 4 and not of 64",
            "a number of elements that is no multiple of 4"),
    RANK(1, "a scalar", "rank 1", "rank 2", "rank 3", "rank 4", "rank 5 or 6"),
    LARGE_AXIS(
            0,
            "at most one axis",
            "a first axis much longer than the others",
            "a middle axis much longer than the others",
            "a last axis much longer than the others",
            "axes of like length"),
    LAST_AXIS(
            2,
            "a last axis of 1, or none",
            "a last axis below 32 that is not 1, 4, 8 or 16",
            "a last axis of 4, 8 or 16",
            "a last axis of 32 or 64",
            "a last axis that is a multiple of 128",
            "a last axis above 32 that is neither 64 nor a multiple of 128"),
    LAYOUT(0, (Object[]) Layout.values()),
    MASK_SHAPE(0, (Object[]) MaskShape.values()),
    GRADIENT(0, "without a gradient", "with a gradient"),
    SEED(0, (Object[]) SeedKind.values()),
    BEFORE(0, (Object[]) Before.values()),
    AGE(1, (Object[]) Age.values()),
    VALUES(0, (Object[]) ValueKind.values());

    private final int plain;
    private final List<String> words;

    Factor(int plain, Object... words) {
        this.plain = plain;
        this.words = Arrays.stream(words).map(Object::toString).toList();
    }

    /** The number of levels. */
    public int size() {
        return words.size();
    }

    public Level level(int index) {
        return new Level(this, index);
    }

    public List<Level> levels() {
        return IntStream.range(0, size()).mapToObj(this::level).toList();
    }

    /** The level of the plainest call, towards which a counterexample is shrunk. */
    public Level plainest() {
        return level(plain);
    }

    /** Whether the level follows from the shape of the input. */
    public boolean isGeometry() {
        return compareTo(SIZE) >= 0 && compareTo(LAST_AXIS) <= 0;
    }

    String words(int index) {
        return words.get(index);
    }
}
