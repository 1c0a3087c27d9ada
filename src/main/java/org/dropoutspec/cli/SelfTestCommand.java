package org.dropoutspec.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.FileTrouble;
import org.dropoutspec.mutant.SoundImplementations;
import org.dropoutspec.selftest.Generated;
import org.dropoutspec.selftest.GeneratedResult;
import org.dropoutspec.selftest.MutantScope;
import org.dropoutspec.selftest.SelfTest;
import org.dropoutspec.selftest.SelfTestResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code self-test}: checks every mutant and every sound implementation against the requirements. */
@Command(
        name = "self-test",
        description = {
            "Shows that the suite's own verdict can be trusted: each of its broken implementations has to be found by the "
                    + "requirement that is there for it, and no sound one may be found fault with.",
            ""
        },
        footer = {"", "Exit status: 0 when that is so, 1 when it is not, 2 for wrong usage."},
        mixinStandardHelpOptions = true)
final class SelfTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "quick, standard or deep; some defects need standard (default: ${DEFAULT-VALUE})")
    private String tier = Tier.STANDARD.toString();

    @Option(names = "--seed", paramLabel = "N", description = "the master seed (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--all",
            description =
                    "put each broken implementation to every requirement, for the whole matrix, instead of to its own")
    private boolean all;

    @Option(
            names = "--generated",
            paramLabel = "N",
            description =
                    "draw N defects instead, by --seed, and tell how many were found beside how many are promised")
    private @Nullable Integer generated;

    @Option(names = "--index", paramLabel = "I", description = "only that one of the generated defects, from 0 on")
    private @Nullable Integer index;

    @Option(names = "--json", paramLabel = "FILE", description = "write the matrix there as JSON too")
    private @Nullable Path json;

    @Option(names = "--progress", description = "tell the progress on standard error, a line each")
    private boolean progress;

    @Override
    public Integer call() {
        if (seed < 0 || seed >= Call.SEED_LIMIT) {
            throw new IllegalArgumentException("seed (" + seed + ") must be from 0 to 2^53 - 1");
        }
        if (json != null && !canBeWritten(json.toAbsolutePath())) {
            throw new IllegalArgumentException(
                    "json (" + json + ") must be a file in a directory that can be written to");
        }
        if (generated != null || index != null) {
            return generated();
        }
        int total = SelfTest.mutants().size() + SoundImplementations.all().size();
        SelfTestResult result;
        try (Progress told = Progress.begun(spec.commandLine().getErr(), progress, total, Progress.Load.NONE)) {
            result = new SelfTest(Tier.named(tier), seed, mutant -> true, told)
                    .run(all ? MutantScope.ALL : MutantScope.OWN);
        }
        result.lines().forEach(spec.commandLine().getOut()::println);
        if (json != null) {
            write(result);
        }
        return result.exitStatus();
    }

    private static boolean canBeWritten(Path file) {
        return !Files.isDirectory(file) && Files.isWritable(file.getParent());
    }

    private void write(SelfTestResult result) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        try {
            Files.writeString(json, mapper.writeValueAsString(result.json()) + "\n");
        } catch (IOException cause) {
            throw new IllegalArgumentException(
                    "json (" + json + ") could not be written: " + FileTrouble.words(cause), cause);
        }
    }

    private int generated() {
        if (generated != null && generated < 1) {
            throw new IllegalArgumentException("generated (" + generated + ") must be positive");
        }
        if (index != null && (index < 0 || generated != null && index >= generated)) {
            throw new IllegalArgumentException(
                    "index (" + index + ") must be from 0" + (generated == null ? " on" : " to " + (generated - 1)));
        }
        if (all || json != null) {
            throw new IllegalArgumentException(
                    "--generated draws defects of its own: it goes with --tier, --seed, --index and --progress alone");
        }
        int from = index == null ? 0 : index;
        int to = index == null && generated != null ? generated : from + 1;
        GeneratedResult result;
        try (Progress told = Progress.begun(spec.commandLine().getErr(), progress, to - from, Progress.Load.NONE)) {
            result = new Generated(Tier.named(tier), seed, told).run(from, to);
        }
        result.lines().forEach(spec.commandLine().getOut()::println);
        return result.exitStatus();
    }
}
