package org.dropoutspec.cli;

import java.io.PrintWriter;
import org.dropoutspec.wire.AdapterProcess;

/**
 * Sees to it that a program that ends without a result does not end with status 0, whoever ends it: a signal, or code
 * under test that calls {@code System.exit}.
 */
final class Delivery {
    private static final int NO_RESULT = 2;

    private final PrintWriter err;
    private volatile boolean made;

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
        made = true;
    }

    private void end() {
        if (!made) {
            err.println("ended without a result: stopped from outside, or by a System.exit in the code under test");
            AdapterProcess.killAll();
            Runtime.getRuntime().halt(NO_RESULT);
        }
    }
}
