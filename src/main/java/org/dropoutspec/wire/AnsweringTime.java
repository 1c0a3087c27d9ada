package org.dropoutspec.wire;

import java.util.OptionalLong;

/** How long an adapter has taken to answer so far; other threads may read it. */
final class AnsweringTime {
    private volatile long nanos;
    private volatile OptionalLong askedAt = OptionalLong.empty();

    /** Notes that a request is sent now. */
    void begin() {
        askedAt = OptionalLong.of(System.nanoTime());
    }

    /** Notes that the request was answered, or will not be. */
    void end() {
        long start = askedAt.orElseThrow();
        askedAt = OptionalLong.empty();
        nanos += System.nanoTime() - start;
    }

    /** The time so far in nanoseconds, including a request that is not answered yet. */
    long nanos() {
        OptionalLong open = askedAt;
        return nanos + (open.isPresent() ? System.nanoTime() - open.getAsLong() : 0);
    }
}
