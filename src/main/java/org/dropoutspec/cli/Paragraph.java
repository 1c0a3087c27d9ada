package org.dropoutspec.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A long text for a terminal. Its lines are as wide as the terminal, but no wider than is comfortable to read. */
final class Paragraph {
    private static final int WIDEST = 100;

    private Paragraph() {}

    /** The width of lines in characters; 80 where there is no terminal. */
    static int width(CommandLine commandLine) {
        return Math.min(WIDEST, commandLine.getUsageHelpWidth());
    }

    /**
     * The lines of a text, broken at spaces. A word that is longer than a line stands alone.
     *
     * @param first the beginning of the first line
     * @param next the beginning of all other lines
     */
    static List<String> lines(String text, String first, String next, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.trim().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
