package org.dropoutspec.implementation;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A stranger's text, made safe to show on a terminal, in a report and in the log of a CI server: one line that moves no
 * cursor, reorders nothing and is no command.
 *
 * <p>Every text from an implementation, about itself or about a call, passes through here before it is shown anywhere.
 * A text that has passed once does not change when it passes again.
 */
public final class Printable {
    /** The marks of commands to CI servers: {@code ::error::} after white space, {@code ##vso[...]} anywhere. */
    private static final Pattern COMMAND = Pattern.compile("^(\\s*):(?=:)|#(?=#)", Pattern.UNICODE_CHARACTER_CLASS);

    private Printable() {}

    /** The whole text in one line. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(line, point));
        return COMMAND.matcher(line).replaceAll(command -> command.group(1) == null ? "\\\\u0023" : "$1\\\\u003a");
    }

    /** The text in one line, cut off if it is longer than {@code limit} characters. */
    public static String line(String text, int limit) {
        if (text.length() <= limit) {
            return line(text);
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return line(text.substring(0, end)) + "... (" + text.length() + " characters)";
    }

    /**
     * The lines of a text that the suite wrote, whose line ends are therefore meant. Each line is made safe to show,
     * and all but the first are indented, so that none of them can pass for a line of the report.
     */
    public static List<String> lines(String text) {
        List<String> lines = text.lines().map(Printable::line).toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> i == 0 ? lines.get(i) : "  " + lines.get(i))
                .toList();
    }

    private static void append(StringBuilder line, int point) {
        switch (point) {
            case '\t' -> line.append("\\t");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            default -> {
                if (isShown(point)) {
                    line.appendCodePoint(point);
                } else {
                    line.append(String.format(Locale.ROOT, point < 0x10000 ? "\\u%04x" : "\\u{%x}", point));
                }
            }
        }
    }

    /** Whether this is a character, and no control, format character (such as U+202E), line separator or surrogate. */
    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> (point & 0xFFFE) != 0xFFFE && (point < 0xFDD0 || point > 0xFDEF);
        };
    }
}
