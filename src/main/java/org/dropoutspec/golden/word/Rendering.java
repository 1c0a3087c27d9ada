package org.dropoutspec.golden.word;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The readable form of a word: the shortest decimal that rounds to it, {@code inf}, {@code nan(fraction)}.
 *
 * <p>No two words of a type have the same rendering, so a word and its rendering check each other. The JDK's own {@code
 * Float.toString} gives other digits from version 19 on, and is therefore not used here.
 */
public final class Rendering {
    /** 17 significant digits distinguish all numbers of float64. */
    private static final int MOST_DIGITS = 17;

    // bounds the work that a malicious exponent could cause
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?(e-?[0-9]{1,3})?");

    private static final Map<Magnitude, String> SHORTEST = new ConcurrentHashMap<>();

    private Rendering() {}

    private record Magnitude(Ieee format, long magnitude) {}

    /** The rendering of {@code word}. */
    public static String of(WordType type, long word) {
        if (!type.isFloating()) {
            return Long.toUnsignedString(word);
        }
        Ieee format = Ieee.of(type.dtype());
        String sign = format.isNegative(word) ? "-" : "";
        if (format.isNaN(word)) {
            return sign + "nan(" + Long.toHexString(format.fraction(word)) + ")";
        }
        return sign + (format.isFinite(word) ? shortest(format, format.magnitude(word)) : "inf");
    }

    /** Whether {@code text} stands for {@code word}, even if it has more digits than {@link #of} gives. */
    public static boolean agrees(WordType type, String text, long word) {
        if (!type.isFloating() || text.contains("n")) {
            return text.equals(of(type, word));
        }
        OptionalLong parsed = parse(Ieee.of(type.dtype()), text);
        return parsed.isPresent() && parsed.getAsLong() == word;
    }

    /** The word nearest to a decimal such as {@code -0.1}. */
    public static long word(Ieee format, String decimal) {
        return parse(format, decimal)
                .orElseThrow(() -> new IllegalArgumentException("decimal (" + decimal + ") must be a number"));
    }

    private static OptionalLong parse(Ieee format, String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        boolean negative = text.startsWith("-");
        long magnitude = format.round(Rational.of(new BigDecimal(negative ? text.substring(1) : text)));
        return OptionalLong.of(negative ? magnitude | format.signBit() : magnitude);
    }

    private static String shortest(Ieee format, long magnitude) {
        return SHORTEST.computeIfAbsent(new Magnitude(format, magnitude), Rendering::search);
    }

    private static String search(Magnitude word) {
        Ieee format = word.format();
        long magnitude = word.magnitude();
        if (magnitude == 0) {
            return "0";
        }
        Rational exact = format.exact(magnitude);
        // a binary fraction also has finitely many decimal digits
        BigDecimal decimal = new BigDecimal(exact.numerator()).divide(new BigDecimal(exact.denominator()));
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            Optional<BigDecimal> found = nearest(format, magnitude, decimal, digits);
            if (found.isPresent()) {
                return text(found.get().stripTrailingZeros());
            }
        }
        return text(decimal.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
    }

    /**
     * The decimal of {@code digits} digits that rounds to a word, the nearest if there are several. Numbers are twice
     * as dense below a power of two as above, so the decimal on the far side may round back and the nearest not.
     */
    private static Optional<BigDecimal> nearest(Ieee format, long magnitude, BigDecimal exact, int digits) {
        return Stream.of(RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP)
                .map(mode -> exact.round(new MathContext(digits, mode)))
                .filter(rounded -> format.round(Rational.of(rounded)) == magnitude)
                .findFirst();
    }

    private static String text(BigDecimal decimal) {
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        if (exponent >= -4 && exponent < 9) {
            return decimal.toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + exponent;
    }
}
