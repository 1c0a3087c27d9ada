package org.dropoutspec.wire;

import java.util.OptionalLong;

/** How long an adapter has taken to answer so far; other threads may read it. */
final class AnsweringTime {
    private volatile long nanos;
    private volatile OptionalLong askedAt = OptionalLong.empty();

    /** A request is sent now. */
    void begin() {
        askedAt = OptionalLong.of(System.nanoTime());
    }

    /** It was answered, or will not be. */
    void end() {
        long start = askedAt.orElseThrow();
        askedAt = OptionalLong.empty();
        nanos += System.nanoTime() - start;
    }

    /** In nanoseconds, with the request that is not answered yet. */
    long nanos() {
        OptionalLong open = askedAt;
        return nanos + (open.isPresent() ? System.nanoTime() - open.getAsLong() : 0);
    }
}
