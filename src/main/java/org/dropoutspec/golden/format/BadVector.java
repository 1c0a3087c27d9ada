package org.dropoutspec.golden.format;

import org.dropoutspec.json.JsonNode;

/** Something in a file of vectors that is not as the format says; the message says where and why. */
public final class BadVector extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadVector(String where, String reason) {
        super(where.isEmpty() ? reason : where + ": " + reason);
    }

    /** The exception for a value that is not as the format says. */
    public static BadVector at(JsonNode node, String reason) {
        return new BadVector(node.path(), reason);
    }
}
