package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.wire.OpenAdapters;

/**
 * Sees to it that a program that ends without a result does not end with status 0, whoever ends it: a signal, or code
 * under test that calls {@code System.exit}. What an adapter was found to do until a signal is told yet.
 */
final class Delivery {
    private static final int NO_RESULT = 2;

    private final PrintWriter err;
    private final CountDownLatch made = new CountDownLatch(1);

    private Delivery(PrintWriter err) {
        this.err = err;
    }

    /** From here on the end of the JVM is that of a run without a result. */
    static Delivery expected(PrintWriter err) {
        Delivery delivery = new Delivery(err);
        Runtime.getRuntime().addShutdownHook(new Thread(delivery::end, "end without a result"));
        return delivery;
    }

    /** The result is there, and the status is the caller's to set. */
    void made() {
        made.countDown();
    }

    private void end() {
        if (made.getCount() == 0) {
            return;
        }
        // without its adapter a run has nothing more to ask, and tells what it has found
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
