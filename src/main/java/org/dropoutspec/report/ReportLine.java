package org.dropoutspec.report;

import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Printable;

/**
 * A line of a report on a terminal.
 *
 * @param text the line; characters that a terminal would obey are escaped
 */
public record ReportLine(Tone tone, String text) {
    /** What a line says of the implementation, for a terminal with colours. */
    public enum Tone {
        PLAIN,
        GOOD,
        BAD,
        OPEN,
        /** For a line that is there to be copied rather than read. */
        FAINT
    }

    public ReportLine {
        text = Printable.line(text);
    }

    static ReportLine plain(String text) {
        return new ReportLine(Tone.PLAIN, text);
    }

    static Tone tone(Verdict verdict) {
        if (verdict instanceof Verdict.Fail) {
            return Tone.BAD;
        }
        return TextReport.isQuiet(verdict) || TextReport.isEcho(verdict) ? Tone.PLAIN : Tone.OPEN;
    }
}
