package org.dropoutspec.golden.verify;

import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;

/** The message about a wrong element. */
final class Mismatch {
    private Mismatch() {}

    /** The message, such as {@code output[1]: expected 41400000 (12, bits), got 40c00000 (6)}. */
    static String text(String field, int index, WordType type, long expected, ExpectedRelation relation, long got) {
        return field + "[" + index + "]: expected " + type.hex(expected) + " (" + Rendering.of(type, expected) + ", "
                + relation + "), got " + type.hex(got) + " (" + Rendering.of(type, got) + ")";
    }
}
