package org.dropoutspec.oracle;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * A quick look at a part of a tensor: whether each element is zero or the scaled input. An element that passes here is
 * right. One that does not is looked at again, one element at a time, by {@link Watch}.
 *
 * <p>In float32, the product x * (1/(1 - rate)), computed in double precision and rounded to float32, is at most 1 ulp
 * from the quotient rounded once. So whatever is within 2 ulps of it is within {@link Scaled#ULPS} of the quotient. In
 * float64 it is at most 2 ulps away (two roundings in a row), so whatever is within 1 of it is within 3.
 *
 * <p>For half types with f fraction bits, numbers are compared instead of bit patterns. The quotient rounded once is
 * off by at most half an ulp, which is no more than 2^-(f + 1) of the quotient plus half the smallest number of the
 * type. A result within that bound is within an ulp and a half, and so within 3 also next to a power of two, below
 * which an ulp is half as large. Infinities are left to the second look.
 *
 * <p>Numbers are read in blocks and compared in loops without calls: a short run mostly ends before they are compiled.
 */
public final class Chunks {
    public static final int SIZE = 1024;

    // the pattern one above an infinity is a NaN, not a number that is a little off
    private static final int INFINITE_FLOAT16 = (int) DType.FLOAT16.infinity();
    private static final int INFINITE_FLOAT = (int) DType.FLOAT32.infinity();
    private static final long INFINITE_DOUBLE = DType.FLOAT64.infinity();

    private final float[] floatsIn = new float[SIZE];
    private final int[] floatsOut = new int[SIZE];
    private final double[] doublesIn = new double[SIZE];
    private final long[] doublesOut = new long[SIZE];
    private final short[] halvesIn = new short[SIZE];
    private final short[] halvesOut = new short[SIZE];

    /** Whether each element of {@code y} is zero or the scaled element of {@code x}, both finite. */
    public boolean scaledOrZero(Tensor x, Tensor y, double rate, boolean inverted) {
        boolean right = true;
        for (int from = 0; right && from < x.size(); from += SIZE) {
            right = scaledOrZero(x, y, rate, inverted, from, Math.min(x.size(), from + SIZE));
        }
        return right;
    }

    /** The same for the elements [from, to) alone, of which there are at most {@link #SIZE}. */
    boolean scaledOrZero(Tensor x, Tensor y, double rate, boolean inverted, int from, int to) {
        if (!inverted) {
            return sameOrZero(x, y, from, to);
        }
        int count = to - from;
        double scale = 1 / (1 - rate);
        return switch (x.dtype()) {
            case FLOAT32 -> {
                x.data().asFloatBuffer().position(from).get(floatsIn, 0, count);
                y.data().asIntBuffer().position(from).get(floatsOut, 0, count);
                yield floats(floatsIn, floatsOut, scale, count);
            }
            case FLOAT64 -> {
                x.data().asDoubleBuffer().position(from).get(doublesIn, 0, count);
                y.data().asLongBuffer().position(from).get(doublesOut, 0, count);
                yield doubles(doublesIn, doublesOut, scale, count);
            }
            case FLOAT16 -> {
                readHalves(x, y, from, count);
                yield float16s(halvesIn, halvesOut, scale, count);
            }
            case BFLOAT16 -> {
                readHalves(x, y, from, count);
                yield bfloat16s(halvesIn, halvesOut, scale, count);
            }
            case BOOL, INT32, INT64 ->
                throw new IllegalArgumentException("dtype (" + x.dtype() + ") must be a floating type");
        };
    }

    private void readHalves(Tensor x, Tensor y, int from, int count) {
        x.data().asShortBuffer().position(from).get(halvesIn, 0, count);
        y.data().asShortBuffer().position(from).get(halvesOut, 0, count);
    }

    /** The index of the first element at which two tensors of one type and shape differ in any bit; -1 if none. */
    static int mismatch(Tensor a, Tensor b) {
        int at = a.data().mismatch(b.data());
        return at < 0 ? -1 : at / a.dtype().bytes();
    }

    private static boolean sameOrZero(Tensor x, Tensor y, int from, int to) {
        long sign = x.dtype().signBit();
        int wrong = 0;
        for (int i = from; i < to; i++) {
            long got = y.bits(i);
            wrong |= got == x.bits(i) || (got & ~sign) == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    private static boolean floats(float[] in, int[] out, double scale, int count) {
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            int off = out[i] - Float.floatToRawIntBits((float) (in[i] * scale));
            boolean near = off >= -2 && off <= 2 && (out[i] & Integer.MAX_VALUE) < INFINITE_FLOAT;
            wrong |= near || out[i] << 1 == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    private static boolean doubles(double[] in, long[] out, double scale, int count) {
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            long off = out[i] - Double.doubleToRawLongBits(in[i] * scale);
            boolean near = off >= -1 && off <= 1 && (out[i] & Long.MAX_VALUE) < INFINITE_DOUBLE;
            wrong |= near || out[i] << 1 == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    private static boolean float16s(short[] in, short[] out, double scale, int count) {
        float relative = half(DType.FLOAT16);
        double least = 0x1p-25;
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            double expected = float16(in[i]) * scale;
            double off = Math.abs(float16(out[i]) - expected);
            boolean near = off <= Math.abs(expected) * relative + least && (out[i] & 0x7FFF) < INFINITE_FLOAT16;
            wrong |= near || (out[i] & 0x7FFF) == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    private static boolean bfloat16s(short[] in, short[] out, double scale, int count) {
        float relative = half(DType.BFLOAT16);
        double least = 0x1p-134;
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            double expected = Float.intBitsToFloat(in[i] << 16) * scale;
            double off = Math.abs(Float.intBitsToFloat(out[i] << 16) - expected);
            wrong |= off <= Math.abs(expected) * relative + least || (out[i] & 0x7FFF) == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    /** Half an ulp of 1. */
    private static float half(DType dtype) {
        return Math.scalb(1f, -dtype.fractionBits() - 1);
    }

    /** The number, if it is finite: read as float32, the shifted bits stand for a number 2^112 times smaller. */
    private static float float16(short bits) {
        return Float.intBitsToFloat((bits & 0x8000) << 16 | (bits & 0x7FFF) << 13) * 0x1p112f;
    }
}
