package org.dropoutspec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of one JSON object, each taken once by name and type; what nobody took is unknown and an error. */
final class Fields {
    private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private final String where;
    private final JsonNode object;
    private final Set<String> taken = new HashSet<>();

    Fields(String where, JsonNode object) {
        this.where = where;
        this.object = object;
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** Takes a field that may be there and says nothing. */
    void ignore(String name) {
        taken.add(name);
    }

    /** No fields where it is absent. */
    Fields objectOrNone(String name) throws AdapterFault {
        return has(name) ? object(name) : new Fields(path(name), JsonNodeFactory.instance.objectNode());
    }

    Fields object(String name) throws AdapterFault {
        JsonNode node = required(name);
        if (!node.isObject()) {
            throw wrong(name, node, "an object");
        }
        return new Fields(path(name), node);
    }

    String string(String name) throws AdapterFault {
        JsonNode node = required(name);
        if (node instanceof POJONode large) {
            return ((LongString) large.getPojo()).text();
        }
        if (!node.isTextual()) {
            throw wrong(name, node, "a string");
        }
        return node.textValue();
    }

    /** A string as its bytes; a character that has none of its own is a question mark. */
    ByteBuffer latin1(String name) throws AdapterFault {
        return object.get(name) instanceof POJONode large && taken.add(name)
                ? ((LongString) large.getPojo()).bytes()
                : ByteBuffer.wrap(string(name).getBytes(StandardCharsets.ISO_8859_1));
    }

    Optional<String> optionalString(String name) throws AdapterFault {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    long integer(String name) throws AdapterFault {
        return integer(path(name), required(name), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    long integer(String name, long least, long most) throws AdapterFault {
        return integer(path(name), required(name), least, most);
    }

    double number(String name) throws AdapterFault {
        JsonNode node = required(name);
        // 1e400 is a number by the grammar and infinite as a double
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(name, node, "a finite number");
        }
        return node.doubleValue();
    }

    /** A number, or one of the strings for what JSON has no number for. */
    double anyNumber(String name) throws AdapterFault {
        JsonNode node = required(name);
        if (node.isTextual() && NO_JSON_NUMBERS.contains(node.textValue())) {
            return Double.parseDouble(node.textValue());
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(name, node, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
        }
        return node.doubleValue();
    }

    /** A list of objects. */
    List<Fields> objects(String name) throws AdapterFault {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!element.isObject()) {
                throw wrong(name, element, "objects only");
            }
            objects.add(new Fields(path(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** The names of all fields. */
    List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    int[] extents(String name) throws AdapterFault {
        JsonNode node = elements(name);
        int[] extents = new int[node.size()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = (int) integer(path(name) + "[" + i + "]", node.get(i), 0, Integer.MAX_VALUE);
        }
        return extents;
    }

    /** A list of distinct strings. */
    List<String> names(String name) throws AdapterFault {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode element : elements(name)) {
            if (!element.isTextual()) {
                throw wrong(name, element, "strings only");
            }
            if (!names.add(element.textValue())) {
                throw wrong(name, element, "each name once");
            }
        }
        return List.copyOf(names);
    }

    /** The first field that nobody has taken yet. */
    Optional<String> untaken() {
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            String name = all.next();
            if (!taken.contains(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    void requireNoOther() throws AdapterFault {
        Optional<String> unknown = untaken();
        if (unknown.isPresent()) {
            throw new AdapterFault("unknown field " + path(Excerpt.of(unknown.get(), 60))
                    + " in the answer; known here: "
                    + String.join(", ", taken.stream().sorted().toList()));
        }
    }

    /** An error about a field of this object: {@code output.shape ([-1]) must be ...}. */
    AdapterFault wrong(String name, JsonNode value, String expected) {
        return new AdapterFault(path(name) + " (" + Excerpt.of(value.toString(), 100) + ") must be " + expected);
    }

    String path(String name) {
        return where.equals("reply") ? name : where + "." + name;
    }

    /** What this object is called in messages. */
    String path() {
        return where;
    }

    JsonNode elements(String name) throws AdapterFault {
        JsonNode node = required(name);
        if (!node.isArray()) {
            throw wrong(name, node, "an array");
        }
        return node;
    }

    private JsonNode required(String name) throws AdapterFault {
        JsonNode node = object.get(name);
        if (node == null) {
            throw new AdapterFault("field " + path(name) + " is missing");
        }
        taken.add(name);
        if (node.isNull()) {
            throw new AdapterFault("field " + path(name) + " is null; what is absent is left out");
        }
        return node;
    }

    private static long integer(String path, JsonNode node, long least, long most) throws AdapterFault {
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw new AdapterFault(path + " (" + Excerpt.of(node.toString(), 100) + ") must be "
                    + (least == Long.MIN_VALUE ? "an integer" : "an integer from " + least + " to " + most));
        }
        return node.longValue();
    }
}
