package org.dropoutspec.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A long JSON string without escapes, left in its place in the line. It is the data of a tensor, which would otherwise
 * be copied at twice its size only to be decoded.
 *
 * @param line the line, which is valid UTF-8
 * @param start the index of the first byte after the opening quote
 * @param end the index of the closing quote
 */
record LongString(byte[] line, int start, int end) {
    /** The least length in bytes; for a shorter string it is not worth the effort. */
    private static final int LEAST = 1024;

    /** The string whose opening quote is at {@code quote}, or null if it is short or has an escape. */
    static @Nullable LongString at(byte[] line, long quote) {
        if (quote < 0 || quote >= line.length || line[(int) quote] != '"') {
            return null;
        }
        int start = (int) quote + 1;
        int end = start;
        while (end < line.length && line[end] != '"' && line[end] != '\\') {
            end++;
        }
        return end < line.length && line[end] == '"' && end - start >= LEAST ? new LongString(line, start, end) : null;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(line, start, end - start).slice();
    }

    /** The string itself, as the parser would have read it. */
    String text() {
        return new String(line, start, end - start, StandardCharsets.UTF_8);
    }
}
