package org.dropoutspec.implementation;

/** The call cannot be expressed in this implementation; it is reported as unsupported, never as passed. */
public class UnsupportedCall extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int LONGEST = 2000;

    /** @param message what cannot be expressed */
    public UnsupportedCall(String message) {
        super(Printable.line(String.valueOf(message), LONGEST));
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
