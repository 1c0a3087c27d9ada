package org.dropoutspec.golden.format;

import org.dropoutspec.implementation.Printable;
import org.dropoutspec.json.JsonNode;

/** Something in a file of vectors that is not as the format says; the message says where and why. */
public final class BadVector extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In characters: a message names what is wrong and does not repeat all of it. */
    private static final int LONGEST = 1000;

    public BadVector(String where, String reason) {
        super(Printable.line(where.isEmpty() ? reason : where + ": " + reason, LONGEST));
    }

    /** The same, for what refused the value. */
    static BadVector at(JsonNode node, IllegalArgumentException reason) {
        return at(node, String.valueOf(reason.getMessage()));
    }

    /** The exception for a value that is not as the format says. */
    public static BadVector at(JsonNode node, String reason) {
        return new BadVector(node.path(), reason);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
