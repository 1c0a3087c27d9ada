package org.dropoutspec.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.json.JsonNode;

/** A reply: either an answer or an error. */
sealed interface Reply {
    /** The answer. */
    record Answer(OperationResult result) implements Reply {}

    /** The adapter is healthy, and says why the call got no answer. */
    record Error(Type type, String message) implements Reply {}

    /** Why a call got no answer. */
    enum Type {
        INVALID_ARGUMENT,
        UNSUPPORTED,
        INTERNAL
    }

    /** Reads the reply to a call. */
    static Reply read(JsonNode fields, OperationCall call) throws AdapterFault {
        if (fields.has("error")) {
            return error(fields);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        for (ResultField field : call.result()) {
            if (field.required()) {
                answer.put(field.name(), ReplyField.read(fields, field));
            }
        }
        List<String> known = new ArrayList<>(List.of("id"));
        call.result().forEach(field -> known.add(field.name()));
        for (String name : fields.fields().keySet()) {
            if (!known.contains(name)) {
                Optional<String> unasked = unasked(name, call);
                throw unasked.map(AdapterFault::new).orElseGet(() -> ReplyJson.unknown(Excerpt.of(name, 60), known));
            }
        }
        return new Answer(new OperationResult(answer));
    }

    /** Why a field that the protocol knows has no place in this reply; empty for a field that it does not know. */
    private static Optional<String> unasked(String name, OperationCall call) {
        if (call.has("reply")) {
            return Optional.of(
                    "unknown field " + name + " in the answer: the call asks for kept, and for nothing else");
        }
        Optional<String> capability = switch (name) {
            case "mask", "recurrent_mask", "masks" -> Optional.of("mask_output");
            case "input_after" -> Optional.of("input_after");
            default -> Optional.empty();
        };
        if (capability.isPresent()) {
            return Optional.of("unknown field " + name + " in the answer: only an adapter that declares "
                    + capability.get() + " sends it");
        }
        return name.startsWith("grad_")
                ? Optional.of(
                        "unknown field " + name + " in the answer: it answers a grad_output, which the request has not")
                : Optional.empty();
    }

    static Error error(JsonNode fields) throws AdapterFault {
        JsonNode error = fields.required("error").object();
        String name = error.required("type").text();
        String message = Excerpt.of(error.required("message").text(), 2000);
        error.only("type", "message");
        fields.only("id", "error");
        Type type = switch (name) {
            case "invalid_argument" -> Type.INVALID_ARGUMENT;
            case "unsupported" -> Type.UNSUPPORTED;
            case "internal" -> Type.INTERNAL;
            default ->
                throw new AdapterFault("error.type (" + Excerpt.of(name, 60)
                        + ") must be one of invalid_argument, unsupported, internal");
        };
        return new Error(type, message);
    }
}
