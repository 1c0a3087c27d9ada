package org.dropoutspec.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a whole run has to be over, however long single requests may take.
 *
 * @param total from its start; empty for a run without one
 * @param nanos what time it is, in nanoseconds
 * @param start by that clock
 */
public record Deadline(Optional<Duration> total, LongSupplier nanos, long start) {
    private static final Duration LEAST = Duration.ofMillis(1);

    /** A run that may take as long as it takes. */
    public static Deadline none() {
        return new Deadline(Optional.empty(), System::nanoTime, 0);
    }

    /** A run that begins now. */
    public static Deadline in(Duration total) {
        return in(total, System::nanoTime);
    }

    static Deadline in(Duration total, LongSupplier nanos) {
        return new Deadline(Optional.of(total), nanos, nanos.getAsLong());
    }

    public boolean isOver() {
        return left().filter(left -> left.isNegative() || left.isZero()).isPresent();
    }

    /** Why nothing more is asked. */
    public String words() {
        return "the time for the whole run is up: "
                + total.map(TimeLimits::text).orElse("none") + " (--total-timeout)";
    }

    /** The limit of one request, or what is left where that is less. */
    Duration within(Duration limit) {
        return left().filter(left -> left.compareTo(limit) < 0)
                .map(left -> left.compareTo(LEAST) < 0 ? LEAST : left)
                .orElse(limit);
    }

    /** How much time there is yet, negative when it is over; empty without a deadline. */
    public Optional<Duration> left() {
        return total.map(duration -> duration.minusNanos(nanos.getAsLong() - start));
    }
}
