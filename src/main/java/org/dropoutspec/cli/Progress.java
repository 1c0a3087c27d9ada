package org.dropoutspec.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells on standard error which requirement is being checked, and estimates how long the others will take: as long as
 * those before them, the longest left out. On a terminal this is one line that is rewritten each second. Elsewhere it
 * is a line every 30 s, or one for each requirement where that is asked for.
 */
final class Progress implements Consumer<String>, AutoCloseable {
    /** In seconds. Nobody wonders about a shorter run. */
    private static final double WORTH_TELLING = 5;

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    private static final Duration BETWEEN_REWRITES = Duration.ofSeconds(1);

    private static final String CLEAR_LINE = "\r\u001B[K";

    /** A line longer than the terminal is cut off at its edge; a wrapped one could not be cleared. */
    private static final String NO_WRAP = "\u001B[?7l";

    private static final String WRAP = "\u001B[?7h";

    /**
     * The adapter's work so far.
     *
     * @param elements how many elements it was asked for
     * @param nanos how long it took to answer
     */
    record Load(LongSupplier elements, LongSupplier nanos) {
        /** The load of an implementation that is not measured. */
        static final Load NONE = new Load(() -> 0, () -> 0);
    }

    private final PrintWriter err;
    private final boolean plain;
    private final boolean terminal;
    private final int total;
    private final Load load;
    private final LongSupplier nanos;
    private final long start;
    private final ScheduledExecutorService clock;
    private String current = "";
    private int count;
    private double begun;
    private double longest;

    /** Begins to tell: from a thread of its own, unless a line for each requirement is asked for. */
    static Progress begun(PrintWriter err, boolean plain, int total, Load load) {
        Progress progress = new Progress(err, plain, !plain && isTerminal(), total, load, System::nanoTime);
        if (!plain) {
            long period = (progress.terminal ? BETWEEN_REWRITES : BETWEEN_LINES).toMillis();
            progress.clock.scheduleAtFixedRate(progress::tell, period, period, TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    Progress(PrintWriter err, boolean plain, boolean terminal, int total, Load load, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.err = err;
        this.plain = plain;
        this.terminal = terminal;
        this.total = total;
        this.load = load;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized void accept(String requirement) {
        double now = seconds();
        if (count > 0) {
            longest = Math.max(longest, now - begun);
        }
        begun = now;
        count++;
        current = requirement;
        if (plain) {
            err.println(place() + forecast());
        } else if (terminal) {
            tell();
        }
    }

    /** Tells how far the run has come. */
    synchronized void tell() {
        if (count == 0) {
            return;
        }
        String line = place() + work() + forecast();
        if (terminal) {
            err.print(NO_WRAP + CLEAR_LINE + line + WRAP);
            err.flush();
        } else {
            err.println(line);
        }
    }

    private String place() {
        return "[" + count + "/" + total + "] " + current;
    }

    private String work() {
        long elements = load.elements().getAsLong();
        double seconds = seconds();
        if (elements == 0 || seconds < WORTH_TELLING) {
            return "";
        }
        double share = 100 * load.nanos().getAsLong() / 1e9 / seconds;
        return String.format(
                Locale.ROOT, ": %,d elements in %.0f s, %.0f %% of it the adapter's", elements, seconds, share);
    }

    /**
     * The time that is left, estimated from the requirements done, without the longest. The longest is the one that
     * draws the masks for all, and tells nothing of what the others take. While it is under way, there is no estimate.
     */
    private String forecast() {
        double seconds = seconds();
        int others = count - 2;
        if (others < 1 || seconds < WORTH_TELLING || seconds - begun > longest) {
            return "";
        }
        double left = (begun - longest) / others * (total - count + 1);
        return String.format(
                Locale.ROOT,
                left < 100 ? ", about %.0f s to go" : ", about %.0f min to go",
                left < 100 ? left : left / 60);
    }

    private double seconds() {
        return (nanos.getAsLong() - start) / 1e9;
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        count = 0;
        if (terminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    /** From JDK 22 on there is a console even without a terminal, and it tells whether there is a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /** Java only knows about standard input and output. Linux tells where standard error goes. */
    private static boolean isTerminal() {
        Path standardError = Path.of("/proc/self/fd/2");
        if (!Files.exists(standardError)) {
            return isConsole();
        }
        try {
            Path target = Files.readSymbolicLink(standardError);
            return target.startsWith("/dev/pts") || target.startsWith("/dev/tty") || target.startsWith("/dev/console");
        } catch (IOException unknown) {
            return false;
        }
    }
}
