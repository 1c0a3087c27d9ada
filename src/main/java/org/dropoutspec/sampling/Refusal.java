package org.dropoutspec.sampling;

/** An ordinary training call was rejected, or its output shows no mask: nothing statistical is left to judge. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message, null, false, false);
    }
}
