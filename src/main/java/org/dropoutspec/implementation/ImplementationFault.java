package org.dropoutspec.implementation;

/** The adapter broke: it says nothing about the implementation, and the check that met it is an error. */
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
