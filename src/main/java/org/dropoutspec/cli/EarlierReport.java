package org.dropoutspec.cli;

import java.nio.file.Path;
import org.dropoutspec.report.ReportDirectory;

/** The report that an earlier run left in the directory of a new one. */
final class EarlierReport {
    /** The option that names the directory. */
    static final String OPTION = "--report";

    private EarlierReport() {}

    /** Removes the earlier report after an invalid command line. It would be taken for the result of this run. */
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
