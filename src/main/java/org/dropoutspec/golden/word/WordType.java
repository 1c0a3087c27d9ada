package org.dropoutspec.golden.word;

import java.util.Locale;
import java.util.Optional;
import org.dropoutspec.tensor.DType;

/** The type of a word in a vector: an element type, or one of the generator's integers. */
public enum WordType {
    FLOAT16(4),
    BFLOAT16(4),
    FLOAT32(8),
    FLOAT64(16),
    BOOL(2),
    UINT32(8),
    UINT64(16);

    private final int digits;

    WordType(int digits) {
        this.digits = digits;
    }

    public static WordType of(DType dtype) {
        return valueOf(dtype.name());
    }

    public static Optional<WordType> named(String name) {
        for (WordType type : values()) {
            if (type.toString().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The number of hexadecimal digits of a word, leading zeros included. */
    public int digits() {
        return digits;
    }

    public boolean isFloating() {
        return ordinal() <= FLOAT64.ordinal();
    }

    public DType dtype() {
        return DType.valueOf(name());
    }

    /** The word in hexadecimal at its fixed width, lower case. */
    public String hex(long word) {
        String hex = Long.toHexString(word);
        return "0".repeat(digits - hex.length()) + hex;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
