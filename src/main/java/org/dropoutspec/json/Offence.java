package org.dropoutspec.json;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells in plain words where a text first breaks RFC 8259: what stands there, and what was expected. It is used only
 * after the parser has refused the text, whose own words are meant for programmers in Java.
 */
final class Offence {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final String VALUE = "a JSON value";

    /** The largest number of bytes of the text that a message shows. */
    private static final int LONGEST = 20;

    private final byte[] text;
    private final int depth;
    private int at;

    private Offence(byte[] text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    /** Thrown at the place of the offence. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1;

        Found(String words) {
            super(words, null, false, false);
        }
    }

    /**
     * What is wrong with the text, or null if this reading finds nothing wrong.
     *
     * @param text in UTF-8
     * @param depth how deeply objects and lists may be nested
     */
    static @Nullable String in(byte[] text, int depth) {
        Offence reading = new Offence(text, depth);
        try {
            reading.value(0);
            reading.space();
            return reading.at == text.length ? null : "something follows after its end";
        } catch (Found found) {
            return found.getMessage();
        }
    }

    private void value(int level) throws Found {
        space();
        int first = peek();
        if (level == depth && (first == '{' || first == '[')) {
            throw new Found("it is nested more than " + depth + " deep");
        }
        switch (first) {
            case '{' -> {
                at++;
                members(level + 1);
            }
            case '[' -> {
                at++;
                elements(level + 1);
            }
            case '"' -> string();
            default -> word();
        }
    }

    private void members(int level) throws Found {
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            space();
            if (peek() != '"') {
                throw expected("a key in double quotes");
            }
            string();
            space();
            if (peek() != ':') {
                throw expected("a colon after the key");
            }
            at++;
            value(level);
            space();
            int next = peek();
            if (next != ',' && next != '}') {
                throw expected("a comma or the end of the object");
            }
            at++;
            if (next == '}') {
                return;
            }
        }
    }

    private void elements(int level) throws Found {
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            value(level);
            space();
            int next = peek();
            if (next != ',' && next != ']') {
                throw expected("a comma or the end of the list");
            }
            at++;
            if (next == ']') {
                return;
            }
        }
    }

    private void string() throws Found {
        for (at++; peek() != '"'; at++) {
            if (peek() >= 0 && peek() < ' ') {
                throw new Found(String.format(
                        "byte %d: a text must write the control character 0x%02X as an escape", at, peek()));
            }
            if (peek() == '\\') {
                escape();
            }
        }
        at++;
    }

    private void escape() throws Found {
        int start = at++;
        int digits = peek() == 'u' ? 4 : 0;
        boolean known = "\"\\/bfnrtu".indexOf(peek()) >= 0;
        for (int i = 0; i < digits && known; i++) {
            at++;
            known = Character.digit(peek(), 16) >= 0;
        }
        if (!known) {
            at = start;
            throw expected("an escape that JSON knows");
        }
    }

    private void word() throws Found {
        int start = at;
        while (at < text.length && " \t\r\n,:{}[]\"".indexOf(text[at]) < 0) {
            at++;
        }
        String word = new String(text, start, at - start, StandardCharsets.UTF_8);
        boolean known = word.equals("true")
                || word.equals("false")
                || word.equals("null")
                || NUMBER.matcher(word).matches();
        if (!known) {
            at = start;
            throw expected(word.startsWith("'") ? VALUE + ", texts in double quotes" : VALUE);
        }
    }

    private void space() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
    }

    /** The next byte; it is an offence if the text ends here. */
    private int peek() throws Found {
        if (at >= text.length) {
            throw new Found("it ends in the middle");
        }
        return text[at];
    }

    private Found expected(String what) {
        int end = at;
        while (end < text.length && end - at < LONGEST && text[end] != '\n') {
            end++;
        }
        boolean whole = end == text.length || text[end] == '\n';
        while (!whole && (text[end] & 0xC0) == 0x80) {
            end--; // do not cut in the middle of a character
        }
        String shown = new String(text, at, end - at, StandardCharsets.UTF_8);
        return new Found("byte " + at + ": expected " + what + ", got " + shown + (whole ? "" : "..."));
    }
}
