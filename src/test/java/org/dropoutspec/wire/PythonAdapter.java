package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Adapters in Python for tests, with time limits that a test can wait for. */
final class PythonAdapter {
    static final TimeLimits LIMITS = new TimeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(200));

    /** For adapters that do what they should, on a machine that is busy too. */
    static final TimeLimits GENEROUS = new TimeLimits(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMillis(200));

    /** The interpreter itself, since what the path has may be a script that looks for one; null when there is none. */
    private static final String PYTHON = interpreter();

    private PythonAdapter() {}

    static List<String> python(String... arguments) {
        assumeTrue(PYTHON != null, "python3 is missing: the tests of adapter processes are skipped");
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        return command;
    }

    static List<String> command(String script, String... arguments) {
        // -S and -E: an interpreter that starts fast, and the same everywhere
        List<String> command = python("-S", "-E", path(script));
        command.addAll(List.of(arguments));
        return command;
    }

    static AdapterProcess nasty(String... mode) {
        return new AdapterProcess(command("nasty.py", mode), LIMITS);
    }

    static AdapterProcess nasty(Duration request, String... mode) {
        return new AdapterProcess(
                command("nasty.py", mode), new TimeLimits(LIMITS.start(), request, LIMITS.exit(), LIMITS.term()));
    }

    /** Closes the adapter and holds it to having left no process behind. */
    static void closeCleanly(AdapterProcess adapter) {
        adapter.close();
        assertThat(ProcessTree.marked(adapter.session())).isEmpty();
    }

    private static String path(String script) {
        try {
            return Path.of(Objects.requireNonNull(PythonAdapter.class.getResource(script))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String interpreter() {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
            String path = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return python.waitFor() == 0 && !path.isEmpty() ? path : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Whether a command exists and exits with status 0. */
    static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
