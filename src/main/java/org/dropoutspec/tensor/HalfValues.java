package org.dropoutspec.tensor;

/** A table of the number that each bit pattern of a float16 stands for, since it is needed more often than anything. */
final class HalfValues {
    private static final int SIGN = 1 << 15;
    private static final int FRACTION_BITS = 10;
    private static final int INFINITY = 31 << FRACTION_BITS;
    private static final int MIN_EXPONENT = -14;

    private static final float[] VALUES = new float[1 << 16];

    static {
        for (int bits = 0; bits < VALUES.length; bits++) {
            VALUES[bits] = value(bits);
        }
    }

    private HalfValues() {}

    /** The number of a bit pattern, exactly; for a NaN, the NaN of float32. */
    static double of(long bits) {
        return VALUES[(int) bits & 0xFFFF];
    }

    /** Computes the number as IEEE 754-2019, clause 3.4, defines it. */
    private static float value(int bits) {
        int magnitude = bits & ~SIGN;
        int field = magnitude >>> FRACTION_BITS;
        int fraction = magnitude & (1 << FRACTION_BITS) - 1;
        float value;
        if (magnitude > INFINITY) {
            return Float.NaN;
        } else if (magnitude == INFINITY) {
            value = Float.POSITIVE_INFINITY;
        } else if (field == 0) {
            value = Math.scalb((float) fraction, MIN_EXPONENT - FRACTION_BITS);
        } else {
            value = Math.scalb((float) (fraction + (1 << FRACTION_BITS)), MIN_EXPONENT - FRACTION_BITS + field - 1);
        }
        return (bits & SIGN) == 0 ? value : -value;
    }
}
