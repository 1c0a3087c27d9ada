package org.dropoutspec.condition;

import java.util.Arrays;
import org.dropoutspec.tensor.Shape;

/**
 * The levels that follow from a shape, each as an index.
 *
 * @param size of {@link Factor#SIZE}
 * @param residue of {@link Factor#RESIDUE}: a power of two comes before its neighbours, and these before multiples
 * @param rank of {@link Factor#RANK}
 * @param largeAxis of {@link Factor#LARGE_AXIS}: the axis that is at least four times each other
 * @param lastAxis of {@link Factor#LAST_AXIS}
 */
record Geometry(int size, int residue, int rank, int largeAxis, int lastAxis) {
    /** The smallest number of elements of each size class, and one more than the largest of all. */
    private static final int[] CLASSES = {1, 17, 256, 1 << 10, 1 << 15, 1 << 16, 1 << 20, Integer.MAX_VALUE};

    private static final int LARGEST_RANK = 5;

    static final int POWER = 0;
    static final int NEAR_POWER = 1;
    static final int MULTIPLE_OF_64 = 2;
    static final int MULTIPLE_OF_4 = 3;
    static final int ODD_SIZE = 4;

    static final int NO_LARGE = 0;
    static final int FIRST_LARGE = 1;
    static final int MIDDLE_LARGE = 2;
    static final int LAST_LARGE = 3;
    static final int EVEN = 4;

    static final int LAST_1 = 0;
    static final int LAST_BELOW_32 = 1;
    static final int LAST_TO_16 = 2;
    static final int LAST_TO_64 = 3;
    static final int LAST_128 = 4;
    static final int LAST_OTHER = 5;

    /** The geometry of a shape with at least one element. */
    static Geometry of(Shape shape) {
        int rank = shape.rank();
        return new Geometry(
                sizeClass(shape.size()),
                residue(shape.size()),
                Math.min(rank, LARGEST_RANK),
                largeAxis(shape),
                rank == 0 ? LAST_1 : lastAxis(shape.extent(rank - 1)));
    }

    /** The smallest number of elements of a size class. */
    static int smallest(int sizeClass) {
        return CLASSES[sizeClass];
    }

    /** The largest number of elements of a size class. */
    static int largest(int sizeClass) {
        return CLASSES[sizeClass + 1] - 1;
    }

    static int sizeClass(int size) {
        int index = Arrays.binarySearch(CLASSES, size);
        return index >= 0 ? index : -index - 2;
    }

    static int residue(int size) {
        if (isPower(size)) {
            return POWER;
        } else if (isPower(size - 1) || isPower(size + 1)) {
            return NEAR_POWER;
        } else if (size % 64 == 0) {
            return MULTIPLE_OF_64;
        }
        return size % 4 == 0 ? MULTIPLE_OF_4 : ODD_SIZE;
    }

    static int lastAxis(int extent) {
        if (extent == 1) {
            return LAST_1;
        } else if (extent == 4 || extent == 8 || extent == 16) {
            return LAST_TO_16;
        } else if (extent == 32 || extent == 64) {
            return LAST_TO_64;
        } else if (extent % 128 == 0) {
            return LAST_128;
        }
        return extent < 32 ? LAST_BELOW_32 : LAST_OTHER;
    }

    private static int largeAxis(Shape shape) {
        int rank = shape.rank();
        if (rank < 2) {
            return NO_LARGE;
        }
        int longest = 0;
        for (int axis = 1; axis < rank; axis++) {
            longest = shape.extent(axis) > shape.extent(longest) ? axis : longest;
        }
        for (int axis = 0; axis < rank; axis++) {
            if (axis != longest && 4L * shape.extent(axis) > shape.extent(longest)) {
                return EVEN;
            }
        }
        if (longest == 0) {
            return FIRST_LARGE;
        }
        return longest == rank - 1 ? LAST_LARGE : MIDDLE_LARGE;
    }

    private static boolean isPower(int size) {
        return size > 0 && (size & size - 1) == 0;
    }

    /** A number that differs for each geometry; faster to look up by than the record. */
    int code() {
        return (((size * 6 + rank) * 5 + residue) * 5 + largeAxis) * 6 + lastAxis;
    }

    /** The five levels. */
    LevelSet levels() {
        return LevelSet.of(Factor.SIZE, size)
                .or(LevelSet.of(Factor.RESIDUE, residue))
                .or(LevelSet.of(Factor.RANK, rank))
                .or(LevelSet.of(Factor.LARGE_AXIS, largeAxis))
                .or(LevelSet.of(Factor.LAST_AXIS, lastAxis));
    }

    int level(Factor factor) {
        return switch (factor) {
            case SIZE -> size;
            case RESIDUE -> residue;
            case RANK -> rank;
            case LARGE_AXIS -> largeAxis;
            case LAST_AXIS -> lastAxis;
            default -> throw new IllegalArgumentException("factor (" + factor + ") must follow from the shape");
        };
    }

    Geometry with(Factor factor, int level) {
        return switch (factor) {
            case SIZE -> new Geometry(level, residue, rank, largeAxis, lastAxis);
            case RESIDUE -> new Geometry(size, level, rank, largeAxis, lastAxis);
            case RANK -> new Geometry(size, residue, level, largeAxis, lastAxis);
            case LARGE_AXIS -> new Geometry(size, residue, rank, level, lastAxis);
            case LAST_AXIS -> new Geometry(size, residue, rank, largeAxis, level);
            default -> throw new IllegalArgumentException("factor (" + factor + ") must follow from the shape");
        };
    }
}
