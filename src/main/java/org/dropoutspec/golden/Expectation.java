package org.dropoutspec.golden;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dropoutspec.implementation.Choices;

/**
 * What a call must give from implementations of some declared choices.
 *
 * @param when the choices, by their names on the wire; empty for all
 * @param rejected whether the call must be rejected; if so there is nothing else to expect
 * @param output of the call
 * @param gradInput where the call has an upstream gradient
 * @param mask where the call's seed determines it
 */
record Expectation(
        Map<String, String> when,
        boolean rejected,
        Optional<Expected> output,
        Optional<Expected> gradInput,
        Optional<Expected> mask) {

    Expectation {
        when = new TreeMap<>(when);
    }

    static Expectation rejection(Map<String, String> when) {
        return new Expectation(when, true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean appliesTo(Choices choices) {
        return named(choices).entrySet().containsAll(when.entrySet());
    }

    /** Whether there are choices to which both apply. */
    boolean overlaps(Expectation other) {
        return when.entrySet().stream()
                .allMatch(choice -> other.when()
                        .getOrDefault(choice.getKey(), choice.getValue())
                        .equals(choice.getValue()));
    }

    /** The choices that a vector may depend on, as on the wire. */
    static Map<String, String> named(Choices choices) {
        return Map.of(
                "rate_one", wire(choices.rateOne()),
                "dropped_nonfinite", wire(choices.droppedNonfinite()),
                "scaling", wire(choices.scaling()));
    }

    static String wire(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
