package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.DType;

/** Everything that an implementation declares, so that verdicts on it can be computed where it does not run. */
final class DescriptionJson {
    private DescriptionJson() {}

    static ObjectNode of(Description description) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", description.name());
        node.put("version", description.version());
        node.put("language", description.language());
        description.homepage().ifPresent(text -> node.put("homepage", text));
        description.issues().ifPresent(text -> node.put("issues", text));
        description.notes().ifPresent(text -> node.put("notes", text));
        description.maxElements().ifPresent(most -> node.put("max_elements", most));
        Seeding seeding = description.seeding();
        node.put("seed_bits", seeding.bits());
        node.put("stream", lower(seeding.stream()));
        node.put("seed_scope", lower(seeding.scope()));
        seeding.unseeded().ifPresent(unseeded -> node.put("unseeded_stream", lower(unseeded)));
        ObjectNode operations = node.putObject("operations");
        description.declarations().forEach((name, declared) -> operations.set(name, of(declared)));
        return node;
    }

    private static ObjectNode of(Declaration declared) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        names(node, "dtypes", declared.dtypes());
        names(node, "capabilities", declared.capabilities());
        Choices choices = declared.choices();
        node.put("rate_one", lower(choices.rateOne()));
        node.put("dropped_nonfinite", lower(choices.droppedNonfinite()));
        node.put("scaling", lower(choices.scaling()));
        node.put("rate_resolution", choices.rateResolution());
        node.put("modes", lower(choices.modes()));
        node.put("weight_mask", lower(choices.weightMask()));
        choices.integerInput().ifPresent(input -> node.put("integer_input", lower(input)));
        return node;
    }

    private static void names(ObjectNode node, String field, Collection<? extends Enum<?>> names) {
        var array = node.putArray(field);
        names.forEach(name -> array.add(name.name()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when the node is not a description */
    static Description read(JsonNode node) {
        SortedMap<String, Declaration> declarations = new TreeMap<>();
        node.path("operations")
                .properties()
                .forEach(entry -> declarations.put(entry.getKey(), declaration(entry.getValue())));
        Seeding seeding = new Seeding(
                node.path("seed_bits").asInt(),
                value(node, "stream", Seeding.Stream.class),
                value(node, "seed_scope", Seeding.Scope.class),
                optional(node, "unseeded_stream", Seeding.Unseeded.class));
        return new Description(
                node.path("name").asText(),
                node.path("version").asText(),
                node.path("language").asText(),
                text(node, "homepage"),
                text(node, "issues"),
                text(node, "notes"),
                declarations,
                seeding,
                node.has("max_elements")
                        ? OptionalLong.of(node.path("max_elements").asLong())
                        : OptionalLong.empty());
    }

    private static Declaration declaration(JsonNode node) {
        Choices choices = new Choices(
                value(node, "rate_one", RateOne.class),
                value(node, "dropped_nonfinite", DroppedNonfinite.class),
                value(node, "scaling", Scaling.class),
                node.path("rate_resolution").asDouble(),
                value(node, "modes", Modes.class),
                optional(node, "integer_input", IntegerInput.class),
                value(node, "weight_mask", WeightMask.class));
        return new Declaration(
                values(node, "dtypes", DType.class), values(node, "capabilities", Capability.class), choices);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.has(field) ? Optional.of(node.path(field).asText()) : Optional.empty();
    }

    static <E extends Enum<E>> Set<E> values(JsonNode node, String field, Class<E> type) {
        EnumSet<E> values = EnumSet.noneOf(type);
        node.path(field).forEach(name -> values.add(Enum.valueOf(type, name.asText())));
        return values;
    }

    private static <E extends Enum<E>> Optional<E> optional(JsonNode node, String field, Class<E> type) {
        return node.has(field) ? Optional.of(value(node, field, type)) : Optional.empty();
    }

    private static <E extends Enum<E>> E value(JsonNode node, String field, Class<E> type) {
        return Enum.valueOf(type, node.path(field).asText().toUpperCase(Locale.ROOT));
    }
}
