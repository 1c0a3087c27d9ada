package org.dropoutspec.golden;

import java.util.Arrays;
import java.util.List;

/**
 * A drop rate of the vectors, and its name in their ids.
 *
 * <p>A rate is a number of type float32, except in vectors of float64: an implementation that takes its rate as a float
 * is then asked what it was meant to be asked.
 */
record NamedRate(String name, double value) {

    /** The rates that every type is asked: both ends, their neighbours, and what people use. */
    static List<NamedRate> all(Ieee format) {
        return of(format, "0", "tiny", "0.1", "third", "0.2", "0.5", "0.9", "almost1", "1");
    }

    static List<NamedRate> of(Ieee format, String... names) {
        return Arrays.stream(names)
                .map(name -> new NamedRate(name, number(name, precision(format))))
                .toList();
    }

    /** The type that rates of vectors of {@code format} are numbers of. */
    static Ieee precision(Ieee format) {
        return format == Ieee.FLOAT64 ? Ieee.FLOAT64 : Ieee.FLOAT32;
    }

    boolean isInside() {
        return value > 0 && value < 1;
    }

    /** Whether a rate and 1 minus it are told apart by their effect. */
    boolean isLopsided() {
        return isInside() && value != 0.5;
    }

    private static double number(String name, Ieee precision) {
        long word = switch (name) {
            case "third" -> precision.round(Rational.of(1, 3));
            case "tiny" -> 1;
            case "almost1" -> precision.round(Rational.ONE) - 1;
            case "just-above-1" -> precision.round(Rational.ONE) + 1;
            case "just-below-0" -> precision.signBit() | 1;
            default -> Words.of(precision, name);
        };
        return Words.toDouble(precision, word);
    }
}
