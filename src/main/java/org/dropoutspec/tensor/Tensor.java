package org.dropoutspec.tensor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Elements of one type in row-major order: raw bits and a shape. Immutable; equal when type, shape and every bit are.
 */
public final class Tensor {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // Code that has never run when the JVM compiles it is compiled to a call that is looked up each time. That is up to
    // ten times slower and stays so; hence everything is run once here.
    static {
        for (DType dtype : DType.values()) {
            Tensor one = of(dtype, Shape.of(1), 1);
            one.gather(one.shape, new int[] {0}).value(0);
        }
        ofFloats(Shape.of(1), 1).floatAt(0);
    }

    private final DType dtype;
    private final Shape shape;
    private final byte[] data;
    /** The elements that the data repeat; empty if the tensor was not made by repetition. */
    private final byte[] tile;

    private Tensor(DType dtype, Shape shape, byte[] data) {
        this(dtype, shape, data, new byte[0]);
    }

    private Tensor(DType dtype, Shape shape, byte[] data, byte[] tile) {
        if (data.length != (long) shape.size() * dtype.bytes()) {
            throw new IllegalArgumentException("data (" + data.length + " bytes) must fit " + dtype + " " + shape + ": "
                    + (long) shape.size() * dtype.bytes() + " bytes");
        }
        this.dtype = dtype;
        this.shape = shape;
        this.data = data;
        this.tile = tile;
    }

    /**
     * A tensor of a few elements, repeated until the shape is filled.
     *
     * @param tile at least one element, little-endian
     */
    public static Tensor tiled(DType dtype, Shape shape, byte[] tile) {
        if (tile.length == 0 || tile.length % dtype.bytes() != 0) {
            throw new IllegalArgumentException(
                    "tile (" + tile.length + " bytes) must hold one " + dtype + " element at least, and whole ones");
        }
        byte[] data = Arrays.copyOf(tile, Math.multiplyExact(shape.size(), dtype.bytes()));
        for (int filled = tile.length; filled < data.length; filled += Math.min(filled, data.length - filled)) {
            System.arraycopy(data, 0, data, filled, Math.min(filled, data.length - filled));
        }
        return new Tensor(dtype, shape, data, tile.clone());
    }

    /** A tensor over {@code data} (little-endian), which is not copied: the caller must not write to it any more. */
    public static Tensor wrap(DType dtype, Shape shape, byte[] data) {
        return new Tensor(dtype, shape, data);
    }

    /** A tensor of these bit patterns, each in the low bits of a long. */
    public static Tensor ofBits(DType dtype, Shape shape, long... bits) {
        requireCount(shape, bits.length);
        Builder tensor = builder(dtype, shape);
        for (int i = 0; i < bits.length; i++) {
            tensor.setBits(i, bits[i]);
        }
        return tensor.build();
    }

    /** A tensor of these numbers, each rounded to the nearest one of the type. */
    public static Tensor of(DType dtype, Shape shape, double... values) {
        requireCount(shape, values.length);
        Builder tensor = builder(dtype, shape);
        for (int i = 0; i < values.length; i++) {
            tensor.setBits(i, dtype.round(values[i]));
        }
        return tensor.build();
    }

    /** A float32 tensor. */
    public static Tensor ofFloats(Shape shape, float... values) {
        requireCount(shape, values.length);
        Builder tensor = builder(DType.FLOAT32, shape);
        for (int i = 0; i < values.length; i++) {
            tensor.setFloatBits(i, Float.floatToRawIntBits(values[i]));
        }
        return tensor.build();
    }

    /** A bool tensor. */
    public static Tensor ofBooleans(Shape shape, boolean... values) {
        requireCount(shape, values.length);
        byte[] data = new byte[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (values[i] ? 1 : 0);
        }
        return new Tensor(DType.BOOL, shape, data);
    }

    /** A tensor with the same number everywhere. */
    public static Tensor full(DType dtype, Shape shape, double value) {
        Builder tensor = builder(dtype, shape);
        long bits = dtype.round(value);
        for (int i = 0; i < shape.size(); i++) {
            tensor.setBits(i, bits);
        }
        return tensor.build();
    }

    public DType dtype() {
        return dtype;
    }

    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int size() {
        return shape.size();
    }

    /** The bit pattern of element {@code index}, counted in row-major order, in the low bits. */
    public long bits(int index) {
        return switch (dtype.bytes()) {
            case 1 -> data[index];
            case 2 -> (short) SHORTS.get(data, 2 * index) & 0xFFFFL;
            case 4 -> (int) INTS.get(data, 4 * index) & 0xFFFF_FFFFL;
            default -> (long) LONGS.get(data, 8 * index);
        };
    }

    /** The number at {@code index} of a float32 tensor. */
    public float floatAt(int index) {
        return (float) FLOATS.get(data, 4 * index);
    }

    /** The element at {@code index} of a bool tensor: 0 or 1. */
    public int bool(int index) {
        return data[index];
    }

    /** The number at {@code index}, counted in row-major order; exact. */
    public double value(int index) {
        return dtype.value(bits(index));
    }

    /** All numbers in row-major order; exact. */
    public double[] values() {
        double[] values = new double[size()];
        if (dtype == DType.FLOAT64) {
            data().asDoubleBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = dtype == DType.FLOAT32 ? floatAt(i) : value(i);
        }
        return values;
    }

    /** The elements as they are sent over the wire: little-endian, row-major; a read-only view, not a copy. */
    public ByteBuffer data() {
        return ByteBuffer.wrap(data).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements by whose repetition this tensor was made, little-endian; empty if it was made otherwise. */
    public Optional<ByteBuffer> tile() {
        return tile.length == 0
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(tile).asReadOnlyBuffer());
    }

    /** The same elements in another shape of the same size. */
    public Tensor reshaped(Shape other) {
        return new Tensor(dtype, other, data, tile);
    }

    /** The transpose by {@code permutation}, as a contiguous copy. */
    public Tensor permuted(int... permutation) {
        return gather(shape.permuted(permutation), shape.indicesPermuted(permutation));
    }

    /** This tensor repeated along the axes where {@code target} is wider. */
    public Tensor broadcastTo(Shape target) {
        return shape.equals(target) ? this : gather(target, shape.indicesBroadcastTo(target));
    }

    /** A builder of a tensor, to be filled element by element; all zeros at first. */
    public static Builder builder(DType dtype, Shape shape) {
        return new Builder(dtype, shape);
    }

    /** Fills a tensor element by element. */
    public static final class Builder {
        private final DType dtype;
        private final Shape shape;
        private byte @Nullable [] data;

        private Builder(DType dtype, Shape shape) {
            this.dtype = dtype;
            this.shape = shape;
            this.data = new byte[Math.multiplyExact(shape.size(), dtype.bytes())];
        }

        /** Sets the element at {@code index}, in row-major order, to the bit pattern in the low bits. */
        public void setBits(int index, long bits) {
            switch (dtype.bytes()) {
                case 1 -> unspent()[index] = (byte) bits;
                case 2 -> SHORTS.set(unspent(), 2 * index, (short) bits);
                case 4 -> INTS.set(unspent(), 4 * index, (int) bits);
                default -> LONGS.set(unspent(), 8 * index, bits);
            }
        }

        /** The same for float32. */
        public void setFloatBits(int index, int bits) {
            INTS.set(unspent(), 4 * index, bits);
        }

        /** Returns the tensor; the builder cannot be used again. */
        public Tensor build() {
            Tensor tensor = new Tensor(dtype, shape, unspent());
            data = null;
            return tensor;
        }

        private byte[] unspent() {
            return Objects.requireNonNull(data, "the builder is spent");
        }
    }

    private Tensor gather(Shape target, int[] indices) {
        int width = dtype.bytes();
        byte[] gathered = new byte[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            switch (width) {
                case 1 -> gathered[i] = data[indices[i]];
                case 2 -> SHORTS.set(gathered, 2 * i, (short) SHORTS.get(data, 2 * indices[i]));
                case 4 -> INTS.set(gathered, 4 * i, (int) INTS.get(data, 4 * indices[i]));
                default -> LONGS.set(gathered, 8 * i, (long) LONGS.get(data, 8 * indices[i]));
            }
        }
        return new Tensor(dtype, target, gathered);
    }

    private static void requireCount(Shape shape, int count) {
        if (count != shape.size()) {
            throw new IllegalArgumentException(
                    "values (" + count + ") must be as many as shape " + shape + " has elements: " + shape.size());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && dtype == that.dtype
                && shape.equals(that.shape)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtype.hashCode() + shape.hashCode()) + Arrays.hashCode(data);
    }

    /** Type and shape, with the numbers of a small tensor: {@code float32 [2] {1.0, -0.0}}. */
    @Override
    public String toString() {
        if (size() > 16) {
            return dtype + " " + shape;
        }
        StringBuilder text =
                new StringBuilder().append(dtype).append(' ').append(shape).append(" {");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(dtype.text(bits(i)));
        }
        return text.append('}').toString();
    }
}
