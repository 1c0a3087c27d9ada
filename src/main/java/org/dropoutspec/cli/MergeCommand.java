package org.dropoutspec.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Merger;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.report.StoredCertificate;
import org.dropoutspec.report.StoredShard;
import org.dropoutspec.report.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge}: the certificate of a run that was done in shards. */
@Command(
        name = "merge",
        description = {
            "Puts the shards of one run together, asking nobody: certify --shard K/N, for each K from 1 to N.",
            "",
            "What was counted is added up and judged once, so that the verdicts and figures are those of "
                    + "certify --processes N with the same seed. A failed requirement is told without the smallest call "
                    + "where that takes many masks.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  certify --shard 1/2 --seed 7 --report a -- python3 adapter.py",
            "  certify --shard 2/2 --seed 7 --report b -- python3 adapter.py",
            "  merge a b --report merged",
            "",
            "Exit status: 0 conformant, 1 not conformant, 2 could not be judged (a shard is missing or of another run)."
        },
        mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CERTIFICATE",
            arity = "1..*",
            description = "certificate.json of each shard, or its directory, in any order")
    private List<Path> paths = List.of();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write index.html, certificate.json, junit.xml and report.txt there; those of an earlier run "
                    + "are removed first")
    private Path report;

    @Option(
            names = "--verbose",
            description = "a line a requirement, and how the probability of a false alarm was spent")
    private boolean verbose;

    @Override
    public Integer call() {
        StoredShard first = read(paths.get(0));
        Merger merger = first.merger();
        merger.add(first.shard());
        for (Path path : paths.subList(1, paths.size())) {
            StoredShard next = read(path);
            next.requireSameRun(first);
            merger.add(next.shard());
        }
        Certificate certificate = merger.merged();
        // as many processes on one machine are asked the same
        Function<String, String> replay =
                new Replays(first.tier(), first.seed(), Math.min(Processes.MOST, first.of()), first.command())::of;
        Colours colours = Colours.ofTerminal();
        new TextReport(certificate, replay, verbose)
                .toned()
                .forEach(line -> spec.commandLine().getOut().println(colours.painted(line)));
        if (report != null) {
            List<String> whole = new ArrayList<>(new TextReport(certificate, replay, true).lines());
            ReportDirectory.open(report).write(certificate, whole, replay, Appendix.NONE);
        }
        return certificate.outcome().exitStatus();
    }

    private static StoredShard read(Path path) {
        return new StoredShard(StoredCertificate.read(path));
    }
}
