package org.dropoutspec.wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.implementation.ImplementationFault;

/** Whether the run was cut off by a signal, such as Ctrl-C: what an adapter does from then on is no fault of its own. */
final class CutOff {
    private static final Duration BOTH_INTERRUPTED = Duration.ofSeconds(2);

    private final CountDownLatch latch = new CountDownLatch(1);

    /** The run is cut off now. */
    void now() {
        latch.countDown();
    }

    boolean isNow() {
        return latch.getCount() == 0;
    }

    /** Ctrl-C in a terminal is for the adapter as for the suite, and may reach the adapter first. */
    boolean isSoon() {
        try {
            return latch.await(BOTH_INTERRUPTED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return isNow();
        }
    }

    /** @throws ImplementationFault when the run was cut off */
    void requireNot() {
        if (isNow()) {
            throw new ImplementationFault(words());
        }
    }

    String words() {
        return "the run was cut off by a signal: what was open then was not judged";
    }
}
