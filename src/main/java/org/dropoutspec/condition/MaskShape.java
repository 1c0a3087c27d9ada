package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dropoutspec.tensor.Shape;

/** The kind of shape that the mask has, compared with the input. */
public enum MaskShape {
    OWN("a mask of the input's shape"),
    LAST_SHARED("a mask with 1 on the last axis"),
    FIRST_SHARED("a mask with 1 on the first axis"),
    MIDDLE_SHARED("a mask with 1 on the middle axes"),
    ALONG_ONE_AXIS("a mask along one axis"),
    SINGLE("a mask of one element");

    private final String words;

    MaskShape(String words) {
        this.words = words;
    }

    /** Whether this level means something different from the other levels for an input of this shape. */
    public boolean fits(Shape shape) {
        int rank = shape.rank();
        return switch (this) {
            case OWN -> true;
            case LAST_SHARED -> longAxes(shape) >= 2 && shape.extent(rank - 1) > 1;
            case FIRST_SHARED -> longAxes(shape) >= 2 && shape.extent(0) > 1;
            case MIDDLE_SHARED -> longAxes(shape) >= 3 && shape.extent(0) > 1 && shape.extent(rank - 1) > 1;
            case ALONG_ONE_AXIS -> longAxes(shape) >= 3;
            case SINGLE -> longAxes(shape) >= 1;
        };
    }

    /** The noise shape; empty where the mask has the input's own shape. Which axis keeps its extent is drawn. */
    Optional<Shape> noiseShape(Shape shape, SplittableRandom random) {
        int rank = shape.rank();
        int[] extents = shape.extents();
        switch (this) {
            case OWN -> {
                return Optional.empty();
            }
            case LAST_SHARED -> {
                boolean several = longAxes(shape) > 3 && random.nextBoolean();
                Arrays.fill(extents, several ? behindTwo(extents) : rank - 1, rank, 1);
            }
            case FIRST_SHARED -> {
                boolean several = longAxes(shape) > 3 && random.nextBoolean();
                Arrays.fill(extents, 0, several ? beforeTwo(extents) : 1, 1);
            }
            case MIDDLE_SHARED -> Arrays.fill(extents, 1, rank - 1, 1);
            case ALONG_ONE_AXIS -> {
                int[] axes = IntStream.range(0, rank)
                        .filter(axis -> shape.extent(axis) > 1)
                        .toArray();
                int kept = axes[random.nextInt(axes.length)];
                Arrays.setAll(extents, axis -> axis == kept ? shape.extent(axis) : 1);
            }
            case SINGLE -> Arrays.fill(extents, 1);
        }
        return Optional.of(Shape.of(extents));
    }

    /** The first axis after two longer than 1. Where whole channels are dropped, all axes from it on are shared. */
    private static int behindTwo(int[] extents) {
        int axis = 0;
        for (int found = 0; found < 2; axis++) {
            found += extents[axis] > 1 ? 1 : 0;
        }
        return axis;
    }

    /** How many axes come before the last two longer than 1: those shared where examples and heads have one mask. */
    private static int beforeTwo(int[] extents) {
        int axes = extents.length;
        for (int found = 0; found < 2; axes--) {
            found += extents[axes - 1] > 1 ? 1 : 0;
        }
        return axes;
    }

    /** The number of axes longer than 1. */
    static int longAxes(Shape shape) {
        int axes = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes += shape.extent(axis) > 1 ? 1 : 0;
        }
        return axes;
    }

    @Override
    public String toString() {
        return words;
    }
}
