package org.dropoutspec.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import org.dropoutspec.wire.AdapterProcess;

/**
 * Certifies a sound adapter again and again while it is killed, stopped, slowed or cut off in a line: where the fault
 * struck the certificate says not judged, everywhere else conformant, and nothing is left behind, no process, no thread
 * and no file. What is not so is printed, and in the end the exit status is 1.
 *
 * <p>{@code java -cp ... org.dropoutspec.benchmark.Soak RUNS SEED COMMAND...}, on Linux. Every twentieth run asks all of
 * plain dropout, the others FWD-1 and three requirements drawn at random. Several soaks may run at once, since most of
 * a run is waiting, each in a working directory and with a {@code java.io.tmpdir} of its own.
 */
public final class Soak {
    private static final List<String> FAULTS = List.of(
            "none",
            "slow",
            "paused",
            "killed",
            "adapter-killed",
            "stopped",
            "cut-off",
            "silent",
            "torn",
            "twice",
            "bad-end");

    private static final int ALL = 20;
    private static final int SOME = 4;
    /** Waited for twice where the fault is silence. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final List<String> command;
    private final Path script;
    private final Path folder;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    private Soak(List<String> command, Path script, Path folder) {
        this.command = command;
        this.script = script;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        long first = Long.parseLong(arguments[1]);
        List<String> command = List.of(arguments).subList(2, arguments.length);
        Path script = Path.of(Soak.class.getResource("soak.py").toURI());
        Soak soak = new Soak(command, script, Files.createTempDirectory("soak"));
        soak.run(-1); // what is made once is there before anything is counted
        Set<String> before = soak.remains();
        Set<String> ending = Set.of();
        long descriptors = descriptors();
        long start = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            soak.run(first + run);
            Set<String> more = soak.remains();
            more.removeAll(before);
            Set<String> stayed = new TreeSet<>(more);
            stayed.retainAll(ending); // a thread that is just ending is gone after the next run
            if (!stayed.isEmpty()) {
                soak.wrong.add("seed " + (first + run - 1) + " leaves " + stayed);
                before.addAll(stayed);
            }
            ending = more;
            if ((run + 1) % 10 == 0 || run + 1 == runs) {
                System.out.printf(
                        "%d runs, %d s: %s; open files %d, before %d; wrong: %s%n",
                        run + 1,
                        (System.nanoTime() - start) / 1_000_000_000,
                        soak.outcomes,
                        descriptors(),
                        descriptors,
                        soak.wrong);
            }
        }
        Files.delete(soak.folder);
        System.exit(soak.wrong.isEmpty() ? 0 : 1);
    }

    private void run(long seed) throws IOException {
        Random random = new Random(seed);
        String fault = seed < 0 ? "none" : FAULTS.get(random.nextInt(FAULTS.size()));
        int call = (int) Math.exp(random.nextDouble() * Math.log(300)) - 1;
        boolean all = random.nextInt(ALL) == 0;
        Certifier certifier =
                new Certifier(Tier.QUICK, seed & Long.MAX_VALUE >>> 11, all ? Set.of() : some(random), id -> {});
        List<String> words = new ArrayList<>(
                List.of("python3", script.toString(), fault, Integer.toString(call), folder.toString()));
        words.addAll(command);
        Duration timeout = fault.equals("stopped") ? SILENCE : AdapterProcess.DEFAULT_TIMEOUT;
        String outcome = outcome(certifier, words, timeout);
        boolean struck = Files.deleteIfExists(folder.resolve("struck"));
        outcomes.merge(fault + (struck ? " " : " (missed) ") + outcome, 1, Integer::sum);
        Outcome right = struck ? Outcome.NOT_JUDGED : Outcome.CONFORMANT;
        if (!outcome.equals(right.toString())) {
            wrong.add("seed " + seed + ": " + fault + " at call " + call + ": " + outcome);
        }
    }

    private static String outcome(Certifier certifier, List<String> words, Duration timeout) {
        AdapterProcess adapter;
        try {
            adapter = new AdapterProcess(words, timeout);
        } catch (ImplementationFault atTheStart) {
            return Outcome.NOT_JUDGED.toString();
        }
        Certificate certificate = null;
        try {
            certificate = certifier.certify(adapter);
        } catch (ImplementationFault atThePlainestCalls) {
            // told as what it is by whoever asked for the certificate
        }
        try {
            adapter.close();
        } catch (ImplementationFault atTheEnd) {
            certificate = certificate == null ? null : certificate.withFault(atTheEnd.getMessage());
        }
        if (certificate == null) {
            return Outcome.NOT_JUDGED.toString();
        }
        String failed = certificate.findings().stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                .map(Certificate.Finding::name)
                .collect(Collectors.joining(", "));
        return certificate.outcome() + (failed.isEmpty() ? "" : ", failed: " + failed);
    }

    private static Set<String> some(Random random) {
        Certifier whole = new Certifier(Tier.QUICK, 0, Set.of(), id -> {});
        List<String> ids = Specification.embedded().requirements().stream()
                .map(Requirement::id)
                .filter(id -> whole.examines("dropout:" + id))
                .toList();
        Set<String> some = new HashSet<>(Set.of("dropout:FWD-1")); // where nothing applies nothing is judged
        while (some.size() < SOME) {
            some.add("dropout:" + ids.get(random.nextInt(ids.size())));
        }
        return some;
    }

    /** The processes of adapters, the threads, and the files here and where temporary ones are made. */
    private Set<String> remains() throws IOException {
        Set<String> remains = new TreeSet<>();
        for (Path directory : List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir")), folder)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> remains.add("file " + file));
            }
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes.filter(this::isOurs).forEach(process -> remains.add("process " + process.getFileName()));
        }
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper")) // the JDK keeps it for a minute
                .forEach(thread -> remains.add("thread " + thread.getName()));
        return remains;
    }

    private boolean isOurs(Path process) {
        try {
            String words = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    + Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return Arrays.asList(words.split("\0")).contains(folder.toString()) || words.contains("SOAK=" + folder);
        } catch (IOException notAProcessOrNotOurs) {
            return false;
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
