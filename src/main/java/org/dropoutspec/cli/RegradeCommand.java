package org.dropoutspec.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.report.Regrade;
import org.dropoutspec.report.StoredCertificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code regrade}: computes the verdicts of a certificate again from its evidence. */
@Command(
        name = "regrade",
        description = {
            "Computes the verdicts of a certificate again from its evidence, asking nobody.",
            "",
            "It tells where the certificate contradicts its own evidence, as one does that was edited by hand. It is no "
                    + "signature: who changes counts and all that follows from them is not found out.",
            ""
        },
        footer = {
            "",
            "Exit status: 0 conformant, 1 not conformant, 2 not judged, or the certificate contradicts itself."
        },
        mixinStandardHelpOptions = true)
final class RegradeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CERTIFICATE", description = "certificate.json, or its directory")
    private Path path;

    @Option(
            names = "--alpha",
            paramLabel = "X",
            description = "the probability of a false alarm in the whole run (default: that of the certificate)")
    private @Nullable Double alpha;

    @Override
    public Integer call() {
        StoredCertificate certificate = StoredCertificate.read(path);
        double stated = certificate.json().path("false_alarm_rate").asDouble(Certificate.FALSE_ALARM_RATE);
        Regrade regrade = new Regrade(certificate, alpha == null ? stated : alpha);
        regrade.lines().forEach(spec.commandLine().getOut()::println);
        return (regrade.isContradictory() ? Outcome.NOT_JUDGED : regrade.outcome()).exitStatus();
    }
}
