package org.dropoutspec.golden.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.dropoutspec.implementation.Choices;

/**
 * The required answer to a call of an operation from implementations with certain declared choices.
 *
 * @param when the choices, by their names on the wire; empty for all
 * @param rejected whether the call must be rejected; if so, nothing else is expected
 * @param answer as {@link VectorOperation#answer}
 */
public record OperationExpectation(Map<String, String> when, boolean rejected, Map<String, Object> answer) {
    public OperationExpectation {
        when = new TreeMap<>(when);
        answer = Collections.unmodifiableMap(new LinkedHashMap<>(answer));
    }

    public static OperationExpectation rejection(Map<String, String> when) {
        return new OperationExpectation(when, true, Map.of());
    }

    public boolean appliesTo(Choices choices) {
        return Expectation.named(choices).entrySet().containsAll(when.entrySet());
    }
}
