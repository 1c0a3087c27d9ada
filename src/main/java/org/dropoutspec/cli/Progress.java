package org.dropoutspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells on standard error which requirement is being checked: on one line of a terminal, or a line each when asked. */
final class Progress implements Consumer<String>, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintWriter err;
    private final boolean plain;
    private final boolean terminal;
    private final int total;
    private int count;

    Progress(PrintWriter err, boolean plain, int total) {
        this.err = err;
        this.plain = plain;
        this.terminal = !plain && isTerminal();
        this.total = total;
    }

    @Override
    public void accept(String requirement) {
        count++;
        String line = "[" + count + "/" + total + "] " + requirement;
        if (plain) {
            err.println(line);
        } else if (terminal) {
            err.print(CLEAR_LINE + line);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (terminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    /** Java knows of standard input and output only; Linux tells where standard error goes. */
    private static boolean isTerminal() {
        Path standardError = Path.of("/proc/self/fd/2");
        if (!Files.exists(standardError)) {
            return System.console() != null;
        }
        try {
            Path target = Files.readSymbolicLink(standardError);
            return target.startsWith("/dev/pts") || target.startsWith("/dev/tty") || target.startsWith("/dev/console");
        } catch (IOException unknown) {
            return false;
        }
    }
}
