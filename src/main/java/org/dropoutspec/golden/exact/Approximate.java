package org.dropoutspec.golden.exact;

import java.math.BigDecimal;

/**
 * A number, and how far from it an implementation may be.
 *
 * @param value exact, or to 120 digits where it is irrational
 * @param error the most that an implementation may be off
 */
public record Approximate(BigDecimal value, BigDecimal error) {
    public static final Approximate ZERO = exactly(BigDecimal.ZERO);
    public static final Approximate ONE = exactly(BigDecimal.ONE);

    /** A number that every implementation has. */
    public static Approximate exactly(BigDecimal value) {
        return new Approximate(value, BigDecimal.ZERO);
    }

    public boolean isZero() {
        return value.signum() == 0 && error.signum() == 0;
    }

    public Approximate negate() {
        return new Approximate(value.negate(), error);
    }

    /** The largest magnitude that an implementation may have. */
    BigDecimal most() {
        return value.abs().add(error);
    }
}
