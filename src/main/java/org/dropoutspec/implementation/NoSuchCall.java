package org.dropoutspec.implementation;

/** The operation has no call that shows such a mask, so nothing can be asked, whatever the implementation supports. */
public final class NoSuchCall extends UnsupportedCall {
    private static final long serialVersionUID = 1;

    /** @param reason why there is none */
    public NoSuchCall(String reason) {
        super(reason);
    }
}
