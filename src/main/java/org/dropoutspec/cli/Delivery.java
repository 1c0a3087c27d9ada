package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.wire.OpenAdapters;

/**
 * Makes sure that a program which ends without a result does not exit with status 0, whoever ends it: a signal, or code
 * under test that calls {@code System.exit}. What was found about an adapter before a signal is still reported.
 */
final class Delivery {
    private static final int NO_RESULT = 2;

    private final PrintWriter err;
    private final CountDownLatch made = new CountDownLatch(1);

    private Delivery(PrintWriter err) {
        this.err = err;
    }

    /** From here on, when the JVM ends, the run counts as one without a result. */
    static Delivery expected(PrintWriter err) {
        Delivery delivery = new Delivery(err);
        Runtime.getRuntime().addShutdownHook(new Thread(delivery::end, "end without a result"));
        return delivery;
    }

    /** The result was delivered, and the caller sets the exit status. */
    void made() {
        made.countDown();
    }

    private void end() {
        if (made.getCount() == 0) {
            return;
        }
        // without its adapter the run cannot ask any more, so it soon reports what it has found
        boolean told = OpenAdapters.killAll() && awaitMade();
        if (!told) {
            err.println("ended without a result: stopped from outside, or by a System.exit in the code under test");
        }
        Runtime.getRuntime().halt(NO_RESULT);
    }

    private boolean awaitMade() {
        try {
            return made.await(Watchdog.GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException over) {
            return false;
        }
    }
}
