package org.dropoutspec.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Text of many words for a terminal: lines as wide as it is, and no wider than is good to read. */
final class Paragraph {
    private static final int WIDEST = 100;

    private Paragraph() {}

    /** How wide lines may be, in characters: 80 off a terminal. */
    static int width(CommandLine commandLine) {
        return Math.min(WIDEST, commandLine.getUsageHelpWidth());
    }

    /**
     * Broken at spaces; a word that is longer than a line stands alone.
     *
     * @param first begins the first line
     * @param next begins all others
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
