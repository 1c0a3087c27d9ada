package org.dropoutspec.cluster;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Shard;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.report.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-submit --class org.dropoutspec.cluster.Main dropout-conformance-cluster.jar certify ...}: every shard is a
 * task of Spark, which starts the adapter on the machine that it picks.
 */
@Command(name = "dropout-conformance-cluster", subcommands = Main.Certify.class, mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((cause, command, result) -> {
                    if (!(cause instanceof IllegalArgumentException)) {
                        throw cause;
                    }
                    err.println(Printable.line(String.valueOf(cause.getMessage())));
                    return CommandLine.ExitCode.USAGE;
                });
        Objects.requireNonNull(line.getSubcommands().get("certify")).setStopAtPositional(true);
        int status = line.execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** {@code certify}: the same certificate as of the command merge, whose shards Spark asks. */
    @Command(
            name = "certify",
            description = "Certifies an adapter in shards that Apache Spark distributes. The command must start the "
                    + "adapter on every machine of the cluster.",
            footer = {"", "Exit status: 0 conformant, 1 not conformant, 2 could not be judged."},
            mixinStandardHelpOptions = true)
    static final class Certify implements Callable<Integer> {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "after --: the command that starts the adapter")
        private List<String> command = List.of();

        @Option(names = "--tier", paramLabel = "TIER", description = "quick, standard or deep (default: deep)")
        private @Nullable String tier;

        @Option(names = "--epsilon", paramLabel = "E", description = "certify drop rates to within E, in its place")
        private @Nullable String epsilon;

        @Option(names = "--shards", paramLabel = "N", required = true, description = "how many parts the run has")
        private int shards;

        @Option(
                names = "--seed",
                paramLabel = "N",
                required = true,
                description = "the master seed, from 0 to 2^53 - 1: the same gives the same certificate")
        private long seed;

        @Option(names = "--operation", split = ",", paramLabel = "NAME", description = "these operations alone")
        private List<String> operations = List.of();

        @Option(names = "--only", split = ",", paramLabel = "ID", description = "these requirements alone")
        private List<String> only = List.of();

        @Option(names = "--timeout", paramLabel = "SECONDS", description = "for one answer (default: 60)")
        private int timeout = 60;

        @Option(names = "--report", paramLabel = "DIR", description = "write the certificate there, on the driver")
        private @Nullable Path report;

        @Option(names = "--verbose", description = "a line a requirement")
        private boolean verbose;

        @Override
        public Integer call() {
            if (tier != null && epsilon != null) {
                throw new IllegalArgumentException(
                        "tier (" + tier + ") and epsilon (" + epsilon + ") exclude each other: name one");
            }
            Tier asked = epsilon != null ? Tier.within(epsilon) : Tier.named(tier == null ? "deep" : tier);
            Shard.part("1/" + shards);
            ReportDirectory directory = report == null ? null : ReportDirectory.open(report);
            ShardTask task = new ShardTask(
                    asked.toString(),
                    seed,
                    new ArrayList<>(operations),
                    new ArrayList<>(only),
                    new ArrayList<>(command),
                    shards,
                    timeout);
            Certificate certificate = asked(task).merger().merged();
            Function<String, String> replay = this::replay;
            new TextReport(certificate, replay, verbose)
                    .lines()
                    .forEach(spec.commandLine().getOut()::println);
            if (directory != null) {
                List<String> whole = new ArrayList<>(new TextReport(certificate, replay, true).lines());
                directory.write(certificate, whole, replay, Appendix.NONE);
            }
            return certificate.outcome().exitStatus();
        }

        private Bundle asked(ShardTask task) {
            try (JavaSparkContext spark =
                    new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "dropout-conformance"))) {
                spark.sc().addSparkListener(new Told(spec.commandLine().getErr(), shards));
                List<Integer> numbers = IntStream.range(0, shards).boxed().toList();
                // a partition a shard: what is lost with an executor is asked again, and no more
                return spark.parallelize(new ArrayList<>(numbers), shards)
                        .map(task)
                        .treeAggregate(Bundle.EMPTY, Bundle::and, Bundle::and);
            }
        }

        private String replay(String id) {
            List<String> words = new ArrayList<>(List.of("certify"));
            words.addAll(epsilon != null ? List.of("--epsilon", epsilon) : List.of("--tier", tier == null ? "deep" : tier));
            words.addAll(List.of("--shards", Integer.toString(shards), "--seed", Long.toString(seed), "--only", id, "--"));
            words.addAll(command);
            return String.join(" ", words);
        }
    }
}
