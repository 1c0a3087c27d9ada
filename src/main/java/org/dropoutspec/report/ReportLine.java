package org.dropoutspec.report;

import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Printable;

/**
 * A line of a report on a terminal.
 *
 * @param text fit to show
 */
public record ReportLine(Tone tone, String text) {
    /** What a line says of the implementation, for a terminal with colours. */
    public enum Tone {
        PLAIN,
        GOOD,
        BAD,
        OPEN,
        /** Which is there to be copied, and not to be read. */
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
