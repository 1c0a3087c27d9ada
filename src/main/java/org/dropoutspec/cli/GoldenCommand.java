package org.dropoutspec.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropoutspec.golden.GoldenRegenerate;
import org.dropoutspec.golden.GoldenVerify;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.Implementation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code golden}: checks an implementation against the vectors, or writes them anew. */
@Command(
        name = "golden",
        description = {"Checks an implementation against the golden vectors, or writes them anew.", ""},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GoldenCommand.Verify.class, GoldenCommand.Regenerate.class},
        mixinStandardHelpOptions = true)
final class GoldenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    /** {@code golden verify}. */
    @Command(
            name = "verify",
            description = {
                "Checks an implementation against the golden vectors.",
                "",
                "It says how many vectors were checked, how the mask was known, and what was skipped and why.",
                ""
            },
            customSynopsis = "dropout-conformance golden verify [-hV] [--json] [--class=NAME] [--timeout=SECONDS] "
                    + "[--total-timeout=SECONDS] [DIR|FILE] [-- COMMAND...]",
            footer = {"", "Exit status: 0 all passed, 1 a vector failed, 2 a file is bad or the adapter is at fault."},
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Subject subject;

        @Option(
                names = "--json",
                description = "print the report as JSON, of the format in spec/schemas/golden-report.schema.json")
        private boolean json;

        @Parameters(
                paramLabel = "DIR",
                arity = "0..*",
                description = "the folder with the vectors, or one file of them, such as the counterexamples.json that "
                        + "certify --report wrote (default: golden where there is one, else those inside the "
                        + "jar); after --: the command that starts an adapter (default: the embedded reference)")
        private List<String> words = List.of();

        @Override
        public Integer call() {
            int directories = words.size() - command().size();
            if (directories > 1) {
                throw new IllegalArgumentException(
                        "argument (" + words.get(1) + ") must follow --, if it is part of an adapter's command");
            }
            if (directories == 1 && words.get(0).isBlank()) {
                throw new IllegalArgumentException("directory (" + words.get(0) + ") must be named");
            }
            Optional<Path> directory = directories == 0 ? Optional.empty() : Optional.of(Path.of(words.get(0)));
            Implementation implementation = subject.open(command(), 0);
            GoldenReport report;
            try {
                report = GoldenVerify.run(directory, implementation);
            } catch (RuntimeException | Error broken) {
                Subject.close(implementation);
                throw broken;
            }
            report = report.with(Subject.close(implementation));
            List<String> told = json ? List.of(report.json()) : report.lines();
            told.forEach(spec.commandLine().getOut()::println);
            return report.exitStatus();
        }

        private List<String> command() {
            List<String> all = spec.commandLine().getParseResult().originalArgs();
            int separator = all.indexOf("--");
            return separator < 0 ? List.of() : all.subList(separator + 1, all.size());
        }
    }

    /** {@code golden regenerate}. */
    @Command(
            name = "regenerate",
            description = {"Derives all vectors anew and writes their files, each whole or not at all.", ""},
            mixinStandardHelpOptions = true)
    static final class Regenerate implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", arity = "0..1", description = "the folder to write to (default: golden)")
        private Path directory = GoldenVerify.DEFAULT_DIRECTORY;

        @Option(
                names = "--allow-removal",
                description = "let vectors that were published be dropped or changed; otherwise nothing is written")
        private boolean allowRemoval;

        @Override
        public Integer call() {
            GoldenRegenerate.Outcome outcome = GoldenRegenerate.run(directory, allowRemoval);
            outcome.lines().forEach(spec.commandLine().getOut()::println);
            return outcome.exitStatus();
        }
    }
}
