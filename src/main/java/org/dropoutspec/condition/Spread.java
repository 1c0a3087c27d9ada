package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How the elements of a shape are spread over its axes, in bits: an axis of 2^b elements has b bits. */
final class Spread {
    private static final double SHARE_OF_ONES = 0.25;

    private final SplittableRandom random;

    Spread(SplittableRandom random) {
        this.random = random;
    }

    /**
     * Draws the bits of each axis.
     *
     * @param bits of all axes together
     * @param last the bits of the last axis
     * @param largeAxis the wanted level of {@link Factor#LARGE_AXIS}
     */
    double[] draw(double bits, double last, int rank, int largeAxis) {
        double[] spread = new double[rank];
        spread[rank - 1] = last;
        for (int axis = 0; axis < rank - 1; axis++) {
            double share = largeAxis == Geometry.EVEN ? 0.7 + 0.3 * random.nextDouble() : random.nextDouble();
            spread[axis] = random.nextDouble() < SHARE_OF_ONES ? 0 : share;
        }
        double rest = bits - last;
        switch (largeAxis) {
            case Geometry.FIRST_LARGE -> lengthen(spread, 0, rest);
            case Geometry.MIDDLE_LARGE -> lengthen(spread, rank > 2 ? random.nextInt(1, rank - 1) : 0, rest);
            case Geometry.LAST_LARGE -> {
                scale(spread, rest);
                level(spread, rest, last - 2);
            }
            default -> {
                if (rank > 2 && random.nextBoolean()) {
                    twin(spread, random.nextInt(rank - 1), rest);
                } else {
                    scale(spread, rest);
                }
            }
        }
        return spread;
    }

    /** Gives one axis all that the others leave, which is at least four times the last. */
    private void lengthen(double[] spread, int large, double rest) {
        int last = spread.length - 1;
        spread[large] = 0;
        double others = random.nextDouble() * Math.max(0, rest - spread[last] - 2);
        scale(spread, others);
        spread[large] = 0;
        spread[large] = rest - sum(spread);
    }

    /** Makes one axis about as long as the last, and gives the rest to the others. */
    private void twin(double[] spread, int twin, double rest) {
        double like = Math.max(0, Math.min(rest, spread[spread.length - 1] + 3 * random.nextDouble() - 1.5));
        spread[twin] = 0;
        scale(spread, rest - like);
        spread[twin] += like;
    }

    /** Scales the axes before the last to this many bits in all. */
    private static void scale(double[] spread, double bits) {
        int axes = spread.length - 1;
        double sum = sum(spread);
        for (int axis = 0; axis < axes; axis++) {
            spread[axis] = sum > 0 ? spread[axis] * bits / sum : bits / axes;
        }
    }

    /** Moves the axes before the last towards their mean until none exceeds {@code most} bits, if possible. */
    private static void level(double[] spread, double rest, double most) {
        int axes = spread.length - 1;
        double mean = rest / axes;
        double longest = Arrays.stream(spread, 0, axes).max().orElse(0);
        if (longest > most && most > mean) {
            for (int axis = 0; axis < axes; axis++) {
                spread[axis] = mean + (spread[axis] - mean) * (most - mean) / (longest - mean);
            }
        }
    }

    private static double sum(double[] spread) {
        double sum = 0;
        for (int axis = 0; axis < spread.length - 1; axis++) {
            sum += spread[axis];
        }
        return sum;
    }

    /** The axis with the most bits. The last axis does not count, unless it is the only one. */
    static int longest(double[] spread) {
        int longest = 0;
        for (int axis = 1; axis < spread.length - 1; axis++) {
            longest = spread[axis] > spread[longest] ? axis : longest;
        }
        return longest;
    }
}
