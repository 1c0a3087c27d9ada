package org.dropoutspec.condition;

/** The kind of values in the input. */
public enum ValueKind {
    MODERATE("values of both signs from 2^-6 to 2^6"),
    CONSTANT("an input of one value"),
    TINY("tiny normal values"),
    HUGE("huge values"),
    WITH_ZEROS("an input with zeros");

    private final String words;

    ValueKind(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
