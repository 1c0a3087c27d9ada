package org.dropoutspec.implementation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests between calls: the backward pass of a retained call, and the state that later masks follow from. */
public final class BetweenCalls {
    /** The number in the answer to a retained call, by which later requests name that call. */
    private static final ResultField ID = ResultField.of("id", ResultField.Kind.INTEGER);

    private static final Map<String, Capability> NEEDED = Map.of(
            "backward", Capability.RETAIN,
            "release", Capability.RETAIN,
            "save_state", Capability.STATE,
            "restore_state", Capability.STATE);

    private static final List<String> FIELDS = List.of("retain", "instance", "in_place", "recompute");

    private BetweenCalls() {}

    /** Whether a call has one of the fields that concern more than the call by itself, such as {@code retain}. */
    public static boolean isMore(OperationCall call) {
        return FIELDS.stream().anyMatch(call::has);
    }

    /** The capability that this request needs; empty for a call of an operation. */
    public static Optional<Capability> needed(OperationCall call) {
        return Optional.ofNullable(NEEDED.get(call.operation()));
    }

    /** The same call, retained for a later backward pass; its answer carries {@code id}, which names it. */
    public static OperationCall retained(OperationCall call) {
        List<ResultField> fields = new ArrayList<>(call.result());
        fields.add(ID);
        return call.with("retain", true).expecting(fields, call.answered());
    }

    /**
     * The backward pass of a retained call.
     *
     * @param call the retained call, as it would be with its upstream gradient
     * @param retained the same call as it was retained, without one; the answer carries what only {@code call} expects
     */
    public static OperationCall backward(long of, OperationCall call, OperationCall retained) {
        List<ResultField> gradients = new ArrayList<>(call.result());
        gradients.removeAll(retained.result());
        return OperationCall.of("backward")
                .with("of", of)
                .with("grad_output", call.optionalTensor("grad_output"))
                .expecting(gradients, call.answered());
    }

    /** Lets go of a retained call. */
    public static OperationCall release(long of) {
        return OperationCall.of("release").with("of", of);
    }

    /** Asks for the state of all instances; the answer carries {@code state}, a text. */
    public static OperationCall saveState() {
        return OperationCall.of("save_state").expecting(List.of(ResultField.of("state", ResultField.Kind.TEXT)), 0);
    }

    /** Goes back to a state that was saved. */
    public static OperationCall restoreState(String state) {
        return OperationCall.of("restore_state").with("state", state);
    }
}
