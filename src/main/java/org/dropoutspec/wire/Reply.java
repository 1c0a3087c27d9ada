package org.dropoutspec.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ResultField;

/** What a reply can be: a result or an error. */
sealed interface Reply {
    /** The answer. */
    record Answer(OperationResult result) implements Reply {}

    /** The adapter is healthy and says that the call got no answer. */
    record Error(Type type, String message) implements Reply {}

    /** Why a call got no answer. */
    enum Type {
        INVALID_ARGUMENT,
        UNSUPPORTED,
        INTERNAL
    }

    /** Reads the reply to a call. */
    static Reply read(Fields fields, OperationCall call) throws AdapterFault {
        if (fields.has("error")) {
            return error(fields);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        for (ResultField field : call.result()) {
            if (field.required()) {
                answer.put(field.name(), ReplyField.read(fields, field));
            } else {
                fields.ignore(field.name());
            }
        }
        Optional<String> unknown = fields.untaken().flatMap(name -> unasked(name, call));
        if (unknown.isPresent()) {
            throw new AdapterFault(unknown.get());
        }
        fields.requireNoOther();
        return new Answer(new OperationResult(answer));
    }

    /** Why a field of the protocol has no place in this reply. */
    private static Optional<String> unasked(String name, OperationCall call) {
        if (call.has("reply")) {
            return Optional.of(
                    "unknown field " + name + " in the answer: the call asks for kept, and for nothing else");
        }
        if (name.equals("mask") || name.equals("recurrent_mask") || name.equals("masks")) {
            return Optional.of(
                    "unknown field " + name + " in the answer: only an adapter that declares mask_output sends it");
        }
        return name.startsWith("grad_")
                ? Optional.of(
                        "unknown field " + name + " in the answer: it answers a grad_output, which the request has not")
                : Optional.empty();
    }

    static Error error(Fields fields) throws AdapterFault {
        Fields error = fields.object("error");
        String name = error.string("type");
        String message = Excerpt.of(error.string("message"), 2000);
        error.requireNoOther();
        fields.requireNoOther();
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
