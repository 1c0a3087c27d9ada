package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON value that knows where it stands, so that whatever is wrong with it can be told. */
record Node(String path, Object value) {
    /** More of a wrong value than this helps nobody. */
    private static final int LONGEST_SHOWN = 80;

    Node required(String key) {
        return optional(key).orElseThrow(() -> bad("field (" + key + ") is missing"));
    }

    Optional<Node> optional(String key) {
        return Optional.ofNullable(object().get(key)).map(found -> new Node(child(key), found));
    }

    /** Rejects a field that is none of {@code keys}: a misspelt one must not be lost in silence. */
    Node only(String... keys) {
        for (Object key : object().keySet()) {
            if (!Arrays.asList(keys).contains(key)) {
                throw bad("unknown field (" + key + "), expected one of " + String.join(", ", keys));
            }
        }
        return this;
    }

    /** Rejects what is no value of the format, wherever it stands in this one. */
    Node requireFlawless() {
        if (value instanceof StrictJson.Flaw flaw) {
            throw bad(flaw.reason());
        } else if (value instanceof Map) {
            fields().values().forEach(Node::requireFlawless);
        } else if (value instanceof List) {
            elements().forEach(Node::requireFlawless);
        }
        return this;
    }

    String text() {
        return typed(String.class, "a string");
    }

    /** A text that says something. */
    String words() {
        if (text().isBlank()) {
            throw bad("text must not be empty");
        }
        return text();
    }

    boolean flag() {
        return typed(Boolean.class, "true or false");
    }

    long integer(long least, long most) {
        long integer = typed(Long.class, "an integer");
        if (integer < least || integer > most) {
            throw bad("integer (" + integer + ") must be in [" + least + ", " + most + "]");
        }
        return integer;
    }

    int[] integers() {
        return elements().stream()
                .mapToInt(element -> (int) element.integer(0, Integer.MAX_VALUE))
                .toArray();
    }

    List<String> texts() {
        return elements().stream().map(Node::text).toList();
    }

    /** Texts of which none is there twice. */
    List<String> distinctTexts() {
        Set<String> seen = new HashSet<>();
        for (Node element : elements()) {
            if (!seen.add(element.text())) {
                throw element.bad(element.text() + " must not be there twice");
            }
        }
        return texts();
    }

    List<Node> elements() {
        List<?> list = typed(List.class, "an array");
        List<Node> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new Node(path + "[" + i + "]", list.get(i)));
        }
        return elements;
    }

    Map<String, Node> fields() {
        Map<String, Node> fields = new LinkedHashMap<>();
        object().forEach((key, field) -> fields.put(key.toString(), new Node(child(key.toString()), field)));
        return fields;
    }

    BadVector bad(String reason) {
        return new BadVector(path, reason);
    }

    private Map<?, ?> object() {
        return typed(Map.class, "an object");
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> T typed(Class<T> type, String expected) {
        if (value instanceof StrictJson.Flaw flaw) {
            throw bad(flaw.reason());
        }
        if (!type.isInstance(value)) {
            String shown = value.toString();
            throw bad("value (" + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown)
                    + ") must be " + expected);
        }
        return type.cast(value);
    }
}
