package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One run of the command line, in this process. */
record Run(int exitStatus, List<String> out, List<String> err) {
    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitStatus = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Run(
                exitStatus,
                out.toString().lines().toList(),
                err.toString().lines().toList());
    }
}
