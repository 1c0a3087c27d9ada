package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.report.TextReport;

/**
 * A certificate on its way out: to standard output, and in full to a directory.
 *
 * @param replay the command that asks about a requirement again
 * @param further lines to be printed below the report
 */
record CertificateOutput(
        Certificate certificate, Function<String, String> replay, List<String> further, Appendix appendix) {
    void tell(PrintWriter out, boolean verbose) {
        Colours colours = Colours.ofTerminal();
        new TextReport(certificate, replay, verbose).toned().forEach(line -> out.println(colours.painted(line)));
        further.forEach(out::println);
    }

    void write(Optional<ReportDirectory> directory) {
        directory.ifPresent(wanted -> {
            List<String> whole = new ArrayList<>(new TextReport(certificate, replay, true).lines());
            whole.addAll(further);
            wanted.write(certificate, whole, replay, appendix);
        });
    }
}
