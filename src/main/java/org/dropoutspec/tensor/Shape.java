package org.dropoutspec.tensor;

import java.util.Arrays;

/** The extents of a tensor, outermost first; {@code []} is a scalar and an extent may be 0. */
public final class Shape {
    /** More axes than any library allows. A longer shape is a mistake, and would make long messages. */
    private static final int MOST_AXES = 64;

    private final int[] extents;
    private final int size;

    private Shape(int[] extents) {
        if (extents.length > MOST_AXES) {
            throw new IllegalArgumentException("shape (of " + extents.length + " axes) must have at most " + MOST_AXES);
        }
        long product = 1;
        for (int extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("shape (" + Arrays.toString(extents) + ") must not be negative");
            }
            product *= extent;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "shape (" + Arrays.toString(extents) + ") must have fewer than 2^31 elements");
            }
        }
        this.extents = extents;
        this.size = (int) product;
    }

    public static Shape of(int... extents) {
        return new Shape(Arrays.copyOf(extents, extents.length)); // clone() leaves the virtual machine
    }

    /** The number of elements: the product of the extents, 1 for a scalar. */
    public int size() {
        return size;
    }

    public int rank() {
        return extents.length;
    }

    public int extent(int axis) {
        return extents[axis];
    }

    public int[] extents() {
        return Arrays.copyOf(extents, extents.length);
    }

    /** The distance in elements between neighbours along each axis, in row-major order. */
    public int[] strides() {
        int[] strides = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= extents[axis];
        }
        return strides;
    }

    /**
     * Whether a tensor of this shape broadcasts to exactly {@code target}: aligned at the last axis, each extent equal
     * to the target's or 1, and missing leading axes taken as 1 (the rule of NumPy, towards one fixed shape).
     */
    public boolean broadcastsTo(Shape target) {
        int offset = target.rank() - rank();
        if (offset < 0) {
            return false;
        }
        for (int axis = 0; axis < rank(); axis++) {
            if (extents[axis] != 1 && extents[axis] != target.extents[axis + offset]) {
                return false;
            }
        }
        return true;
    }

    /**
     * For each element of {@code target} in row-major order, the index of the element of this shape that broadcasting
     * puts there.
     */
    public int[] indicesBroadcastTo(Shape target) {
        if (!broadcastsTo(target)) {
            throw new IllegalArgumentException("shape (" + this + ") must broadcast to " + target);
        }
        int[] own = strides();
        int[] strides = new int[target.rank()];
        int offset = target.rank() - rank();
        for (int axis = 0; axis < rank(); axis++) {
            strides[axis + offset] = extents[axis] == 1 ? 0 : own[axis];
        }
        return target.indices(strides);
    }

    /** This shape with its axes reordered: axis i of the result is axis {@code permutation[i]} of this. */
    public Shape permuted(int... permutation) {
        requirePermutation(permutation);
        int[] result = new int[permutation.length];
        for (int axis = 0; axis < permutation.length; axis++) {
            result[axis] = extents[permutation[axis]];
        }
        return new Shape(result);
    }

    /** For each element of {@link #permuted}, in row-major order, the index of that element in this shape. */
    public int[] indicesPermuted(int... permutation) {
        Shape permuted = permuted(permutation);
        int[] own = strides();
        int[] strides = new int[permutation.length];
        for (int axis = 0; axis < permutation.length; axis++) {
            strides[axis] = own[permutation[axis]];
        }
        return permuted.indices(strides);
    }

    private void requirePermutation(int[] permutation) {
        int[] sorted = permutation.clone();
        Arrays.sort(sorted);
        boolean valid = sorted.length == rank();
        for (int axis = 0; valid && axis < sorted.length; axis++) {
            valid = sorted[axis] == axis;
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "permutation (" + Arrays.toString(permutation) + ") must name each axis of " + this + " once");
        }
    }

    private int[] indices(int[] strides) {
        int[] indices = new int[size];
        int[] position = new int[rank()];
        int last = rank() == 0 ? 1 : extents[rank() - 1];
        int step = rank() == 0 ? 0 : strides[rank() - 1];
        int index = 0;
        for (int from = 0; from < size; from += last) {
            for (int i = 0; i < last; i++) {
                indices[from + i] = index + i * step;
            }
            for (int axis = rank() - 2; axis >= 0; axis--) {
                index += strides[axis];
                if (++position[axis] < extents[axis]) {
                    break;
                }
                index -= position[axis] * strides[axis];
                position[axis] = 0;
            }
        }
        return indices;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(extents, that.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
