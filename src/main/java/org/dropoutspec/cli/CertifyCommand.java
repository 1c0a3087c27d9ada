package org.dropoutspec.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.certify.Shard;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.golden.Counterexamples;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.wire.AdapterProcess;
import org.jspecify.annotations.Nullable;
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
            "Standard output is the result: a line a chapter, then what failed with the command that replays it.",
            ""
        },
        customSynopsis = {
            "dropout-conformance certify [OPTION...] -- COMMAND [ARGUMENT...]",
            "       dropout-conformance certify [OPTION...] --class NAME",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  certify -- python3 adapter.py                  an adapter",
            "  certify --report out -- python3 adapter.py     with a page, out/index.html",
            "  certify --tier standard -- python3 adapter.py  rates to within 1e-3",
            "  certify --only BWD-1 --seed 7 -- ./adapter     one requirement, replayed",
            "  certify                                        the suite's own reference",
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
            description =
                    "how narrow a drop rate is certified: quick 1e-2, standard 1e-3, deep 1e-4 " + "(default: quick)")
    private @Nullable String tier;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description =
                    "certify drop rates to within E, from 1e-6 to 1e-2, in the place of a tier: the elements grow "
                            + "as 1/E^2, and 1e-5 takes some 8e11 of each type")
    private @Nullable String epsilon;

    @Option(
            names = "--shard",
            paramLabel = "K/N",
            description = "ask part K of N alone, to be judged by merge when all were asked, wherever; needs --seed, "
                    + "the same for all, and --report")
    private @Nullable String shard;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the master seed, from 0 to 2^53 - 1: replays a run (default: a fresh one)")
    private @Nullable Long seed;

    @Option(
            names = "--only",
            paramLabel = "ID[,ID...]",
            description = "examine these requirements alone, such as BWD-1 at every operation, or rnn:MASK-1 at one")
    private List<String> only = List.of();

    @Option(
            names = "--operation",
            paramLabel = "NAME[,NAME...]",
            description = "examine these operations alone, such as dropout,spatial_dropout (default: all that the "
                    + "implementation declares)")
    private List<String> operations = List.of();

    @Option(
            names = "--require",
            paramLabel = "ID[,ID...]|all",
            description =
                    "requirements that have to be asked in full and to pass, all for each that applies: exit 1 when "
                            + "one is unsupported, was asked in part, or is a SHOULD that failed")
    private List<String> require = List.of();

    @Option(
            names = EarlierReport.OPTION,
            paramLabel = "DIR",
            description =
                    "write index.html, certificate.json, junit.xml and report.txt there, and what failed as golden vectors "
                            + "(counterexamples.json); those of an earlier run are removed first")
    private @Nullable String report;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "verdicts that are known, a line each such as 'FWD-3 fail': exit 0 when they are what was "
                    + "found and nothing else is wrong, 1 otherwise, and 2 still where something could not be judged")
    private @Nullable Path expect;

    @Option(
            names = "--verbose",
            description = "a line a requirement, and how the probability of a false alarm was spent (default: a line a "
                    + "chapter, and what failed in full)")
    private boolean verbose;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description =
                    "start the adapter so many times and ask them for masks at the same time; the evidence is that "
                            + "of all together (default: ${DEFAULT-VALUE})")
    private int processes = 1;

    @Option(names = "--progress", description = "tell the progress on standard error, a line each")
    private boolean progress;

    @Option(
            names = "--profile",
            description = "tell on standard error, in the end, where the time went, and how much of it drawing the "
                    + "masks takes by itself")
    private boolean profile;

    @Override
    public Integer call() {
        Path folder = report == null ? null : folder(report);
        ReportDirectory directory = folder == null ? null : ReportDirectory.open(folder);
        Tier asked = tier();
        long masterSeed = masterSeed();
        Certifier certifier = new Certifier(
                asked,
                masterSeed,
                new Selection(Ids.operations(operations), Ids.requirements("only", only)),
                requirement -> {});
        if (shard != null) {
            return shard(certifier, shard, directory);
        }
        WantedVerdicts wanted = WantedVerdicts.of(certifier, require, Optional.ofNullable(expect));
        Replays replays = new Replays(asked, masterSeed, processes, subject.arguments(command));

        Ended ended = certify(report == null ? certifier : certifier.withPictures(), masterSeed);
        Certificate certificate = ended.certificate();
        List<String> further = new ArrayList<>();
        if (folder != null) {
            further.addAll(ended.appendix().lines(replays.of(folder.resolve(Counterexamples.FILE))));
        }
        further.addAll(wanted.lines(certificate));

        CertificateOutput output = new CertificateOutput(certificate, replays::of, further, ended.appendix());
        output.tell(spec.commandLine().getOut(), verbose);
        output.write(Optional.ofNullable(directory));
        return wanted.outcome(certificate).exitStatus();
    }

    private Tier tier() {
        if (epsilon == null) {
            return tier == null ? Tier.QUICK : Tier.named(tier);
        }
        if (tier != null) {
            throw new IllegalArgumentException(
                    "tier (" + tier + ") and epsilon (" + epsilon + ") exclude each other: name one");
        }
        return Tier.within(epsilon);
    }

    private int shard(Certifier certifier, String shard, @Nullable ReportDirectory directory) {
        if (seed == null || directory == null) {
            throw new IllegalArgumentException("shard (" + shard + ") must come with "
                    + (seed == null ? "--seed, the same for all shards" : "--report, where merge finds it"));
        }
        if (processes > 1 || profile || expect != null || !require.isEmpty()) {
            throw new IllegalArgumentException("shard (" + shard
                    + ") excludes --processes, --profile, --expect and --require: one shard comes to no verdict");
        }
        Part part = Shard.part(shard);
        List<String> arguments = subject.arguments(command);
        Replays replays = new Replays(certifier.tier(), seed, Math.min(Processes.MOST, part.of()), arguments);
        Implementation implementation = subject.open(command, seed);
        Certifier.OfPart asked;
        try {
            Description description = Session.described(implementation);
            if (!command.isEmpty()) {
                Processes.requireOwnMasks("shards", part.of(), description);
            }
            int checks = certifier.count(description);
            try (Progress told = Progress.begun(spec.commandLine().getErr(), progress, checks, load(implementation))) {
                asked = certifier.withPictures().withProgress(told).part(implementation, part);
            }
        } catch (RuntimeException | Error broken) {
            Subject.close(implementation);
            throw broken;
        }
        ShardRun run = new ShardRun(
                Subject.close(implementation).map(asked::withFault).orElse(asked),
                certifier.selection(),
                arguments,
                replays::of);
        run.write(directory);
        run.lines().forEach(line -> spec.commandLine().getOut().println(Printable.line(line)));
        return run.exitStatus();
    }

    private static Path folder(String report) {
        if (report.isBlank()) {
            throw new IllegalArgumentException("report (" + report + ") must name a directory");
        }
        return Path.of(report);
    }

    /** The result of a run; the appendix is filled where there is a directory to write it to. */
    private record Ended(Certificate certificate, Appendix appendix) {}

    private Ended certify(Certifier certifier, long masterSeed) {
        if (profile && processes > 1) {
            throw new IllegalArgumentException("profile and processes (" + processes + ") exclude each other");
        }
        Profile timed = profile ? new Profile(() -> subject.open(command, masterSeed)) : null;
        Implementation implementation = timed != null ? timed.enclosed() : subject.open(command, masterSeed, processes);
        Certificate certificate;
        Appendix appendix = Appendix.NONE;
        int checks = certifier.count(Session.described(implementation));
        try (Progress told = Progress.begun(spec.commandLine().getErr(), progress, checks, load(implementation))) {
            certificate = timed != null
                    ? certifier.withProgress(timed.told(told)).certify(timed)
                    : certifier.withProgress(told).certify(implementation);
            if (report != null) {
                appendix = Appendix.of(certificate, implementation);
            }
        } catch (RuntimeException | Error broken) {
            Subject.close(implementation);
            throw broken;
        }
        if (timed != null) {
            timed.lines().forEach(spec.commandLine().getErr()::println);
        }
        return new Ended(
                Subject.close(implementation).map(certificate::withFault).orElse(certificate), appendix);
    }

    private static Progress.Load load(Implementation implementation) {
        if (implementation instanceof Processes together) {
            return new Progress.Load(together::elementsAsked, together::nanosAnswering);
        }
        return implementation instanceof AdapterProcess adapter
                ? new Progress.Load(adapter::elementsAsked, adapter::nanosAnswering)
                : Progress.Load.NONE;
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
}
