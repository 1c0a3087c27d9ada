package org.dropoutspec.implementation;

/** The suite did not make the call: the implementation was not asked, and did nothing. */
public final class NotAsked extends UnsupportedCall {
    private static final long serialVersionUID = 1;

    /** @param reason why it was not asked */
    public NotAsked(String reason) {
        super(reason);
    }
}
