package org.dropoutspec.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text that knows its path, so that a message can say where it is wrong.
 *
 * @param path such as {@code output.shape}; empty for the whole text
 * @param value as {@link JsonDocument#value}
 * @param faults makes the exceptions
 */
public record JsonNode(String path, @Nullable Object value, JsonFaults faults) {
    /** A double holds every integer below this, 2^53. */
    private static final long EXACT = 1L << 53;

    private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    public boolean has(String key) {
        return map().containsKey(key);
    }

    public JsonNode required(String key) {
        return optional(key).orElseThrow(() -> faults.missing(this, key));
    }

    public Optional<JsonNode> optional(String key) {
        return has(key) ? Optional.of(child(key)) : Optional.empty();
    }

    /** The object itself, whose fields are none but these. */
    public JsonNode only(String... keys) {
        return only(Arrays.asList(keys));
    }

    /** The object itself, whose fields are none but these. */
    public JsonNode only(Collection<String> keys) {
        Set<String> known = new HashSet<>(keys);
        for (Object key : map().keySet()) {
            if (!known.contains((String) key)) {
                throw faults.unknown(this, key.toString(), List.copyOf(keys));
            }
        }
        return this;
    }

    /** The node itself, which must be an object. */
    public JsonNode object() {
        map();
        return this;
    }

    public Map<String, JsonNode> fields() {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        map().keySet().forEach(key -> fields.put(key.toString(), child(key.toString())));
        return fields;
    }

    public List<JsonNode> elements() {
        List<?> list = typed(List.class, "an array");
        List<JsonNode> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new JsonNode(path + "[" + i + "]", list.get(i), faults));
        }
        return elements;
    }

    /** A list of objects. */
    public List<JsonNode> objects() {
        List<JsonNode> elements = elements();
        for (JsonNode element : elements) {
            if (!element.isObject()) {
                throw element.as(this).wrong("objects only");
            }
        }
        return elements;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isText() {
        return value instanceof String || value instanceof LongString;
    }

    public String text() {
        return value instanceof LongString large ? large.text() : typed(String.class, "a string");
    }

    /** A text as its bytes in Latin-1; a character outside Latin-1 becomes a question mark. */
    public ByteBuffer latin1() {
        return value instanceof LongString large
                ? large.bytes()
                : ByteBuffer.wrap(text().getBytes(StandardCharsets.ISO_8859_1));
    }

    public List<String> texts() {
        return elements().stream().map(JsonNode::text).toList();
    }

    /** A list of texts, none of which may occur twice. */
    public List<String> distinctTexts() {
        Set<String> seen = new HashSet<>();
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements()) {
            if (!element.isText()) {
                throw element.as(this).wrong("strings only");
            }
            if (!seen.add(element.text())) {
                throw element.as(this).wrong("there once");
            }
            texts.add(element.text());
        }
        return texts;
    }

    public boolean flag() {
        return typed(Boolean.class, "true or false");
    }

    public long integer() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public long integer(long least, long most) {
        String expected = least == Long.MIN_VALUE ? "an integer" : "an integer from " + least + " to " + most;
        Number number = typed(Number.class, expected);
        long integer = number.longValue();
        boolean inAnotherForm =
                faults.takesIntegersInAnyForm() && integer == number.doubleValue() && Math.abs(integer) < EXACT;
        if (!(number instanceof Long || inAnotherForm) || integer < least || integer > most) {
            throw wrong(expected);
        }
        return integer;
    }

    /** A list of integers, each from 0 to the largest int. */
    public int[] extents() {
        return elements().stream()
                .mapToInt(element -> (int) element.integer(0, Integer.MAX_VALUE))
                .toArray();
    }

    /** A finite number. */
    public double number() {
        return number("a finite number");
    }

    /** A number, or one of the strings for the values that JSON cannot write: NaN and the infinities. */
    public double anyNumber() {
        return isText() && NO_JSON_NUMBERS.contains(text())
                ? Double.parseDouble(text())
                : number("a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    }

    private double number(String expected) {
        double number = typed(Number.class, expected).doubleValue();
        // by the grammar 1e400 is a number, but as a double it is infinite
        if (!Double.isFinite(number)) {
            throw wrong(expected);
        }
        return number;
    }

    /** The exception for a value that is not what it must be. */
    public RuntimeException wrong(String expected) {
        return value instanceof JsonDocument.Repeated key ? faults.repeated(this, key) : faults.wrong(this, expected);
    }

    /** The same value with the path of {@code list}, so that messages name the list. */
    public JsonNode as(JsonNode list) {
        return new JsonNode(list.path, value, faults);
    }

    /** The path of a field of this object. */
    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value as compact JSON, cut off if it is long. */
    public String shown() {
        StringBuilder text = new StringBuilder();
        JsonExcerpt.append(text, value);
        return text.toString();
    }

    private JsonNode child(String key) {
        return new JsonNode(path(key), map().get(key), faults);
    }

    private Map<?, ?> map() {
        return typed(Map.class, "an object");
    }

    private <T> T typed(Class<T> type, String expected) {
        if (!type.isInstance(value)) {
            throw wrong(expected);
        }
        return type.cast(value);
    }
}
