package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a file of vectors, strictly: whatever the format does not say is an error, and a word must agree with its
 * rendering. What is wrong with one vector does not keep the others from being read.
 */
final class VectorReader {
    private final List<String> problems = new ArrayList<>();

    private VectorReader() {}

    /**
     * What came out of a file.
     *
     * @param vectors with their JSON trees, those that are as the format says
     * @param problems each with the vector's id and the reason
     */
    record Contents(String topic, List<Item> vectors, Map<String, VectorFile.Note> notes, List<String> problems) {}

    /** A vector and the JSON it was read from. */
    record Item(GoldenVector vector, Object tree) {}

    static Contents read(byte[] bytes) {
        VectorReader reader = new VectorReader();
        try {
            return reader.file(new Node("", StrictJson.parse(bytes)));
        } catch (BadVector bad) {
            reader.problems.add(bad.getMessage());
            return new Contents("", List.of(), Map.of(), reader.problems);
        }
    }

    private Contents file(Node file) {
        requireFormat(file.required("format"));
        file.only("format", "topic", "about", "notes", "vectors");
        String topic = file.required("topic").text();
        file.required("about").text();
        Map<String, VectorFile.Note> notes = new TreeMap<>();
        file.required("notes").fields().forEach((flag, note) -> {
            note.only("hunts", "source");
            notes.put(
                    flag,
                    new VectorFile.Note(
                            note.required("hunts").text(),
                            note.required("source").text()));
        });
        List<Item> vectors = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Node node : file.required("vectors").elements()) {
            try {
                GoldenVector vector = VectorParser.parse(named(node), notes.keySet());
                if (!ids.add(vector.label().id())) {
                    throw node.bad("id (" + vector.label().id() + ") must not be used twice");
                }
                vectors.add(new Item(vector, node.value()));
            } catch (BadVector bad) {
                problems.add(bad.getMessage());
            }
        }
        return new Contents(topic, vectors, notes, problems);
    }

    /** The vector with its id for a path, if it has one. */
    private static Node named(Node vector) {
        return vector.value() instanceof Map<?, ?> fields && fields.get("id") instanceof String id
                ? new Node(id, vector.value())
                : vector;
    }

    private static void requireFormat(Node format) {
        String name = format.text();
        if (!name.equals(VectorFile.FORMAT)) {
            throw format.bad("format (" + name + ") must be " + VectorFile.FORMAT
                    + (name.matches("dropout-golden/[0-9]+") ? ": the file is from another version of the suite" : ""));
        }
    }
}
