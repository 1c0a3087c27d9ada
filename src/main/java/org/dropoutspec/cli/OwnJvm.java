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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A run in a JVM of its own, for code under test that shares the JVM with its judge: by {@code Runtime.halt} it could
 * end it with status 0, past every hook. Only a run that came to its end exits with a status that means a result here.
 */
final class OwnJvm {
    /** The system property that holds what the run of its own adds to its exit status. */
    private static final String ADDED = "org.dropoutspec.cli.status";

    private static final int NO_RESULT = 2;

    /** For the shutdown hooks of code under test, such as those that remove its temporary files. */
    private static final Duration LONGEST_HOOK = Duration.ofSeconds(2);

    private OwnJvm() {}

    /** Whether these arguments name a class to be judged, and this is not yet the JVM for it. */
    static boolean isWanted(String... arguments) {
        // under a debugger, or in another program's class loader such as Maven's, there is nothing to start again
        return isForAClass(arguments)
                && System.getProperty(ADDED) == null
                && OwnJvm.class.getClassLoader() == ClassLoader.getSystemClassLoader()
                && options().stream().noneMatch(option -> option.contains("jdwp"));
    }

    /** Whether these arguments name a class to be judged. */
    static boolean isForAClass(String... arguments) {
        return own(arguments).stream().anyMatch(word -> word.equals("--class") || word.startsWith("--class="));
    }

    /** The suite's own among the arguments; what follows is an adapter's. */
    static List<String> own(String... arguments) {
        return Arrays.stream(arguments).takeWhile(word -> !word.equals("--")).toList();
    }

    /**
     * Ends this JVM with the exit status that means {@code status} to whoever started it, also where code under test left
     * a shutdown hook that does not end.
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

    /** In the JVM for a class: nothing goes on when the one that started it is gone. */
    static void endWithParent() {
        if (System.getProperty(ADDED) != null) {
            ProcessHandle.current()
                    .parent()
                    .ifPresent(parent ->
                            parent.onExit().thenRun(() -> Runtime.getRuntime().halt(NO_RESULT)));
        }
    }

    /** Runs the command line in a JVM of its own and returns its exit status. */
    static int run(PrintWriter err, String... arguments) {
        // no status that a JVM, a shell or a signal gives
        int added = 32 + new SecureRandom().nextInt(64);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(List.of(
                "-D" + ADDED + "=" + added, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end of the run"));
            return result(process.waitFor(), added, err);
        } catch (IOException cause) {
            err.println("a JVM for the class cannot be started: " + cause.getMessage());
            return NO_RESULT;
        } catch (InterruptedException nobodyDoes) {
            return NO_RESULT;
        }
    }

    /** What this JVM was started with. */
    static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static int result(int ended, int added, PrintWriter err) {
        int status = ended - added;
        if (status >= 0 && status <= NO_RESULT) {
            return status;
        }
        if (ended != NO_RESULT) { // with which the run ends itself, and tells why
            err.println("ended without a result: the code under test ended its JVM, with status " + ended);
        }
        return NO_RESULT;
    }

    /** A signal to this JVM is one to the run, which may have something to tell yet. */
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
