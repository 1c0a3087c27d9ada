package org.dropoutspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Demands;
import org.dropoutspec.certify.Expectations;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.golden.Counterexamples;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.report.ReportDirectory;
import org.dropoutspec.report.TextReport;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.wire.AdapterProcess;
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
    private static final String REPORT = "--report";

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
            names = REPORT,
            paramLabel = "DIR",
            description =
                    "write index.html, certificate.json, junit.xml and report.txt there, and what failed as golden vectors "
                            + "(counterexamples.json); those of an earlier run are removed first")
    private String report;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "verdicts that are known, a line each such as 'FWD-3 fail': exit 0 when they are what was "
                    + "found and nothing else is wrong, 1 otherwise, and 2 still where something could not be judged")
    private Path expect;

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
        ReportDirectory directory = report == null ? null : ReportDirectory.open(directory());
        Tier asked = Tier.named(tier);
        long masterSeed = masterSeed();
        Expectations expectations = expect == null ? null : readExpectations();
        Certifier certifier = new Certifier(
                asked,
                masterSeed,
                new Selection(Ids.of("operation", operations), Ids.of("only", only)),
                requirement -> {});
        Demands demands = demands(certifier);

        Ended ended = certify(report == null ? certifier : certifier.withPictures(), masterSeed);
        Certificate certificate = ended.certificate();
        List<String> text = text(certificate, verbose, asked, masterSeed);
        int told = text.size();
        ended.appendix().counterexamples().map(this::told).ifPresent(text::addAll);
        List<String> unmet = demands.unmet(certificate);
        if (!demands.areNone()) {
            text.addAll(told("all that is required was asked and passed", "required, and not so:", unmet));
        }
        List<String> deviations = expectations == null ? List.of() : expectations.deviations(certificate);
        if (expectations != null) {
            text.addAll(told("all verdicts are as expected", "not as expected:", deviations));
            if (!certificate.isJudged()) {
                text.add("what could not be judged stays so, whatever is expected");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        Colours colours = Colours.ofTerminal();
        report(certificate, verbose, asked, masterSeed).toned().forEach(line -> out.println(colours.painted(line)));
        text.subList(told, text.size()).forEach(out::println);
        if (directory != null) {
            List<String> whole = text(certificate, true, asked, masterSeed);
            whole.addAll(text.subList(told, text.size()));
            directory.write(certificate, whole, id -> replay(id, asked, masterSeed), ended.appendix());
        }
        if (expectations != null) {
            return status(certificate.isJudged(), deviations.isEmpty() && unmet.isEmpty());
        }
        return certificate.outcome() == Outcome.CONFORMANT
                ? status(true, unmet.isEmpty())
                : certificate.outcome().exitStatus();
    }

    private List<String> text(Certificate certificate, boolean all, Tier asked, long masterSeed) {
        return new ArrayList<>(report(certificate, all, asked, masterSeed).lines());
    }

    private TextReport report(Certificate certificate, boolean all, Tier asked, long masterSeed) {
        return new TextReport(certificate, id -> replay(id, asked, masterSeed), all);
    }

    private static int status(boolean judged, boolean asWanted) {
        Outcome outcome = !judged ? Outcome.NOT_JUDGED : asWanted ? Outcome.CONFORMANT : Outcome.NONCONFORMANT;
        return outcome.exitStatus();
    }

    private static List<String> told(String allIsWell, String heading, List<String> otherwise) {
        List<String> told = new ArrayList<>();
        told.add(otherwise.isEmpty() ? allIsWell : heading);
        otherwise.forEach(line -> told.add(Printable.line("  " + line)));
        return told;
    }

    private Path directory() {
        if (report.isBlank()) {
            throw new IllegalArgumentException("report (" + report + ") must name a directory");
        }
        return Path.of(report);
    }

    /** For a command line that is not understood: what an earlier run left would be taken for what this one found. */
    static void discardEarlierReport(String... arguments) {
        for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
            if (arguments[i].startsWith(REPORT + "=")) {
                discard(arguments[i].substring(REPORT.length() + 1));
            } else if (arguments[i].equals(REPORT) && i + 1 < arguments.length) {
                discard(arguments[i + 1]);
            }
        }
    }

    private static void discard(String directory) {
        if (!directory.isBlank()) {
            ReportDirectory.discard(Path.of(directory));
        }
    }

    /** What a run came to; the appendix where there is a directory to write it to. */
    private record Ended(Certificate certificate, Appendix appendix) {}

    private Ended certify(Certifier certifier, long masterSeed) {
        if (profile && processes > 1) {
            throw new IllegalArgumentException("profile and processes (" + processes + ") exclude each other");
        }
        Profile timed = profile ? new Profile(() -> subject.open(command, masterSeed)) : null;
        Implementation implementation = profile ? timed.implementation() : subject.open(command, masterSeed, processes);
        Certificate certificate;
        Appendix appendix = Appendix.NONE;
        int checks = certifier.count(Session.described(implementation));
        try (Progress told = Progress.begun(spec.commandLine().getErr(), progress, checks, load(implementation))) {
            certificate = profile
                    ? certifier.withProgress(timed.told(told)).certify(timed)
                    : certifier.withProgress(told).certify(implementation);
            if (report != null) {
                appendix = Appendix.of(Counterexamples.of(broken(certificate), implementation), implementation);
            }
        } catch (RuntimeException | Error broken) {
            Subject.close(implementation);
            throw broken;
        }
        if (profile) {
            timed.lines().forEach(spec.commandLine().getErr()::println);
        }
        return new Ended(
                Subject.close(implementation).map(certificate::withFault).orElse(certificate), appendix);
    }

    /** What of plain dropout a few calls have shown to be broken. */
    static List<Counterexamples.Broken> broken(Certificate certificate) {
        List<Counterexamples.Broken> broken = new ArrayList<>();
        for (Certificate.Finding finding : certificate.findings()) {
            if (finding.verdict() instanceof Verdict.Fail fail && !isStatistical(finding)) {
                broken.add(new Counterexamples.Broken(
                        finding.name(), finding.isPlain() ? fail.calls() : List.of(), fail.message()));
            }
        }
        return broken;
    }

    private static boolean isStatistical(Certificate.Finding finding) {
        return StatisticalRequirements.ALL.contains(finding.requirement().id());
    }

    private List<String> told(Counterexamples counterexamples) {
        List<String> told = new ArrayList<>();
        if (!counterexamples.ids().isEmpty()) {
            List<String> again = new ArrayList<>(List.of(
                    "golden",
                    "verify",
                    directory().resolve(Counterexamples.FILE).toString()));
            again.addAll(subject.arguments(command));
            told.add("counterexamples as golden vectors: "
                    + String.join(", ", counterexamples.ids().keySet()));
            told.add("  replay: " + Invocation.of(again));
        }
        if (!counterexamples.others().isEmpty()) {
            told.add("failed, and no golden vector shows it: " + String.join(", ", counterexamples.others()));
        }
        return told;
    }

    private static Progress.Load load(Implementation implementation) {
        if (implementation instanceof Processes together) {
            return new Progress.Load(together::elementsAsked, together::nanosAnswering);
        }
        return implementation instanceof AdapterProcess adapter
                ? new Progress.Load(adapter::elementsAsked, adapter::nanosAnswering)
                : Progress.Load.NONE;
    }

    private Demands demands(Certifier certifier) {
        Demands demands = Demands.of(Ids.of("require", require));
        for (String id : demands.ids()) {
            if (!certifier.examines(id)) {
                throw new IllegalArgumentException(
                        "require (" + id + ") must be of the requirements examined; the command spec lists them all");
            }
        }
        return demands;
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
        if (processes > 1) {
            arguments.addAll(List.of("--processes", Integer.toString(processes)));
        }
        arguments.addAll(List.of("--seed", Long.toString(masterSeed), "--only", id));
        arguments.addAll(subject.arguments(command));
        return Invocation.of(arguments);
    }
}
