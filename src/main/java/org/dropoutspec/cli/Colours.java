package org.dropoutspec.cli;

import org.dropoutspec.report.ReportLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The colours of a terminal. They help to find the line that matters; the words say everything without them.
 *
 * @param ansi whether there are colours: none outside a terminal, and none where NO_COLOR is set
 */
record Colours(Ansi ansi) {
    static Colours ofTerminal() {
        return new Colours(Ansi.AUTO);
    }

    String painted(ReportLine line) {
        return switch (line.tone()) {
            case PLAIN -> line.text();
            case GOOD -> painted(line.text(), Style.fg_green, Style.bold);
            case BAD -> painted(line.text(), Style.fg_red, Style.bold);
            case OPEN -> painted(line.text(), Style.fg_yellow);
            case FAINT -> painted(line.text(), Style.faint);
        };
    }

    /** Colours a text without picocli's markup, since a stranger's text may contain such markup. */
    private String painted(String text, IStyle... styles) {
        return ansi.enabled() ? Style.on(styles) + text + Style.reset.on() : text;
    }
}
