package org.dropoutspec.golden;

/** Something in a file of vectors that is not as the format says; the message says where and why. */
final class BadVector extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadVector(String where, String reason) {
        super(where.isEmpty() ? reason : where + ": " + reason);
    }
}
