package org.dropoutspec.wire;

import java.util.List;
import org.dropoutspec.json.JsonDocument;
import org.dropoutspec.json.JsonFaults;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.json.NotJson;

/** Reads one line as one JSON object. Anything wrong with it is a fault of the adapter. */
final class ReplyJson implements JsonFaults {
    private static final ReplyJson FAULTS = new ReplyJson();

    private ReplyJson() {}

    static JsonNode object(byte[] line) {
        JsonDocument document;
        try {
            document = JsonDocument.read(line);
        } catch (NotJson reason) {
            throw noObject(line, Excerpt.of(reason.getMessage(), 300));
        }
        if (document.repeated().isPresent()) {
            throw noObject(line, Excerpt.of(document.repeated().get().toString(), 300));
        }
        JsonNode reply = new JsonNode("", document.value(), FAULTS);
        if (!reply.isObject()) {
            throw noObject(line, "no object");
        }
        return reply;
    }

    private static AdapterFault noObject(byte[] line, String why) {
        return new AdapterFault("the reply is no JSON object on one line (" + why
                + "); standard output is reserved for replies, everything else belongs on standard error\nreply: "
                + Excerpt.of(line));
    }

    @Override
    public AdapterFault missing(JsonNode object, String key) {
        return new AdapterFault("field " + object.path(key) + " is missing");
    }

    @Override
    public AdapterFault unknown(JsonNode object, String key, List<String> known) {
        return unknown(object.path(Excerpt.of(key, 60)), known);
    }

    static AdapterFault unknown(String path, List<String> known) {
        return new AdapterFault("unknown field " + path + " in the answer; known here: "
                + String.join(", ", known.stream().sorted().toList()));
    }

    @Override
    public AdapterFault wrong(JsonNode node, String expected) {
        return new AdapterFault(
                node.value() == null
                        ? "field " + node.path() + " is null; what is absent is left out"
                        : node.path() + " (" + Excerpt.of(node.shown(), 100) + ") must be " + expected);
    }

    @Override
    public AdapterFault repeated(JsonNode node, JsonDocument.Repeated key) {
        throw new IllegalStateException("a reply with a repeated key is not read");
    }

    @Override
    public boolean takesIntegersInAnyForm() {
        return true;
    }
}
