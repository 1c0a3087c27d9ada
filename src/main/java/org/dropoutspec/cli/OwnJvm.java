package org.dropoutspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A run in a JVM of its own. Code under test that shares the JVM with its judge could end it by {@code Runtime.halt}
 * with status 0, past every hook. Here only a run that came to its end exits with a status that counts as a result. A
 * JVM of its own also serves whatever costs less in a JVM with other options.
 */
final class OwnJvm {
    /** The system property that tells the run in its own JVM what it has to add to its exit status. */
    private static final String ADDED = "org.dropoutspec.cli.status";

    private static final int NO_RESULT = 2;

    /** The time for shutdown hooks of code under test, such as those that remove its temporary files. */
    private static final Duration LONGEST_HOOK = Duration.ofSeconds(2);

    private OwnJvm() {}

    /**
     * Runs the command line in a JVM of its own and returns its exit status. Empty where it has to run in this JVM: for
     * instance when this JVM was itself started for the run.
     */
    static OptionalInt status(PrintWriter err, String... arguments) {
        // it cannot be started again under a debugger, or in the class loader of another program such as Maven
        if (System.getProperty(ADDED) != null
                || OwnJvm.class.getClassLoader() != ClassLoader.getSystemClassLoader()
                || options().stream().anyMatch(option -> option.contains("jdwp"))) {
            return OptionalInt.empty();
        }
        String classPath = System.getProperty("java.class.path");
        boolean suited = SuitedJvm.isWanted(classPath, options(), arguments);
        if (!suited && !isForAClass(arguments)) {
            return OptionalInt.empty();
        }
        List<String> better = suited ? SuitedJvm.options(Path.of(classPath), arguments) : List.of();
        try {
            return OptionalInt.of(run(err, better, arguments));
        } catch (IOException cause) {
            if (!isForAClass(arguments)) {
                return OptionalInt.empty();
            }
            err.println("a JVM for the class cannot be started: " + cause.getMessage());
            return OptionalInt.of(NO_RESULT);
        }
    }

    /** Whether these arguments name a class to be judged. */
    private static boolean isForAClass(String... arguments) {
        return own(arguments).stream().anyMatch(word -> word.equals("--class") || word.startsWith("--class="));
    }

    /** The suite's own arguments; those after {@code --} belong to an adapter. */
    static List<String> own(String... arguments) {
        return Arrays.stream(arguments).takeWhile(word -> !word.equals("--")).toList();
    }

    /**
     * Ends this JVM with the exit status that its starter reads as {@code status}. It ends even where code under test
     * left a shutdown hook that never returns.
     */
    static void exit(int status) {
        int told = Integer.getInteger(ADDED, 0) + status;
        if (System.getProperty(ADDED) != null) {
            Thread impatient = new Thread(() -> {
                LockSupport.parkNanos(LONGEST_HOOK.toNanos());
                Runtime.getRuntime().halt(told);
            });
            impatient.setDaemon(true);
            impatient.start();
        }
        System.exit(told);
    }

    /** In a JVM of its own, ends the run when the JVM that started it is gone. */
    static void endWithParent() {
        if (System.getProperty(ADDED) != null) {
            ProcessHandle.current()
                    .parent()
                    .ifPresent(parent ->
                            parent.onExit().thenRun(() -> Runtime.getRuntime().halt(NO_RESULT)));
        }
    }

    private static int run(PrintWriter err, List<String> better, String... arguments) throws IOException {
        // added to every status, so that it differs from any status of a JVM, a shell or a signal
        int added = 32 + new SecureRandom().nextInt(64);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(better);
        command.addAll(List.of(
                "-D" + ADDED + "=" + added, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end of the run"));
        try {
            String by =
                    isForAClass(arguments) ? "the code under test ended its JVM" : "its JVM was stopped from outside";
            return result(process.waitFor(), added, by, err);
        } catch (InterruptedException nobodyDoes) {
            return NO_RESULT;
        }
    }

    /** The options that this JVM was started with. */
    static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static int result(int ended, int added, String by, PrintWriter err) {
        int status = ended - added;
        if (status >= 0 && status <= NO_RESULT) {
            return status;
        }
        if (ended != NO_RESULT) { // NO_RESULT is the status with which the run ends itself, and it has told why
            err.println("ended without a result: " + by + ", with status " + ended);
        }
        return NO_RESULT;
    }

    /** Passes a signal to this JVM on to the run, which may still have something to report. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(Watchdog.GRACE.plus(LONGEST_HOOK).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException nobodyDoes) {
            process.destroyForcibly();
        }
        Runtime.getRuntime().halt(NO_RESULT);
    }
}
