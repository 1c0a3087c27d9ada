package org.dropoutspec.wire;

import java.nio.charset.StandardCharsets;
import org.dropoutspec.implementation.Printable;

/** An excerpt of a stranger's text for a message: of bounded length, with control characters made visible. */
final class Excerpt {
    private static final int LIMIT = 300;

    private Excerpt() {}

    static String of(byte[] text) {
        String start = new String(text, 0, Math.min(text.length, 4 * LIMIT), StandardCharsets.UTF_8);
        return text.length > start.length() || start.length() > LIMIT
                ? cut(start, LIMIT) + "... (" + text.length + " bytes)"
                : visible(start);
    }

    static String of(String text, int limit) {
        return Printable.line(text, limit);
    }

    private static String cut(String text, int limit) {
        return visible(text.substring(0, Math.min(text.length(), limit)));
    }

    /** Escapes characters that would move the cursor, ring the bell, or start a new line of a report. */
    static String visible(String text) {
        return Printable.line(text);
    }
}
