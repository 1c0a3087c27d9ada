package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;

/** The calls of plain dropout that one try has made, for whoever wants to make them again. */
final class CallsOfATry {
    /** What takes more to show is not shown by repeating it. */
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

    /** Something else was asked, which calls of plain dropout do not repeat. */
    void addOther() {
        calls.clear();
        whole = false;
    }

    /** A call of an operation was asked, or something between calls. */
    void addOther(OperationCall asked) {
        addOther();
        lastAsked = Optional.of(asked);
    }

    /** The call of plain dropout that was asked last. */
    Optional<Call> last() {
        return last;
    }

    /** What was asked after it of an operation, or between calls. */
    Optional<OperationCall> lastAsked() {
        return lastAsked;
    }

    /** In their order; empty where they are not all that was asked. */
    List<Call> shown() {
        return List.copyOf(calls);
    }
}
