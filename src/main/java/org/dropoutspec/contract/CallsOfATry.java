package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;

/** The calls of plain dropout that one try has made, so that they can be made again. */
final class CallsOfATry {
    /** A try of more calls than these is not repeated. */
    private static final int MOST = 16;

    private final List<Call> calls = new ArrayList<>();
    private boolean whole = true;
    private Optional<Call> last = Optional.empty();
    private Optional<OperationCall> lastAsked = Optional.empty();

    void begin() {
        calls.clear();
        whole = true;
        last = Optional.empty();
        lastAsked = Optional.empty();
    }

    void add(Call call) {
        if (calls.size() == MOST) {
            addOther();
        }
        if (whole) {
            calls.add(call);
        }
        last = Optional.of(call);
        lastAsked = Optional.empty();
    }

    /** Notes that something else was asked, which calls of plain dropout cannot repeat. */
    void addOther() {
        calls.clear();
        whole = false;
    }

    /** Notes a call of an operation, or something that was asked between calls. */
    void addOther(OperationCall asked) {
        addOther();
        lastAsked = Optional.of(asked);
    }

    /** The call of plain dropout that was asked last. */
    Optional<Call> last() {
        return last;
    }

    /** The last call of an operation, or request between calls, that came after {@link #last}; empty where none did. */
    Optional<OperationCall> lastAsked() {
        return lastAsked;
    }

    /** The calls in their order; empty where they are not all that was asked. */
    List<Call> shown() {
        return List.copyOf(calls);
    }
}
