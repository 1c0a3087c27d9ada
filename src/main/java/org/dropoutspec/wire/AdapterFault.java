package org.dropoutspec.wire;

/** The adapter broke the protocol: what happened, before the request and the adapter's log are told with it. */
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

    /** The suite's own memory ran out: which reply it was is told, and that it is not the adapter's doing. */
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

    /** What happened, told as whose fault it is. */
    String words() {
        return kind == Kind.MEMORY ? getMessage() : "adapter fault: " + getMessage();
    }
}
