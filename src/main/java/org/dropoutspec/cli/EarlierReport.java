package org.dropoutspec.cli;

import java.nio.file.Path;
import org.dropoutspec.report.ReportDirectory;

/** What an earlier run left in the directory of a report. */
final class EarlierReport {
    /** The option that names the directory. */
    static final String OPTION = "--report";

    private EarlierReport() {}

    /** For a command line that is not understood: what an earlier run left would be taken for what this one found. */
    static void discard(String... arguments) {
        for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
            if (arguments[i].startsWith(OPTION + "=")) {
                discard(arguments[i].substring(OPTION.length() + 1));
            } else if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
                discard(arguments[i + 1]);
            }
        }
    }

    private static void discard(String directory) {
        if (!directory.isBlank()) {
            ReportDirectory.discard(Path.of(directory));
        }
    }
}
