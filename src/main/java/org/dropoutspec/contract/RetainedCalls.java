package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.oracle.Sighting;

/** The calls of a walk that the implementation retains, until their gradients are asked for or they are released. */
final class RetainedCalls {
    /** The most calls that are retained at once. */
    static final int MOST = 16;

    private static final String RETAINED = "BWD-11";

    private final CheckRun run;
    private final WalkReport report;
    private final List<Retained> retained = new ArrayList<>();

    /** @param plain the call of plain dropout that it stands behind, if it does */
    private record Retained(int step, long id, Optional<Call> plain, OperationCall asked, OperationResult answer) {}

    RetainedCalls(CheckRun run, WalkReport report) {
        this.run = run;
        this.report = report;
    }

    boolean isEmpty() {
        return retained.isEmpty();
    }

    boolean isFull() {
        return retained.size() >= MOST;
    }

    /**
     * Keeps the call, if it was put as one to retain.
     *
     * @param asked the call as it would be put without retaining it
     */
    void keep(OperationCall put, Optional<Call> plain, OperationCall asked, OperationResult answer) {
        if (put.flag("retain")) {
            retained.add(new Retained(report.number(), answer.integer("id"), plain, asked, answer));
        }
    }

    /** Forgets all of them: a new process knows none. */
    void forget() {
        retained.clear();
    }

    /**
     * Asks for the gradients of one of them.
     *
     * @param judged whether the gradients are checked
     */
    void backward(int which, boolean judged) {
        Retained call = retained.remove(which % retained.size());
        OperationCall asked = run.session().operation().differentiated(call.asked());
        report.add("backward of step " + call.step());
        OperationResult whole = call.answer();
        for (Map.Entry<String, Object> gradient :
                gradientsOf(call, asked).fields().entrySet()) {
            whole = whole.with(gradient.getKey(), gradient.getValue());
        }
        if (judged) {
            List<String> before = run.session().operation().judged(call.asked(), call.answer()).stream()
                    .map(Sighting::requirement)
                    .toList();
            List<Sighting> wrong = run.session().operation().judged(asked, whole).stream()
                    .filter(sighting -> !before.contains(sighting.requirement()))
                    .toList();
            report.requireRight(wrong, ", of step " + call.step(), How.PLAIN);
        }
    }

    private OperationResult gradientsOf(Retained call, OperationCall asked) {
        try {
            return run.ask(BetweenCalls.backward(call.id(), asked, call.asked()));
        } catch (RejectedCall rejection) {
            throw rejected(call, rejection);
        }
    }

    /** Whoever lets go of a retained call by itself is told so by BWD-11, whatever requirement the walk is for. */
    private Violation rejected(Retained call, RejectedCall rejection) {
        Violation seen = report.violation(rejection);
        if (!run.requirement().id().equals(RETAINED)) {
            return run.cause().saidBy(RETAINED, seen);
        }
        return call.plain().map(plain -> run.cause().ofRejected(plain, seen)).orElse(seen);
    }

    void release(int which) {
        Retained call = retained.remove(which % retained.size());
        report.add("release of step " + call.step());
        try {
            run.ask(BetweenCalls.release(call.id()));
        } catch (RejectedCall rejection) {
            throw rejected(call, rejection);
        }
    }

    /** Releases all. A failure of that is ignored: it was found already, or is for the requirement on releases. */
    void letGo() {
        if (run.isOver()) {
            return;
        }
        for (Retained call : retained) {
            try {
                run.session().implementation().answer(BetweenCalls.release(call.id()));
            } catch (RuntimeException whatever) {
                // as if it were answered
            }
        }
    }
}
