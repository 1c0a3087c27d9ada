package org.dropoutspec.implementation;

/** An operation has no call that shows such a mask: there is nothing to ask, whatever the implementation can do. */
public final class NoSuchCall extends UnsupportedCall {
    private static final long serialVersionUID = 1;

    /** @param reason why there is none */
    public NoSuchCall(String reason) {
        super(reason);
    }
}
