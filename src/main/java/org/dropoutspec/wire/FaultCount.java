package org.dropoutspec.wire;

import org.dropoutspec.implementation.ImplementationFault;
import org.jspecify.annotations.Nullable;

/** Counts how often an adapter broke, and decides when to give it up. That bounds the time that it can take. */
final class FaultCount {
    private final Deadline deadline;
    private int faults;
    private int timeouts;
    private @Nullable String givenUp;

    /** @param deadline the time at which the adapter is given up in any case */
    FaultCount(Deadline deadline) {
        this.deadline = deadline;
    }

    /** @throws ImplementationFault when the adapter was given up */
    void requireHope() {
        if (givenUp == null && deadline.isOver()) {
            giveUp(deadline.words());
        }
        if (givenUp != null) {
            throw new ImplementationFault(givenUp);
        }
    }

    void giveUp(String why) {
        givenUp = why;
    }

    /** Makes the next fault the last: what goes wrong at the start goes wrong at every start. */
    void nextIsLast() {
        faults = AdapterProcess.RESTARTS;
    }

    /**
     * Counts a fault.
     *
     * @param message the fault with its request
     */
    void add(AdapterFault fault, Request request, String message) {
        faults++;
        timeouts += fault.isTimeout() ? 1 : 0;
        if (faults > AdapterProcess.RESTARTS || timeouts >= AdapterProcess.TIMEOUTS) {
            giveUp("the adapter was given up after " + words(request) + "; the last was: " + message);
        }
    }

    private String words(Request request) {
        if (request.id() == 0) {
            return "a fault at its start";
        }
        return timeouts >= AdapterProcess.TIMEOUTS ? timeouts + " time-outs" : faults + " faults";
    }
}
