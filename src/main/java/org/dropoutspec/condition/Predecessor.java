package org.dropoutspec.condition;

/**
 * The call that a row wants just before itself.
 *
 * @param rate outside [0, 1] where it is to be rejected
 */
public record Predecessor(Signature signature, double rate) {}
