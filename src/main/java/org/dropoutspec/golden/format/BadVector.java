package org.dropoutspec.golden.format;

import org.dropoutspec.implementation.Printable;
import org.dropoutspec.json.JsonNode;

/** Something in a file of vectors breaks the format; the message says where and why. */
public final class BadVector extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The largest length in characters: a message names what is wrong and does not repeat all of it. */
    private static final int LONGEST = 1000;

    public BadVector(String where, String reason) {
        super(Printable.line(where.isEmpty() ? reason : where + ": " + reason, LONGEST));
    }

    /** The same, with the reason in the exception that refused the value. */
    static BadVector at(JsonNode node, IllegalArgumentException reason) {
        return at(node, String.valueOf(reason.getMessage()));
    }

    /** The exception for a value that breaks the format. */
    public static BadVector at(JsonNode node, String reason) {
        return new BadVector(node.path(), reason);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
