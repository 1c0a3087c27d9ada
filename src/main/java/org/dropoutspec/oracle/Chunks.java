package org.dropoutspec.oracle;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * A quick look at a whole tensor: whether each element is zero or the scaled input, and whether the gradient is so at the
 * same elements. What passes here is right; what does not is looked at again, one element at a time, by {@link Watch}.
 *
 * <p>In float32 the product x * (1/(1 - rate)) in double precision, rounded to float32, is at most 1 ulp from the
 * quotient rounded once, so that whatever is within 2 of it is within {@link Scaled#ULPS} of the quotient. In float64 it
 * is at most 2 away (two roundings in a row), and within 1 of it is within 3. Half types have few enough numbers for a
 * table.
 */
final class Chunks {
    static final int SIZE = 1024;

    private record Key(DType dtype, double rate) {}

    private final Map<Key, Table> tables = new HashMap<>();

    /** Whether elements [from, to) of {@code y} are each zero or the scaled element of {@code x}. */
    boolean scaledOrZero(Tensor x, Tensor y, double rate, boolean inverted, int from, int to) {
        if (!inverted) {
            return sameOrZero(x, y, from, to);
        }
        return switch (x.dtype()) {
            case FLOAT32 -> floats(x, y, 1 / (1 - rate), from, to);
            case FLOAT64 -> doubles(x, y, 1 / (1 - rate), from, to);
            case FLOAT16, BFLOAT16 -> halves(x, y, rate, from, to);
            case BOOL -> throw new IllegalArgumentException("dtype (bool) must be a floating type");
        };
    }

    /** The first element at which two tensors of one type and shape differ in any bit; -1 when in none. */
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

    private static boolean floats(Tensor x, Tensor y, double scale, int from, int to) {
        ByteBuffer in = x.data();
        ByteBuffer out = y.data();
        int wrong = 0;
        for (int i = from; i < to; i++) {
            int got = out.getInt(4 * i);
            int off = got - Float.floatToRawIntBits((float) (in.getFloat(4 * i) * scale));
            wrong |= off >= -2 && off <= 2 || got << 1 == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    private static boolean doubles(Tensor x, Tensor y, double scale, int from, int to) {
        ByteBuffer in = x.data();
        ByteBuffer out = y.data();
        int wrong = 0;
        for (int i = from; i < to; i++) {
            long got = out.getLong(8 * i);
            long off = got - Double.doubleToRawLongBits(in.getDouble(8 * i) * scale);
            wrong |= off >= -1 && off <= 1 || got << 1 == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    private boolean halves(Tensor x, Tensor y, double rate, int from, int to) {
        Table table = tables.computeIfAbsent(new Key(x.dtype(), rate), Table::new);
        ByteBuffer in = x.data();
        ByteBuffer out = y.data();
        int wrong = 0;
        table.expect(to - from);
        for (int i = from; i < to; i++) {
            int got = out.getShort(2 * i);
            int off = got - table.quotient(in.getShort(2 * i) & 0xFFFF);
            wrong |= off >= -Scaled.ULPS && off <= Scaled.ULPS || (got & 0x7FFF) == 0 ? 0 : 1;
        }
        return wrong == 0;
    }

    /** The quotients of one half type at one rate: all of them, once as many were asked for as there are. */
    private static final class Table {
        private final Key key;
        private int asked;
        private short[] quotients;

        Table(Key key) {
            this.key = key;
        }

        void expect(int elements) {
            asked += elements;
            if (quotients == null && asked > 1 << 16) {
                quotients = new short[1 << 16];
                for (int bits = 0; bits < quotients.length; bits++) {
                    quotients[bits] = (short) Scaled.quotient(key.dtype, bits, key.rate);
                }
            }
        }

        short quotient(int bits) {
            return quotients == null ? (short) Scaled.quotient(key.dtype, bits, key.rate) : quotients[bits];
        }
    }
}
