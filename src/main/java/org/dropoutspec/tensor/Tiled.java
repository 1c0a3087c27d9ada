package org.dropoutspec.tensor;

import java.util.List;

/**
 * A tensor that may have more elements than any array can hold: a few elements, repeated in row-major order until the
 * shape is filled.
 *
 * @param extents outermost first
 * @param tile the repeated elements, of rank 1, at least one
 */
public record Tiled(List<Integer> extents, Tensor tile) {
    public Tiled {
        extents = List.copyOf(extents);
        if (tile.size() == 0) {
            throw new IllegalArgumentException("tile (" + tile + ") must have one element at least");
        }
    }

    public DType dtype() {
        return tile.dtype();
    }

    /** The number of elements. */
    public long size() {
        return extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** The elements from {@code from} up to, not including, {@code to}, as a tensor of rank 1. */
    public Tensor slice(long from, long to) {
        Tensor.Builder slice = Tensor.builder(dtype(), Shape.of(Math.toIntExact(to - from)));
        for (long i = from; i < to; i++) {
            slice.setBits((int) (i - from), tile.bits((int) (i % tile.size())));
        }
        return slice.build();
    }

    /** Type and shape: {@code float16 [65537, 65536]}. */
    @Override
    public String toString() {
        return dtype() + " " + extents;
    }
}
