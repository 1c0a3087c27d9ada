package org.dropoutspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Expectations;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.report.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code certify}: holds an implementation to every requirement and states a certificate. */
@Command(
        name = "certify",
        description = {
            "Holds an implementation to every requirement of the specification.",
            "",
            "Standard output is the result, a line a requirement, then what failed with the command that replays it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  certify                                        the embedded reference",
            "  certify --tier standard -- python3 adapter.py  an adapter, the drop rate to within 1e-3",
            "  certify --only BWD-1 --seed 7 -- ./adapter     one requirement, replayed",
            "",
            "Exit status: 0 conformant, 1 not conformant, 2 could not be judged (usage, adapter fault)."
        },
        mixinStandardHelpOptions = true)
final class CertifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Subject subject;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "after --: the command that starts an adapter, with its arguments; without it and without "
                    + "--class the embedded reference is judged")
    private List<String> command = List.of();

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "how narrow a drop rate is certified: quick 1e-2, standard 1e-3, deep 1e-4 "
                    + "(default: ${DEFAULT-VALUE})")
    private String tier = Tier.QUICK.toString();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the master seed, from 0 to 2^53 - 1: replays a run (default: a fresh one)")
    private Long seed;

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "examine these requirements alone, such as BWD-1,EVAL-1")
    private List<String> only = List.of();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write certificate.json, junit.xml and report.txt there")
    private Path report;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "verdicts that are known, a line each such as 'FWD-3 fail': exit 0 when they are what was "
                    + "found and nothing else is wrong, 1 otherwise")
    private Path expect;

    @Option(names = "--progress", description = "tell the progress on standard error, a line each")
    private boolean progress;

    @Override
    public Integer call() throws Exception {
        Tier asked = Tier.named(tier);
        long masterSeed = masterSeed();
        Expectations expectations = expect == null ? null : readExpectations();
        Certifier certifier = new Certifier(asked, masterSeed, selection(), requirement -> {});
        ReportDirectory directory = report == null ? null : ReportDirectory.open(report);

        Certificate certificate = certify(certifier, masterSeed);
        List<String> text = new TextReport(certificate, id -> replay(id, asked, masterSeed)).lines();
        PrintWriter out = spec.commandLine().getOut();
        text.forEach(out::println);
        if (directory != null) {
            directory.write(certificate, text);
        }
        return expectations == null ? certificate.outcome().exitStatus() : compare(expectations, certificate, out);
    }

    private Certificate certify(Certifier certifier, long masterSeed) throws Exception {
        Implementation implementation = subject.open(command, masterSeed);
        try (Progress told = new Progress(spec.commandLine().getErr(), progress, certifier.count())) {
            return certifier.withProgress(told).certify(implementation);
        } finally {
            if (implementation instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private static int compare(Expectations expectations, Certificate certificate, PrintWriter out) {
        List<String> deviations = expectations.deviations(certificate);
        out.println(deviations.isEmpty() ? "all verdicts are as expected" : "not as expected:");
        deviations.forEach(deviation -> out.println("  " + deviation));
        return deviations.isEmpty() ? Outcome.CONFORMANT.exitStatus() : Outcome.NONCONFORMANT.exitStatus();
    }

    private long masterSeed() {
        if (seed == null) {
            return new SecureRandom().nextLong() >>> 11;
        }
        if (seed < 0 || seed >= Call.SEED_LIMIT) {
            throw new IllegalArgumentException("seed (" + seed + ") must be from 0 to 2^53 - 1");
        }
        return seed;
    }

    private Set<String> selection() {
        return new LinkedHashSet<>(only);
    }

    private Expectations readExpectations() {
        try {
            return Expectations.parse(Files.readAllLines(expect));
        } catch (IOException cause) {
            throw new IllegalArgumentException("expectations (" + expect + ") must be a readable file", cause);
        } catch (IllegalArgumentException cause) {
            throw new IllegalArgumentException("expectations (" + expect + "): " + cause.getMessage(), cause);
        }
    }

    private String replay(String id, Tier asked, long masterSeed) {
        List<String> arguments = new ArrayList<>(List.of("certify"));
        if (asked != Tier.QUICK) {
            arguments.addAll(List.of("--tier", asked.toString()));
        }
        arguments.addAll(List.of("--seed", Long.toString(masterSeed), "--only", id));
        arguments.addAll(subject.arguments(command));
        return Invocation.of(arguments);
    }
}
