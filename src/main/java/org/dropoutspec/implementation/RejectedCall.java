package org.dropoutspec.implementation;

/** The implementation rejected the call as invalid: what a bad drop rate must get. */
public final class RejectedCall extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message the implementation's own words */
    public RejectedCall(String message) {
        super(message);
    }
}
