package org.dropoutspec.wire;

/** The adapter broke the protocol. The message tells what happened; the request and the log are added later. */
final class AdapterFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    private enum Kind {
        PROTOCOL,
        TIMEOUT,
        MEMORY
    }

    AdapterFault(String message) {
        this(message, Kind.PROTOCOL);
    }

    private AdapterFault(String message, Kind kind) {
        super(message);
        this.kind = kind;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    static AdapterFault timeout(String message) {
        return new AdapterFault(message, Kind.TIMEOUT);
    }

    /** The suite's own memory ran out. The message tells what the suite was doing; it does not blame the adapter. */
    static AdapterFault outOfMemory(String doing) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new AdapterFault(
                "the suite's memory ran out while it " + doing + "; its heap is " + heap
                        + " MiB, and java -Xmx sets it",
                Kind.MEMORY);
    }

    boolean isTimeout() {
        return kind == Kind.TIMEOUT;
    }

    /** What happened, in words that tell whose fault it is. */
    String words() {
        return kind == Kind.MEMORY ? getMessage() : "adapter fault: " + getMessage();
    }
}
