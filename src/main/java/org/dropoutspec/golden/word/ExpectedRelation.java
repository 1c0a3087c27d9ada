package org.dropoutspec.golden.word;

import java.util.Optional;
import java.util.regex.Pattern;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Ulp;

/** The relation in which an element of an answer must stand to the word that a vector expects. */
public sealed interface ExpectedRelation {
    ExpectedRelation BITS = new Bits();
    ExpectedRelation ZERO = new Zero();
    ExpectedRelation NAN = new AnyNaN();
    Pattern ULP = Pattern.compile("ulp:[1-9][0-9]{0,3}");

    /** Whether {@code got} stands in this relation to {@code expected}. */
    boolean holds(DType dtype, long expected, long got);

    /** Whether a vector may use this relation for {@code word}. */
    boolean admits(DType dtype, long word);

    static Optional<ExpectedRelation> named(String name) {
        return switch (name) {
            case "bits" -> Optional.of(BITS);
            case "zero" -> Optional.of(ZERO);
            case "nan" -> Optional.of(NAN);
            default ->
                ULP.matcher(name).matches()
                        ? Optional.of(new WithinUlp(Integer.parseInt(name.substring(4))))
                        : Optional.empty();
        };
    }

    /** The same word, bit for bit. */
    record Bits() implements ExpectedRelation {
        @Override
        public boolean holds(DType dtype, long expected, long got) {
            return expected == got;
        }

        @Override
        public boolean admits(DType dtype, long word) {
            return true;
        }

        @Override
        public String toString() {
            return "bits";
        }
    }

    /** +0 or -0. */
    record Zero() implements ExpectedRelation {
        @Override
        public boolean holds(DType dtype, long expected, long got) {
            return (got & ~dtype.signBit()) == 0;
        }

        @Override
        public boolean admits(DType dtype, long word) {
            return dtype.isFloating() && holds(dtype, word, word);
        }

        @Override
        public String toString() {
            return "zero";
        }
    }

    /** Any NaN. */
    record AnyNaN() implements ExpectedRelation {
        @Override
        public boolean holds(DType dtype, long expected, long got) {
            return dtype.isNaN(got);
        }

        @Override
        public boolean admits(DType dtype, long word) {
            return dtype.isNaN(word);
        }

        @Override
        public String toString() {
            return "nan";
        }
    }

    /** At most {@code n} numbers of the type away, with infinity next to the largest and +0 the same as -0. */
    record WithinUlp(long n) implements ExpectedRelation {
        @Override
        public boolean holds(DType dtype, long expected, long got) {
            return !dtype.isNaN(got) && Ulp.distance(dtype, expected, got) <= n;
        }

        @Override
        public boolean admits(DType dtype, long word) {
            return dtype.isFloating() && !dtype.isNaN(word);
        }

        @Override
        public String toString() {
            return "ulp:" + n;
        }
    }
}
