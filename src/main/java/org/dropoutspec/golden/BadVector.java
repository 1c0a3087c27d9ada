package org.dropoutspec.golden;

import org.dropoutspec.json.JsonNode;

/** Something in a file of vectors that is not as the format says; the message says where and why. */
final class BadVector extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadVector(String where, String reason) {
        super(where.isEmpty() ? reason : where + ": " + reason);
    }

    /** The exception for a value that is not as the format says. */
    static BadVector at(JsonNode node, String reason) {
        return new BadVector(node.path(), reason);
    }
}
