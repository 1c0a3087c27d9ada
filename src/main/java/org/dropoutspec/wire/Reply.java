package org.dropoutspec.wire;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;

/** What a reply can be: a result or an error. */
sealed interface Reply {
    /** The answer. */
    record Answer(Result result) implements Reply {}

    /** The adapter is healthy and says that the call got no answer. */
    record Error(Type type, String message) implements Reply {}

    /** Why a call got no answer. */
    enum Type {
        INVALID_ARGUMENT,
        UNSUPPORTED,
        INTERNAL
    }

    /** Reads the reply to a dropout request. */
    static Reply read(Fields fields, Call call, Description description) throws AdapterFault {
        if (fields.has("error")) {
            return error(fields);
        }
        Result result = Result.of(TensorReader.read(fields, "output"));
        if (call.training() && description.can(Capability.MASK_OUTPUT)) {
            result = result.withMask(TensorReader.readBooleans(fields, "mask"));
        } else if (description.can(Capability.MASK_OUTPUT)) {
            fields.ignore("mask"); // some say in evaluation too what they kept: everything, or nothing
        } else if (fields.has("mask")) {
            throw new AdapterFault(
                    "unknown field mask in the answer: only an adapter that declares mask_output sends it");
        }
        if (call.gradOutput().isPresent()) {
            result = result.withGradInput(TensorReader.read(fields, "grad_input"));
        } else if (fields.has("grad_input")) {
            throw new AdapterFault(
                    "unknown field grad_input in the answer: it answers a grad_output, which the request has not");
        }
        if (description.can(Capability.INPUT_AFTER)) {
            TensorReader.read(fields, "input_after"); // no requirement looks at it yet
        }
        fields.requireNoOther();
        return new Answer(result);
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
