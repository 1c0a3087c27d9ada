package org.dropoutspec.tensor;

/** What each bit pattern of a float16 stands for, looked up: it is asked more often than anything else. */
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

    /** Exact; of a NaN the float32 NaN. */
    static double of(long bits) {
        return VALUES[(int) bits & 0xFFFF];
    }

    /** IEEE 754-2019, 3.4. */
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
