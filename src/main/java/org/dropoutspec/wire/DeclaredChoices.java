package org.dropoutspec.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.json.JsonNode;

/** Reads the {@code choices} of a hello or of an operation in it. A choice that is not named has its default. */
final class DeclaredChoices {
    private static final List<String> FIRST =
            List.of("rate_one", "dropped_nonfinite", "scaling", "rate_resolution", "integer_input", "strided_mask");

    private DeclaredChoices() {}

    /** Reads all choices but those of {@link DeclaredSeeding#NAMES}, which are read separately. */
    static Choices read(JsonNode fields, int minor) throws AdapterFault {
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
            double resolution = fields.required("rate_resolution").number();
            try {
                choices = choices.withRateResolution(resolution);
            } catch (IllegalArgumentException e) {
                throw new AdapterFault(fields.path("") + e.getMessage());
            }
        }
        if (minor >= 1) {
            choices = newer(fields, choices);
        }
        fields.optional("integer_input").ifPresent(JsonNode::text);
        fields.optional("strided_mask").ifPresent(JsonNode::text);
        requireKnown(fields, minor);
        return choices;
    }

    /** Reads the choices of version 1.1. Before it, integer_input may be any string. */
    private static Choices newer(JsonNode fields, Choices before) throws AdapterFault {
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

    private static void requireKnown(JsonNode fields, int minor) throws AdapterFault {
        TreeSet<String> known = new TreeSet<>(FIRST);
        if (minor >= 1) {
            known.addAll(DeclaredSeeding.NAMES);
            known.addAll(List.of("modes", "weight_mask"));
        }
        for (String name : fields.fields().keySet()) {
            if (!known.contains(name)) {
                throw HelloReply.unknown(fields.path(), name, String.join(", ", known));
            }
        }
    }

    /** The constant whose name in lower case stands in the field. */
    static <E extends Enum<E>> E value(JsonNode fields, String name, Class<E> type) throws AdapterFault {
        String text = fields.required(name).text();
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
