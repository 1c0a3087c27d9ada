package org.dropoutspec.golden.exact;

import java.math.BigDecimal;

/**
 * A number, and how far an implementation may be from it.
 *
 * @param value the number, exact or, if it is irrational, to 120 digits
 * @param error the most that an implementation may be off
 */
public record Approximate(BigDecimal value, BigDecimal error) {
    public static final Approximate ZERO = exactly(BigDecimal.ZERO);
    public static final Approximate ONE = exactly(BigDecimal.ONE);

    /** A number that every implementation has exactly. */
    public static Approximate exactly(BigDecimal value) {
        return new Approximate(value, BigDecimal.ZERO);
    }

    public boolean isZero() {
        return value.signum() == 0 && error.signum() == 0;
    }

    public Approximate negate() {
        return new Approximate(value.negate(), error);
    }

    /** The largest magnitude that an implementation may get. */
    BigDecimal most() {
        return value.abs().add(error);
    }
}
