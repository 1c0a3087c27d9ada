package org.dropoutspec.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time at which a whole run has to be over, however long single requests may take.
 *
 * @param total the time from the start of the run; empty for a run without a limit
 * @param nanos the clock, in nanoseconds
 * @param start the start of the run by that clock
 */
public record Deadline(Optional<Duration> total, LongSupplier nanos, long start) {
    private static final Duration LEAST = Duration.ofMillis(1);

    /** No deadline: the run may take any time. */
    public static Deadline none() {
        return new Deadline(Optional.empty(), System::nanoTime, 0);
    }

    /** The deadline of a run that begins now. */
    public static Deadline in(Duration total) {
        return in(total, System::nanoTime);
    }

    static Deadline in(Duration total, LongSupplier nanos) {
        return new Deadline(Optional.of(total), nanos, nanos.getAsLong());
    }

    public boolean isOver() {
        return left().filter(left -> left.isNegative() || left.isZero()).isPresent();
    }

    /** Why nothing more is asked, for a message. */
    public String words() {
        return "the time for the whole run is up: "
                + total.map(TimeLimits::text).orElse("none") + " (--total-timeout)";
    }

    /** The limit of one request, or the time left where that is less. */
    Duration within(Duration limit) {
        return left().filter(left -> left.compareTo(limit) < 0)
                .map(left -> left.compareTo(LEAST) < 0 ? LEAST : left)
                .orElse(limit);
    }

    /** The time that is left, negative when it is over; empty without a deadline. */
    public Optional<Duration> left() {
        return total.map(duration -> duration.minusNanos(nanos.getAsLong() - start));
    }
}
