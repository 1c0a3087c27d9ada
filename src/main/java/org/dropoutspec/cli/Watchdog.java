package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.wire.Deadline;
import org.dropoutspec.wire.OpenAdapters;

/**
 * Ends a run that goes on for some time after its deadline. Then code under test does not return, and nothing else can
 * stop it.
 */
final class Watchdog {
    /** The time to write down what was found before the deadline. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private Watchdog() {}

    static void start(Deadline deadline, Duration grace, PrintWriter err) {
        Thread thread = new Thread(() -> await(deadline, grace, err), "total time");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(Deadline deadline, Duration grace, PrintWriter err) {
        try {
            TimeUnit.NANOSECONDS.sleep(deadline.left().orElseThrow().plus(grace).toNanos());
        } catch (InterruptedException over) {
            return;
        }
        err.println(Printable.line(deadline.words() + ", and the code under test does not come back"));
        OpenAdapters.killAll();
        Runtime.getRuntime().halt(2);
    }
}
