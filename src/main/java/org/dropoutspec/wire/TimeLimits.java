package org.dropoutspec.wire;

import java.time.Duration;

/**
 * How long an adapter may take.
 *
 * @param start from the start of the process to its answer to hello, including the import of a large framework
 * @param request from the first byte of a request to the last byte of its reply
 * @param exit from the end of input to the end of the process; after that it is killed
 * @param term from SIGTERM to SIGKILL
 */
record TimeLimits(Duration start, Duration request, Duration exit, Duration term) {
    /** Importing torch or tensorflow takes seconds, and on a cold and busy machine a minute. */
    private static final Duration LEAST_START = Duration.ofMinutes(2);

    /** Up to this many elements a request has its usual time; it gets the same time again for each further as many. */
    private static final long ELEMENTS = 1L << 28;

    /** A large framework takes a second or two to release its resources. */
    private static final Duration LONGEST_EXIT = Duration.ofSeconds(10);

    TimeLimits {
        if (request.isNegative() || request.isZero()) {
            throw new IllegalArgumentException("timeout (" + request + ") must be positive");
        }
    }

    static TimeLimits of(Duration request) {
        Duration start = request.compareTo(LEAST_START) > 0 ? request : LEAST_START;
        return new TimeLimits(start, request, LONGEST_EXIT, Duration.ofMillis(500));
    }

    /** How long a request on this many elements may take: with many hundred million, even the drawing takes long. */
    Duration request(long elements) {
        return request.multipliedBy(1 + elements / ELEMENTS);
    }

    /** A duration for a message: {@code 60 s} or {@code 1.5 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        return (millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0)) + " s";
    }
}
