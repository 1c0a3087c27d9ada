package org.dropoutspec.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;

/** Reads the {@code choices} of a hello or of an operation in it; who names none has the defaults. */
final class DeclaredChoices {
    private static final List<String> FIRST =
            List.of("rate_one", "dropped_nonfinite", "scaling", "rate_resolution", "integer_input", "strided_mask");

    private DeclaredChoices() {}

    /** What stands there of {@link DeclaredSeeding#NAMES} has been taken already. */
    static Choices read(Fields fields, int minor) throws AdapterFault {
        Choices choices = Choices.defaults();
        if (fields.has("rate_one")) {
            choices = choices.with(value(fields, "rate_one", RateOne.class));
        }
        if (fields.has("dropped_nonfinite")) {
            choices = choices.with(value(fields, "dropped_nonfinite", DroppedNonfinite.class));
        }
        if (fields.has("scaling")) {
            choices = choices.with(value(fields, "scaling", Scaling.class));
        }
        if (fields.has("rate_resolution")) {
            double resolution = fields.number("rate_resolution");
            try {
                choices = choices.withRateResolution(resolution);
            } catch (IllegalArgumentException e) {
                throw new AdapterFault(fields.path("") + e.getMessage());
            }
        }
        if (minor >= 1) {
            choices = newer(fields, choices);
        }
        fields.optionalString("integer_input");
        fields.optionalString("strided_mask");
        requireKnown(fields, minor);
        return choices;
    }

    /** Those of version 1.1; before it, integer_input may be any string. */
    private static Choices newer(Fields fields, Choices before) throws AdapterFault {
        Choices choices = before;
        if (fields.has("modes")) {
            choices = choices.with(value(fields, "modes", Modes.class));
        }
        if (fields.has("integer_input")) {
            choices = choices.with(value(fields, "integer_input", IntegerInput.class));
        }
        if (fields.has("weight_mask")) {
            choices = choices.with(value(fields, "weight_mask", WeightMask.class));
        }
        return choices;
    }

    private static void requireKnown(Fields fields, int minor) throws AdapterFault {
        Optional<String> unknown = fields.untaken();
        if (unknown.isPresent()) {
            TreeSet<String> known = new TreeSet<>(FIRST);
            if (minor >= 1) {
                known.addAll(DeclaredSeeding.NAMES);
                known.addAll(List.of("modes", "weight_mask"));
            }
            throw HelloReply.unknown(fields.path(), unknown.get(), String.join(", ", known));
        }
    }

    /** The constant that the field names in lower case. */
    static <E extends Enum<E>> E value(Fields fields, String name, Class<E> type) throws AdapterFault {
        String text = fields.string(name);
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new AdapterFault(fields.path(name) + " (" + Excerpt.of(text, 60) + ") must be one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
