package org.dropoutspec.golden.format;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.dropoutspec.implementation.Choices;

/**
 * The required answers to the calls of a vector from implementations with certain declared choices.
 *
 * @param when the choices, by their names on the wire; empty for all
 * @param rejected whether the vector's one call must be rejected; if so, nothing else is expected
 * @param answers one for each call
 * @param same which fields must agree between the answers
 * @param different which calls must draw different masks
 */
public record Expectation(
        Map<String, String> when, boolean rejected, List<Answer> answers, List<Same> same, List<Different> different) {

    public Expectation {
        when = new TreeMap<>(when);
        answers = List.copyOf(answers);
        same = List.copyOf(same);
        different = List.copyOf(different);
    }

    public Expectation(Map<String, String> when, boolean rejected, List<Answer> answers, List<Same> same) {
        this(when, rejected, answers, same, List.of());
    }

    public static Expectation rejection(Map<String, String> when) {
        return new Expectation(when, true, List.of(), List.of());
    }

    /** The same expectation with this change to each answer. */
    public Expectation with(UnaryOperator<Answer> change) {
        return new Expectation(when, rejected, answers.stream().map(change).toList(), same, different);
    }

    /** The same expectation, and that some calls draw different masks. */
    public Expectation with(List<Different> masks) {
        return new Expectation(when, rejected, answers, same, masks);
    }

    public boolean appliesTo(Choices choices) {
        return named(choices).entrySet().containsAll(when.entrySet());
    }

    /** Whether there are choices to which both apply. */
    boolean overlaps(Expectation other) {
        return when.entrySet().stream()
                .allMatch(choice -> other.when()
                        .getOrDefault(choice.getKey(), choice.getValue())
                        .equals(choice.getValue()));
    }

    /** The choices that a vector may depend on, with their names and values on the wire. */
    public static Map<String, String> named(Choices choices) {
        return Map.of(
                "rate_one", wire(choices.rateOne()),
                "dropped_nonfinite", wire(choices.droppedNonfinite()),
                "scaling", wire(choices.scaling()),
                "weight_mask", wire(choices.weightMask()));
    }

    public static String wire(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
