package org.dropoutspec.json;

/** A text is not JSON; the message says why, {@link #line} and {@link #id} say where. */
public final class NotJson extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String id;

    NotJson(String reason, int line, String id) {
        super(reason);
        this.line = line;
        this.id = id;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The line in which reading ended, counted from 1; 0 where nothing was read. */
    public int line() {
        return line;
    }

    /** The last value of a key {@code id} that was read before; empty where there was none. */
    public String id() {
        return id;
    }
}
