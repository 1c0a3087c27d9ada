package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.Call;

/** The calls of plain dropout that one try has made, for whoever wants to make them again. */
final class CallsOfATry {
    /** What takes more to show is not shown by repeating it. */
    private static final int MOST = 16;

    private final List<Call> calls = new ArrayList<>();
    private boolean whole = true;

    void begin() {
        calls.clear();
        whole = true;
    }

    void add(Call call) {
        if (calls.size() == MOST) {
            addOther();
        }
        if (whole) {
            calls.add(call);
        }
    }

    /** Something else was asked, which calls of plain dropout do not repeat. */
    void addOther() {
        calls.clear();
        whole = false;
    }

    /** In their order; empty where they are not all that was asked. */
    List<Call> shown() {
        return List.copyOf(calls);
    }
}
