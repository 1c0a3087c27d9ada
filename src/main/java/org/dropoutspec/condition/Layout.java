package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.tensor.Shape;

/** How the input lies in memory. */
public enum Layout {
    CONTIGUOUS("contiguous"),
    SWAPPED("the last two axes swapped"),
    REVERSED("the axes reversed"),
    /** As in convolutions: [N, C, H, W] seen in a buffer [N, H, W, C], and [C, H, W] in one [H, W, C]. */
    CHANNELS_LAST("channels last in memory"),
    /** As when attention heads are split off: lines of the last axis stay whole in memory, and change places. */
    LINES_SWAPPED("the two axes before the last swapped");

    private final String words;

    Layout(String words) {
        this.words = words;
    }

    /**
     * Whether an input of this shape can have this layout and no plainer one. Axes of extent 1 do not count, and with
     * fewer than three axes every permutation is a swap.
     */
    public boolean fits(Shape shape) {
        int rank = shape.rank();
        return switch (this) {
            case CONTIGUOUS -> true;
            case SWAPPED -> rank >= 2 && shape.extent(rank - 1) > 1 && shape.extent(rank - 2) > 1;
            case REVERSED -> MaskShape.longAxes(shape) >= 3;
            case CHANNELS_LAST -> longAxesFrom(channels(rank), shape) >= 3 && shape.extent(channels(rank)) > 1;
            case LINES_SWAPPED -> rank >= 3 && longAxesFrom(rank - 3, shape) == 3;
        };
    }

    /** The axis of the channels: after the examples, if there are enough axes. */
    private static int channels(int rank) {
        return rank >= 4 ? 1 : 0;
    }

    private static int longAxesFrom(int axis, Shape shape) {
        return (int) IntStream.range(axis, shape.rank())
                .filter(a -> shape.extent(a) > 1)
                .count();
    }

    /** For this rank: axis i of the input as seen is axis {@code permutation[i]} of the contiguous buffer. */
    public Optional<int[]> permutation(int rank) {
        if (this == CONTIGUOUS) {
            return Optional.empty();
        }
        int[] axes = new int[rank];
        Arrays.setAll(axes, axis -> switch (this) {
            case CONTIGUOUS -> axis;
            case SWAPPED -> axis < rank - 2 ? axis : 2 * rank - 3 - axis;
            case REVERSED -> rank - 1 - axis;
            case CHANNELS_LAST -> axis < channels(rank) ? axis : axis == channels(rank) ? rank - 1 : axis - 1;
            case LINES_SWAPPED -> axis == rank - 3 ? rank - 2 : axis == rank - 2 ? rank - 3 : axis;
        });
        return Optional.of(axes);
    }

    /** The plainest layout with this permutation; empty where no layout has it. */
    static Optional<Layout> of(Optional<int[]> permutation) {
        return permutation.isEmpty()
                ? Optional.of(CONTIGUOUS)
                : Arrays.stream(values())
                        .filter(layout -> layout.permutation(permutation.get().length)
                                .filter(axes -> Arrays.equals(axes, permutation.get()))
                                .isPresent())
                        .findFirst();
    }

    /** The shape of the contiguous buffer that the implementation sees as {@code shape}. */
    public Shape buffer(Shape shape) {
        return permutation(shape.rank())
                .map(axes -> {
                    int[] extents = new int[axes.length];
                    for (int axis = 0; axis < axes.length; axis++) {
                        extents[axes[axis]] = shape.extent(axis);
                    }
                    return Shape.of(extents);
                })
                .orElse(shape);
    }

    @Override
    public String toString() {
        return words;
    }
}
