package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.json.JsonNode;

/**
 * Reads a file of vectors strictly: everything that the format does not define is an error, and a word must agree with
 * its rendering. A fault in one vector, or outside the vectors, does not keep the others from being read.
 */
public final class VectorReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final List<String> problems = new ArrayList<>();

    private VectorReader() {}

    /**
     * The contents of a file.
     *
     * @param topic the topic; empty if the file does not name one
     * @param items the vectors that follow the format
     * @param retired the ids that must not be used any more
     * @param problems each with the vector's id and the reason
     */
    public record Contents(
            String topic,
            List<Item> items,
            Map<String, VectorFile.Note> notes,
            List<VectorFile.Retired> retired,
            List<String> problems) {}

    /** A vector and the needs that it lists; the first format has no such list. */
    public record Item(GoldenVector vector, Optional<JsonNode> needs) {}

    public static Contents read(byte[] bytes) {
        VectorReader reader = new VectorReader();
        try {
            return reader.file(VectorJson.read(bytes));
        } catch (BadVector bad) {
            reader.problems.add(bad.getMessage());
            return new Contents("", List.of(), Map.of(), List.of(), reader.problems);
        }
    }

    private Contents file(JsonNode file) {
        boolean first = isFirst(file.required("format"));
        JsonNode vectors = file.required("vectors");
        int listed = vectors.elements().size();
        if (listed == 0) {
            problems.add(BadVector.at(vectors, "a file must have vectors").getMessage());
        }
        noting(() -> first
                ? file.only("format", "topic", "about", "notes", "vectors")
                : file.only("format", "topic", "about", "count", "notes", "retired", "vectors"));
        String topic = noting(() -> topic(file.required("topic"))).orElse("");
        noting(() -> VectorJson.words(file.required("about")));
        if (!first) {
            noting(() -> requireCount(file.required("count"), listed));
        }
        Map<String, JsonNode> flags =
                noting(() -> file.required("notes").fields()).orElse(Map.of());
        Map<String, VectorFile.Note> notes = new TreeMap<>();
        flags.forEach((flag, note) -> noting(() -> note(flag, note)).ifPresent(read -> notes.put(flag, read)));
        List<VectorFile.Retired> retired = noting(() -> retired(file)).orElse(List.of());
        return new Contents(topic, items(vectors, flags.keySet(), first), notes, retired, problems);
    }

    private List<Item> items(JsonNode nodes, Set<String> notes, boolean first) {
        List<Item> items = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode element : nodes.elements()) {
            JsonNode node = named(element);
            noting(() -> VectorParser.parse(node, notes, first)).ifPresent(vector -> {
                if (ids.add(vector.label().id())) {
                    items.add(new Item(vector, node.optional("needs")));
                } else {
                    problems.add(BadVector.at(node, "id must not be used twice").getMessage());
                }
            });
        }
        return items;
    }

    /** The result of {@code read}; if it fails, empty, and the problem is noted. */
    private <T> Optional<T> noting(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (BadVector bad) {
            problems.add(bad.getMessage());
            return Optional.empty();
        }
    }

    private static VectorFile.Note note(String flag, JsonNode note) {
        if (!NAME.matcher(flag).matches()) {
            throw BadVector.at(note, "flag (" + flag + ") must be of a-z, 0-9 and -");
        }
        note.only("hunts", "source");
        return new VectorFile.Note(
                flag, VectorJson.words(note.required("hunts")), VectorJson.words(note.required("source")));
    }

    private static List<VectorFile.Retired> retired(JsonNode file) {
        List<VectorFile.Retired> retired = new ArrayList<>();
        Optional<JsonNode> written = file.optional("retired");
        for (JsonNode node : written.map(JsonNode::elements).orElse(List.of())) {
            node.only("id", "reason", "instead");
            JsonNode instead = node.required("instead");
            instead.elements().forEach(VectorParser::id);
            retired.add(new VectorFile.Retired(
                    VectorParser.id(node.required("id")),
                    VectorJson.words(node.required("reason")),
                    instead.distinctTexts()));
        }
        if (written.isPresent() && retired.isEmpty()) {
            throw BadVector.at(written.get(), "retired ids must not be an empty list");
        }
        return retired;
    }

    private static String topic(JsonNode topic) {
        if (!NAME.matcher(topic.text()).matches()) {
            throw BadVector.at(topic, "topic (" + topic.text() + ") must be of a-z, 0-9 and -");
        }
        return topic.text();
    }

    private static JsonNode requireCount(JsonNode count, int listed) {
        if (count.integer(1, Integer.MAX_VALUE) != listed) {
            throw BadVector.at(
                    count, "count (" + count.value() + ") must be that of the vectors in the file: " + listed);
        }
        return count;
    }

    /** The vector with its id as its path, if it has an id. */
    private static JsonNode named(JsonNode vector) {
        return vector.value() instanceof Map<?, ?> fields && fields.get("id") instanceof String id
                ? VectorJson.node(id, vector.value())
                : vector;
    }

    private static boolean isFirst(JsonNode format) {
        String name = format.text();
        if (!VectorFile.FORMATS.contains(name)) {
            throw BadVector.at(
                    format,
                    "format (" + Printable.line(name, 100) + ") must be one of " + String.join(", ", VectorFile.FORMATS)
                            + (name.matches("dropout-golden/[0-9.]+")
                                    ? ": the file is from another version of the suite"
                                    : ""));
        }
        return name.equals(VectorFile.FIRST_FORMAT);
    }
}
