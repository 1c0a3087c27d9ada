package org.dropoutspec.implementation;

/** The adapter broke. This says nothing about the implementation; the check in which it happened is an error. */
public final class ImplementationFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message the fault, with the request that caused it and what the adapter logged */
    public ImplementationFault(String message) {
        super(message);
    }

    public ImplementationFault(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
