package org.dropoutspec.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A process with all that it started. Descendants are found by their parent. On Linux they are also found by a variable
 * in their environment, since a grandchild whose parent has died has no known ancestor any more.
 */
final class ProcessTree {
    static final String MARKER = "DROPOUT_CONFORMANCE_SESSION";

    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 20;
    private static final long PAUSE_MILLIS = 10;

    private final ProcessHandle root;
    private final String session;

    ProcessTree(ProcessHandle root, String session) {
        this.root = root;
        this.session = session;
    }

    /** Asks every process to end, and kills those that are still alive after {@code grace}. */
    void end(Duration grace) {
        Set<ProcessHandle> seen = alive();
        seen.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + grace.toNanos();
        while (System.nanoTime() < deadline && seen.stream().anyMatch(ProcessTree::runs)) {
            pause();
        }
        kill(seen);
    }

    /** Kills every process at once. */
    void kill() {
        kill(alive());
    }

    private void kill(Set<ProcessHandle> seen) {
        // repeatedly, since a process may have started another one between the look and the kill
        for (int round = 0; round < ROUNDS; round++) {
            seen.addAll(alive());
            seen.removeIf(process -> !runs(process));
            if (seen.isEmpty()) {
                return;
            }
            seen.forEach(ProcessHandle::destroyForcibly);
            pause();
        }
    }

    private Set<ProcessHandle> alive() {
        Set<ProcessHandle> processes = new LinkedHashSet<>();
        if (runs(root)) {
            processes.add(root);
        }
        root.descendants().forEach(processes::add);
        processes.addAll(marked(session));
        return processes;
    }

    /** The processes that carry {@code session} in their environment; none where there is no /proc. */
    static Set<ProcessHandle> marked(String session) {
        Set<ProcessHandle> marked = new LinkedHashSet<>();
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return marked;
        }
        String variable = "\0" + MARKER + "=" + session + "\0";
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                if (environment(entry).contains(variable)) {
                    processOf(entry).ifPresent(marked::add);
                }
            }
        } catch (IOException e) {
            // without the listing only the descendants by parent are known
        }
        return marked;
    }

    private static Optional<ProcessHandle> processOf(Path entry) {
        return ProcessHandle.of(Long.parseLong(entry.getFileName().toString()));
    }

    private static String environment(Path entry) {
        try {
            return "\0" + Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // it has ended, or belongs to somebody else
            return "";
        }
    }

    /** Whether a process runs. A dead process that nobody has waited for does not; its entry cannot be killed. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(
                    PROC.resolve(Long.toString(process.pid())).resolve("stat"), StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // the killing goes on; whoever interrupted it finds the flag set
            Thread.currentThread().interrupt();
        }
    }
}
