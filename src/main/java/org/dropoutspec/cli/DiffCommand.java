package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.Comparison;
import org.dropoutspec.report.StoredCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: what changed between two certificates. */
@Command(
        name = "diff",
        description = {"Tells what changed from one certificate to another, what got worse first.", ""},
        footer = {"", "Exit status: 0 when nothing got worse, 1 when something did, 2 for wrong usage."},
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "certificate.json, or its directory")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "certificate.json, or its directory")
    private Path after;

    @Override
    public Integer call() {
        Comparison both =
                new Comparison(List.of(StoredCertificate.toBeShown(before), StoredCertificate.toBeShown(after)));
        PrintWriter out = spec.commandLine().getOut();
        both.certificates().forEach(one -> out.println(Printable.line(one.title() + ": " + one.outcome())));
        List<String> changes = both.changes();
        if (changes.isEmpty()) {
            out.println("no verdict changed");
        }
        changes.forEach(change -> out.println(Printable.line(change)));
        return both.gotWorse() ? 1 : 0;
    }
}
