package org.dropoutspec.golden.topic;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;

/**
 * A drop rate of the vectors, and its name in their ids.
 *
 * <p>Where values are compared, both float32 and the element type hold the rate. Rounding the rate is then no part of
 * the error, and the specification's bounds apply.
 */
public record NamedRate(String name, double value) {

    /** The rates that are asked for every type: both ends, their neighbours, and common rates. */
    static List<NamedRate> all(Ieee format) {
        return held(format, "0", "tiny", "0.1", "third", "0.2", "0.5", "0.9", "almost1", "1");
    }

    /** The rates nearest to the named ones that both {@code format} and float32 hold. */
    static List<NamedRate> held(Ieee format, String... names) {
        return of(format == Ieee.FLOAT64 ? Ieee.FLOAT32 : format, names);
    }

    /** The rates nearest to the named ones in {@code precision}. */
    static List<NamedRate> of(Ieee precision, String... names) {
        return Arrays.stream(names)
                .map(name -> new NamedRate(name, number(name, precision)))
                .toList();
    }

    /** The rate 1 - 2^-k, at which the scale is 2^k. */
    static NamedRate keeping(int k) {
        return new NamedRate("keep-2-" + k, 1 - Math.scalb(1.0, -k));
    }

    public boolean isHeldBy(Ieee format) {
        return ScriptedWords.toDouble(format, format.round(Ieee.FLOAT64.exact(Double.doubleToRawLongBits(value))))
                == value;
    }

    boolean isInside() {
        return value > 0 && value < 1;
    }

    /** Whether the effect of this rate differs from that of 1 minus this rate. */
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
            default -> ScriptedWords.of(precision, name);
        };
        return ScriptedWords.toDouble(precision, word);
    }
}
