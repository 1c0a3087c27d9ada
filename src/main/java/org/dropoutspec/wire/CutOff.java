package org.dropoutspec.wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.implementation.ImplementationFault;

/** Whether a signal such as Ctrl-C cut the run off. What an adapter does from then on is not its own fault. */
final class CutOff {
    private static final Duration BOTH_INTERRUPTED = Duration.ofSeconds(2);

    private final CountDownLatch latch = new CountDownLatch(1);

    /** Notes that the run is cut off now. */
    void now() {
        latch.countDown();
    }

    boolean isNow() {
        return latch.getCount() == 0;
    }

    /** Whether the run is cut off within a moment. Ctrl-C reaches adapter and suite, and perhaps the adapter first. */
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
