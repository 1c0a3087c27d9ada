package org.dropoutspec.operation.recurrent;

import java.util.Arrays;

/** Hyperbolic tangents, the last of which are remembered: {@code Math.tanh} is slow, and few arguments come often. */
final class Tanh {
    private static final int BITS = 6;

    private final double[] arguments = new double[1 << BITS];
    private final double[] values = new double[1 << BITS];

    Tanh() {
        Arrays.fill(arguments, Double.NaN);
    }

    double of(double argument) {
        // the multiplier of Fibonacci hashing, 2^64 by the golden ratio (Knuth, volume 3, 6.4)
        int place = (int) (Double.doubleToRawLongBits(argument) * 0x9E3779B97F4A7C15L >>> Long.SIZE - BITS);
        if (arguments[place] != argument) {
            arguments[place] = argument;
            values[place] = Math.tanh(argument);
        }
        return values[place];
    }
}
