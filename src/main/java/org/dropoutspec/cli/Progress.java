package org.dropoutspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells on standard error which requirement is being checked, on one line of a terminal or a line each when asked, and
 * how long the others may take: as long as those before them.
 */
final class Progress implements Consumer<String>, AutoCloseable {
    /** In seconds: before that nobody wonders. */
    private static final double WORTH_TELLING = 5;

    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintWriter err;
    private final boolean plain;
    private final boolean terminal;
    private final int total;
    private final LongSupplier nanos;
    private final long start;
    private int count;

    Progress(PrintWriter err, boolean plain, int total) {
        this(err, plain, total, System::nanoTime);
    }

    Progress(PrintWriter err, boolean plain, int total, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.err = err;
        this.plain = plain;
        this.terminal = !plain && isTerminal();
        this.total = total;
    }

    @Override
    public void accept(String requirement) {
        count++;
        String line = "[" + count + "/" + total + "] " + requirement + forecast();
        if (plain) {
            err.println(line);
        } else if (terminal) {
            err.print(CLEAR_LINE + line);
            err.flush();
        }
    }

    private String forecast() {
        int done = count - 1;
        double seconds = (nanos.getAsLong() - start) / 1e9;
        if (done == 0 || seconds < WORTH_TELLING) {
            return "";
        }
        double left = seconds / done * (total - done);
        return String.format(
                Locale.ROOT,
                left < 100 ? ", about %.0f s to go" : ", about %.0f min to go",
                left < 100 ? left : left / 60);
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
