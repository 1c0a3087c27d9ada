package org.dropoutspec.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;

/** Reads the {@code choices} of a hello; an adapter that names none has the defaults. */
final class DeclaredChoices {
    private DeclaredChoices() {}

    static Choices read(Fields reply) throws AdapterFault {
        Choices choices = Choices.defaults();
        if (!reply.has("choices")) {
            return choices;
        }
        Fields fields = reply.object("choices");
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
                throw new AdapterFault("choices." + e.getMessage());
            }
        }
        for (String unread : Protocol.UNREAD_CHOICES) {
            fields.optionalString(unread);
        }
        for (String name : fields.untaken()) {
            TreeSet<String> known = new TreeSet<>(Protocol.UNREAD_CHOICES);
            known.addAll(List.of("rate_one", "dropped_nonfinite", "scaling", "rate_resolution"));
            throw HelloReply.unknown("choices", name, String.join(", ", known));
        }
        return choices;
    }

    private static <E extends Enum<E>> E value(Fields fields, String name, Class<E> type) throws AdapterFault {
        String text = fields.string(name);
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new AdapterFault("choices." + name + " (" + Excerpt.of(text, 60) + ") must be one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
