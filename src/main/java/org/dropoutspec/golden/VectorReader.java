package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads a file of vectors, strictly: whatever the format does not say is an error, and a word must agree with its
 * rendering. What is wrong with one vector, or with what stands beside them, does not keep the others from being read.
 */
final class VectorReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final List<String> problems = new ArrayList<>();

    private VectorReader() {}

    /**
     * What came out of a file.
     *
     * @param topic empty if the file does not say
     * @param items those that are as the format says
     * @param retired the ids that must not be used any more
     * @param problems each with the vector's id and the reason
     */
    record Contents(
            String topic,
            List<Item> items,
            Map<String, VectorFile.Note> notes,
            List<VectorFile.Retired> retired,
            List<String> problems) {}

    /** A vector and what it says that it needs, which the first format does not say. */
    record Item(GoldenVector vector, Optional<Node> needs) {}

    static Contents read(byte[] bytes) {
        VectorReader reader = new VectorReader();
        try {
            return reader.file(new Node("", StrictJson.parse(bytes)));
        } catch (BadVector bad) {
            reader.problems.add(bad.getMessage());
            return new Contents("", List.of(), Map.of(), List.of(), reader.problems);
        }
    }

    private Contents file(Node file) {
        boolean first = isFirst(file.required("format"));
        Node vectors = file.required("vectors");
        int listed = vectors.elements().size();
        if (listed == 0) {
            problems.add(vectors.bad("a file must have vectors").getMessage());
        }
        noting(() -> first
                ? file.only("format", "topic", "about", "notes", "vectors")
                : file.only("format", "topic", "about", "count", "notes", "retired", "vectors"));
        String topic = noting(() -> topic(file.required("topic"))).orElse("");
        noting(() -> file.required("about").words());
        if (!first) {
            noting(() -> requireCount(file.required("count"), listed));
        }
        Map<String, Node> flags = noting(() -> file.required("notes").fields()).orElse(Map.of());
        Map<String, VectorFile.Note> notes = new TreeMap<>();
        flags.forEach((flag, note) -> noting(() -> note(flag, note)).ifPresent(read -> notes.put(flag, read)));
        List<VectorFile.Retired> retired = noting(() -> retired(file)).orElse(List.of());
        return new Contents(topic, items(vectors, flags.keySet(), first), notes, retired, problems);
    }

    private List<Item> items(Node nodes, Set<String> notes, boolean first) {
        List<Item> items = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Node element : nodes.elements()) {
            Node node = named(element);
            noting(() -> VectorParser.parse(node, notes, first)).ifPresent(vector -> {
                if (ids.add(vector.label().id())) {
                    items.add(new Item(vector, node.optional("needs")));
                } else {
                    problems.add(node.bad("id must not be used twice").getMessage());
                }
            });
        }
        return items;
    }

    /** What {@code read} gives, or a problem more. */
    private <T> Optional<T> noting(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (BadVector bad) {
            problems.add(bad.getMessage());
            return Optional.empty();
        }
    }

    private static VectorFile.Note note(String flag, Node note) {
        if (!NAME.matcher(flag).matches()) {
            throw note.bad("flag (" + flag + ") must be of a-z, 0-9 and -");
        }
        note.only("hunts", "source");
        return new VectorFile.Note(
                flag, note.required("hunts").words(), note.required("source").words());
    }

    private static List<VectorFile.Retired> retired(Node file) {
        List<VectorFile.Retired> retired = new ArrayList<>();
        Optional<Node> written = file.optional("retired");
        for (Node node : written.map(Node::elements).orElse(List.of())) {
            node.requireFlawless().only("id", "reason", "instead");
            Node instead = node.required("instead");
            instead.elements().forEach(VectorParser::id);
            retired.add(new VectorFile.Retired(
                    VectorParser.id(node.required("id")),
                    node.required("reason").words(),
                    instead.distinctTexts()));
        }
        if (written.isPresent() && retired.isEmpty()) {
            throw written.get().bad("retired ids must not be an empty list");
        }
        return retired;
    }

    private static String topic(Node topic) {
        if (!NAME.matcher(topic.text()).matches()) {
            throw topic.bad("topic (" + topic.text() + ") must be of a-z, 0-9 and -");
        }
        return topic.text();
    }

    private static Node requireCount(Node count, int listed) {
        if (count.integer(1, Integer.MAX_VALUE) != listed) {
            throw count.bad("count (" + count.value() + ") must be that of the vectors in the file: " + listed);
        }
        return count;
    }

    /** The vector with its id for a path, if it has one. */
    private static Node named(Node vector) {
        return vector.value() instanceof Map<?, ?> fields && fields.get("id") instanceof String id
                ? new Node(id, vector.value())
                : vector;
    }

    private static boolean isFirst(Node format) {
        String name = format.text();
        if (!List.of(VectorFile.FORMAT, VectorFile.FIRST_FORMAT).contains(name)) {
            throw format.bad("format (" + name + ") must be " + VectorFile.FORMAT + " or " + VectorFile.FIRST_FORMAT
                    + (name.matches("dropout-golden/[0-9.]+")
                            ? ": the file is from another version of the suite"
                            : ""));
        }
        return name.equals(VectorFile.FIRST_FORMAT);
    }
}
