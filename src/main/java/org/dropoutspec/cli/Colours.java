package org.dropoutspec.cli;

import org.dropoutspec.report.ReportLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The colours of a terminal. The words say all without them: they are for finding the line that matters.
 *
 * @param ansi whether there are any: none off a terminal, and none where NO_COLOR is set
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

    /** Not by picocli's markup, which a stranger's text may hold. */
    private String painted(String text, IStyle... styles) {
        return ansi.enabled() ? Style.on(styles) + text + Style.reset.on() : text;
    }
}
