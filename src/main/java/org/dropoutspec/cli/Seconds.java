package org.dropoutspec.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/** A number of seconds on the command line. */
final class Seconds {
    /** Stricter than Java's own reader of numbers, which also takes {@code 5d} and {@code 0x1p3}. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

    private Seconds() {}

    /** @param name the option, for the message of an error */
    static Duration of(String name, String text) {
        BigDecimal seconds = DECIMAL.matcher(text).matches() ? new BigDecimal(text) : BigDecimal.ZERO;
        if (seconds.signum() == 0 || seconds.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    name + " (" + text + ") must be a number of seconds above 0, such as 60 or 0.5, up to 1000000");
        }
        return Duration.ofMillis(Math.max(1, seconds.multiply(MILLIS).longValue()));
    }
}
