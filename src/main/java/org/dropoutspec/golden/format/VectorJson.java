package org.dropoutspec.golden.format;

import java.util.List;
import org.dropoutspec.json.JsonDocument;
import org.dropoutspec.json.JsonFaults;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.json.NotJson;
import org.jspecify.annotations.Nullable;

/** Reads a file of vectors as JSON; everything wrong with it is reported as a {@link BadVector}. */
public final class VectorJson implements JsonFaults {
    private static final VectorJson FAULTS = new VectorJson();

    private VectorJson() {}

    public static JsonNode read(byte[] file) {
        try {
            return node("", JsonDocument.read(file).value());
        } catch (NotJson reason) {
            String line = reason.line() == 0 ? "" : "line " + reason.line();
            throw new BadVector(
                    reason.id().isEmpty() ? line : line + ", in or after vector " + reason.id(),
                    "is no JSON: " + reason.getMessage());
        }
    }

    /** The node of a value at a path. */
    public static JsonNode node(String path, @Nullable Object value) {
        return new JsonNode(path, value, FAULTS);
    }

    /** A text, which must not be blank. */
    static String words(JsonNode node) {
        if (node.text().isBlank()) {
            throw BadVector.at(node, "text must not be empty");
        }
        return node.text();
    }

    @Override
    public BadVector missing(JsonNode object, String key) {
        return BadVector.at(object, "field (" + key + ") is missing");
    }

    @Override
    public BadVector unknown(JsonNode object, String key, List<String> known) {
        return BadVector.at(object, "unknown field (" + key + "), expected one of " + String.join(", ", known));
    }

    @Override
    public BadVector wrong(JsonNode node, String expected) {
        String shown = node.shown();
        return BadVector.at(
                node,
                "value (" + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown) + ") must be " + expected);
    }

    @Override
    public BadVector repeated(JsonNode node, JsonDocument.Repeated key) {
        return BadVector.at(node, key.toString());
    }
}
