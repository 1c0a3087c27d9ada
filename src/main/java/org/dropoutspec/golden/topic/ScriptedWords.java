package org.dropoutspec.golden.topic;

import java.util.Arrays;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Words from short texts, the form in which the sources of the vectors are written. */
public final class ScriptedWords {
    private ScriptedWords() {}

    /** A word of a type from a decimal, or from the name of a special value such as {@code max}. */
    static long of(Ieee format, String text) {
        if (text.startsWith("-")) {
            return of(format, text.substring(1)) | format.signBit();
        }
        return switch (text) {
            case "inf" -> format.infinity();
            case "nan" -> format.quietNaN();
            case "snan" -> format.infinity() | 1; // signalling: the bit that makes a NaN quiet is not set
            case "nan1" -> format.quietNaN() | 1; // a payload, which arithmetic may lose and a copy may not
            case "max" -> format.largest();
            case "max/2" -> format.largest() - format.smallestNormal();
            case "normal" -> format.smallestNormal();
            case "subnormal" -> format.smallestNormal() - 1;
            case "min" -> 1;
            case "3min" -> 3;
            default -> Rendering.word(format, text);
        };
    }

    /** A tensor with one axis, from texts separated by spaces. */
    public static Tensor vector(Ieee format, String texts) {
        String[] parts = texts.split(" ", -1);
        return tensor(format, Shape.of(parts.length), texts);
    }

    public static Tensor tensor(Ieee format, Shape shape, String texts) {
        long[] words = Arrays.stream(texts.split(" ", -1))
                .filter(text -> !text.isEmpty())
                .mapToLong(text -> of(format, text))
                .toArray();
        return Tensor.ofBits(format.dtype(), shape, words);
    }

    /** A tensor from texts separated by spaces, repeated as often as the shape needs. */
    public static Tensor tile(Ieee format, Shape shape, String texts) {
        String[] parts = texts.split(" ", -1);
        long[] words = new long[shape.size()];
        Arrays.setAll(words, i -> of(format, parts[i % parts.length]));
        return Tensor.ofBits(format.dtype(), shape, words);
    }

    /** A tensor of 1, -2, 3, -4, ..., so that each element shows where it came from. */
    public static Tensor counting(Ieee format, Shape shape) {
        long[] words = new long[shape.size()];
        Arrays.setAll(words, i -> of(format, (i % 2 == 0 ? "" : "-") + (i + 1)));
        return Tensor.ofBits(format.dtype(), shape, words);
    }

    /** A mask from digits, repeated as often as the shape needs. */
    public static Tensor mask(Shape shape, String digits) {
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = digits.charAt(i % digits.length()) == '1';
        }
        return Tensor.ofBooleans(shape, kept);
    }

    /** The number of a word as a double; exact, since float64 holds all numbers of the types. */
    static double toDouble(Ieee format, long word) {
        if (!format.isFinite(word)) {
            boolean negative = format.isNegative(word);
            double infinity = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return format.isNaN(word) ? Double.NaN : infinity;
        }
        return Double.longBitsToDouble(Ieee.FLOAT64.round(format.exact(word)));
    }
}
