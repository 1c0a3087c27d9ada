package org.dropoutspec.wire;

/** The adapter broke the protocol: what happened, before the request and the adapter's log are told with it. */
final class AdapterFault extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean timeout;

    AdapterFault(String message) {
        this(message, false);
    }

    private AdapterFault(String message, boolean timeout) {
        super(message);
        this.timeout = timeout;
    }

    static AdapterFault timeout(String message) {
        return new AdapterFault(message, true);
    }

    boolean isTimeout() {
        return timeout;
    }
}
