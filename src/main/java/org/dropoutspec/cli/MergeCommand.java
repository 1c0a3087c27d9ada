package org.dropoutspec.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Merger;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.report.StoredCertificate;
import org.dropoutspec.report.StoredShard;
import org.jspecify.annotations.Nullable;
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
    /** Up to this many certificates are not worth another thread. */
    private static final int FEW = 32;

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
    private @Nullable Path report;

    @Option(
            names = "--verbose",
            description = "a line a requirement, and how the probability of a false alarm was spent")
    private boolean verbose;

    @Override
    public Integer call() {
        StoredShard first = read(paths.get(0));
        Certificate certificate = together(first).merged();
        // the replay asks as many processes on one machine, which gives the same answers
        Function<String, String> replay =
                new Replays(first.tier(), first.seed(), Math.min(Processes.MOST, first.of()), first.command())::of;
        CertificateOutput output = new CertificateOutput(certificate, replay, List.of(), Appendix.NONE);
        output.tell(spec.commandLine().getOut(), verbose);
        output.write(Optional.ofNullable(report).map(ReportDirectory::open));
        return certificate.outcome().exitStatus();
    }

    /** Each thread merges some of the shards; then their results are merged. */
    private Merger together(StoredShard first) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), 1 + paths.size() / FEW);
        int each = (paths.size() + threads - 1) / threads;
        List<Callable<Merger>> parts = new ArrayList<>();
        for (int from = 0; from < paths.size(); from += each) {
            List<Path> some = paths.subList(from, Math.min(paths.size(), from + each));
            parts.add(() -> together(first, some));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Merger>> done = pool.invokeAll(parts);
            Merger all = done.get(0).get();
            for (Future<Merger> other : done.subList(1, done.size())) {
                other.get().put().forEach(all::add);
            }
            return all;
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof RuntimeException told
                    ? told
                    : new IllegalStateException(refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while shards were merged", interrupted);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Merger together(StoredShard first, List<Path> some) {
        Merger merger = first.merger();
        for (Path path : some) {
            StoredShard next = read(path);
            next.requireSameRun(first);
            merger.add(next.shard());
        }
        return merger;
    }

    private static StoredShard read(Path path) {
        return new StoredShard(StoredCertificate.read(path));
    }
}
