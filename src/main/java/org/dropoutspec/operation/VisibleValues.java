package org.dropoutspec.operation;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Values for calls of an operation, made from those of a plain call so that each shows whether it was dropped. */
public final class VisibleValues {
    /** The longest row in which a mask is laid out, in elements; the amount of computing grows with size times this. */
    private static final int LONGEST_ROW = 16;

    /** The longest row for masks of more than {@link #LARGE} elements. */
    private static final int LONGEST_ROW_OF_LARGE = 4;

    private static final int LARGE = 1 << 12;

    /** The longest row for some small sizes, so that some rows are longer than a word of random bits or a warp. */
    private static final int LONGEST_ROW_OF_SOME = 80;

    private static final int SMALL = 1 << 9;

    /** The longest row for fewer of the sizes above that, so that some rows are longer than a block of a kernel. */
    private static final int LONGEST_ROW_OF_FEW = 300;

    private VisibleValues() {}

    /**
     * Whether masks of this many elements are laid out in long rows: a quarter of the sizes up to 512, one in sixteen
     * of those up to 4,096, but not 256, whose other layout is a square.
     */
    public static boolean isInLongRows(int size) {
        if (size == LONGEST_ROW * LONGEST_ROW) {
            return false;
        }
        return size <= SMALL ? mixed(size) >>> 30 == 0 : size <= LARGE && mixed(size) >>> 28 == 11;
    }

    /** The longest row for a mask of this many elements: 16, or 4 if the mask is large, or now and then 80 or 300. */
    public static int longestRow(int size) {
        if (isInLongRows(size)) {
            return size <= SMALL ? LONGEST_ROW_OF_SOME : LONGEST_ROW_OF_FEW;
        }
        return size > LARGE ? LONGEST_ROW_OF_LARGE : LONGEST_ROW;
    }

    /** Whether masks of this many elements are laid out in squares if possible, like half of the sizes up to 4,096. */
    public static boolean isSquare(int size) {
        return size <= LARGE && mixed(size) < 0;
    }

    /** A hash of the size, by which sizes are chosen for a layout in no particular pattern. */
    private static int mixed(int size) {
        return size * 0x9E3779B1;
    }

    /** The largest divisor of {@code size} that is at most {@link #longestRow}; 1 for 0. */
    public static int row(int size) {
        int row = longestRow(size);
        while (size % row != 0 || row > Math.max(1, size)) {
            row--;
        }
        return row;
    }

    /**
     * The first elements of {@code x} in another shape. An element stays as it is if it is a normal number that the
     * scale does not take to infinity; otherwise it becomes 1 with its sign. Both are decided for {@code float32} too,
     * since an implementation that computes in that type by mistake shows its mask all the same.
     *
     * @param rate the rate from which the scale follows; any double
     */
    public static Tensor of(Tensor x, Shape shape, double rate) {
        DType dtype = x.dtype();
        double scale = rate >= 0 && rate < 1 ? 1 / (1 - rate) : 1;
        double largest = Math.min(dtype.largest(), DType.FLOAT32.largest()) / 2 / scale;
        double smallest = Math.max(dtype.smallestNormal(), DType.FLOAT32.smallestNormal());
        Tensor.Builder values = Tensor.builder(dtype, shape);
        long one = dtype.round(1);
        for (int i = 0; i < shape.size(); i++) {
            long bits = x.bits(i);
            double magnitude = Math.abs(dtype.value(bits));
            boolean visible = magnitude >= smallest && magnitude <= largest;
            values.setBits(i, visible ? bits : one | bits & dtype.signBit());
        }
        return values.build();
    }

    /** An upstream gradient: 1, -2, 3, -4, 5, -1 and so on, in which no element, and no sum of two, is 0. */
    public static Tensor upstream(DType dtype, Shape shape) {
        Tensor.Builder values = Tensor.builder(dtype, shape);
        for (int i = 0; i < shape.size(); i++) {
            double magnitude = i % 5 + 1;
            values.setBits(i, dtype.round(i % 2 == 0 ? magnitude : -magnitude));
        }
        return values.build();
    }

    /** The same tensor with a zero at an index, which shows what is added to the input instead of multiplied. */
    public static Tensor withZero(Tensor x, int index) {
        Tensor.Builder zeroed = Tensor.builder(x.dtype(), x.shape());
        for (int i = 0; i < x.size(); i++) {
            zeroed.setBits(i, i == index ? 0 : x.bits(i));
        }
        return zeroed.build();
    }

    /** A square matrix with {@code value} on the diagonal and 0 elsewhere. */
    public static Tensor diagonal(DType dtype, int extent, double value) {
        Tensor.Builder matrix = Tensor.builder(dtype, Shape.of(extent, extent));
        for (int i = 0; i < extent; i++) {
            matrix.setBits(i * extent + i, dtype.round(value));
        }
        return matrix.build();
    }
}
