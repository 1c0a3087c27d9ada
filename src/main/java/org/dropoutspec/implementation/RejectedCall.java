package org.dropoutspec.implementation;

import org.jspecify.annotations.Nullable;

/** The implementation rejected the call as invalid, as it must reject a bad drop rate. */
public final class RejectedCall extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int LONGEST = 2000;

    /** @param message the implementation's own words */
    public RejectedCall(@Nullable String message) {
        super(Printable.line(String.valueOf(message), LONGEST));
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
