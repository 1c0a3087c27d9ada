package org.dropoutspec.contract;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.oracle.WholeOutput;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.statistics.PackedMask;
import org.opentest4j.TestAbortedException;

/** One requirement being checked: every call of the check goes through here. */
final class CheckRun {
    private static final ThreadLocal<CheckRun> CURRENT = new ThreadLocal<>();

    private final Session session;
    private final Requirement requirement;
    private final CheckOutcome outcome;
    private final Violations violations;
    private final Coincidences coincidences;
    private final NamedCause cause;
    private Optional<Answered> last = Optional.empty();
    private String circumstance = "";
    private boolean begun;

    private record Answered(Call call, Result result) {}

    /**
     * @param obstacle why the implementation cannot be asked at all
     * @param needed the capabilities that every call of the check uses, so that no message has to name them
     */
    CheckRun(Session session, Requirement requirement, Optional<Verdict.Unsupported> obstacle, Set<Capability> needed) {
        this.session = session;
        this.requirement = requirement;
        this.outcome = new CheckOutcome(obstacle);
        this.violations = new Violations(requirement, session.operation(), needed);
        this.coincidences = new Coincidences(this);
        this.cause = new NamedCause(requirement, outcome.evidence());
    }

    /** The run of the property that this thread executes. */
    static CheckRun current() {
        CheckRun run = CURRENT.get();
        if (run == null) {
            throw new IllegalStateException("a contract's property must be run by jqwik and carry @Checks");
        }
        return run;
    }

    /** Calls that the implementation under test can be asked. */
    static CallArbitraries calls() {
        return new CallArbitraries(current().description());
    }

    /** Calls under the conditions of the covering design. */
    static CoveringCalls covering() {
        return new CoveringCalls(current());
    }

    static void open(CheckRun run) {
        CURRENT.set(run);
    }

    static void close() {
        CURRENT.remove();
    }

    Session session() {
        return session;
    }

    Description description() {
        return session.description();
    }

    Requirement requirement() {
        return requirement;
    }

    /** The conditions under which this implementation is asked. */
    Conditions conditions() {
        return session.conditions();
    }

    /** What became of the check's calls. */
    CheckOutcome outcome() {
        return outcome;
    }

    /** The violations that the check has seen. */
    Violations violations() {
        return violations;
    }

    /** What the check spends on comparing masks that may be alike by chance. */
    Coincidences coincidences() {
        return coincidences;
    }

    /** What the evidence says of the cause of the last violation. */
    NamedCause cause() {
        return cause;
    }

    boolean can(Capability capability) {
        return description().can(capability);
    }

    /**
     * Puts a call to the implementation.
     *
     * @throws RejectedCall when the implementation rejects it
     */
    Result ask(Call call) {
        violations.asked().add(call);
        Result result = ask(
                call.input().dtype().toString(),
                call.input().size(),
                () -> session.implementation().dropout(call));
        last = Optional.of(new Answered(call, result));
        return result;
    }

    /**
     * Puts the operation's call that stands behind a call of plain dropout, perhaps with more fields.
     *
     * @throws RejectedCall when the implementation rejects it
     */
    OperationResult ask(Call call, OperationCall asked) {
        violations.asked().addOther(asked);
        return ask(
                call.input().dtype().toString(),
                call.input().size(),
                () -> session.implementation().answer(call, asked));
    }

    /** Forgets the calls so far: those from now on show by themselves what is wrong, and make the counterexample. */
    void asksAnew() {
        violations.asked().begin();
    }

    /** The call of the operation under test that stands behind a call of plain dropout; the try ends if none does. */
    OperationCall standingBehind(Call call) {
        try {
            return session.operation().standingBehind(call);
        } catch (UnsupportedCall none) {
            throw cannot(String.valueOf(none.getMessage()));
        }
    }

    /** Whether a property of many tries asks this for the first time: some calls are put once, before all others. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** A second instance of the implementation, started now, if there can be one. */
    Optional<Implementation> another() {
        return session.implementation().another();
    }

    /**
     * Puts the operation's call that stands behind a call of plain dropout to a second instance.
     *
     * @throws RejectedCall when it rejects it
     */
    OperationResult ask(Implementation other, Call call, OperationCall asked) {
        return ask(call.input().dtype().toString(), call.input().size(), () -> other.answer(asked));
    }

    /** Starts the implementation anew, as another process; the try ends where it cannot be. */
    void restart() {
        if (!mayRestart()) {
            throw cannot("the implementation cannot be started anew");
        }
    }

    /** Starts the implementation anew, as another process, if it can be, and returns whether it could. */
    boolean mayRestart() {
        violations.asked().addOther();
        try {
            return session.implementation().restart();
        } catch (ImplementationFault broken) {
            throw outcome.broken(broken);
        }
    }

    /** Ends the try: the requirement cannot be asked of this implementation. */
    TestAbortedException cannot(String why) {
        return outcome.unsupported(why);
    }

    /** Puts a call of an operation, or what is asked between calls. */
    OperationResult ask(OperationCall call) {
        violations.asked().addOther(call);
        return ask(
                call.operation(),
                call.elements(),
                () -> session.implementation().answer(call));
    }

    /** Sets how a fault's message begins, should the adapter break during the calls that follow. */
    void circumstance(String words) {
        circumstance = words;
    }

    /** @param kind the name under which a call is counted if the implementation cannot express it */
    private <T> T ask(String kind, long elements, Supplier<T> put) {
        if (isOver()) {
            throw new TestAbortedException("no more calls");
        }
        violations.payFor(elements);
        try {
            T result = put.get();
            outcome.answered();
            return result;
        } catch (RejectedCall rejection) {
            outcome.answered();
            throw rejection;
        } catch (UnsupportedCall cannot) {
            throw outcome.unsupported(cannot, kind);
        } catch (ImplementationFault broken) {
            throw outcome.broken(
                    circumstance.isEmpty()
                            ? broken
                            : new ImplementationFault(circumstance + ": " + broken.getMessage(), broken));
        }
    }

    /** Puts a call that the implementation has to answer. */
    Result answer(Call call) {
        try {
            return ask(call);
        } catch (RejectedCall rejection) {
            throw cause.ofRejected(call, violation("rejected: " + rejection.getMessage(), call));
        }
    }

    /** Puts the operation's call that stands behind a call of plain dropout; the implementation has to answer it. */
    OperationResult answer(Call call, OperationCall asked) {
        return answered(call, asked, () -> ask(call, asked));
    }

    /**
     * The implementation's reply, which must not be a rejection.
     *
     * @param asked what stands behind the call, as a report shows it
     */
    <T> T answered(Call call, OperationCall asked, Supplier<T> put) {
        try {
            return put.get();
        } catch (RejectedCall rejection) {
            throw cause.ofRejected(call, violation("rejected: " + rejection.getMessage() + " (" + asked + ")"));
        }
    }

    /** Puts a call only for what it may leave behind; whether and how it is answered does not matter. */
    void interlude(Call call) {
        violations.asked().add(call);
        try {
            session.implementation().dropout(call);
        } catch (RejectedCall | UnsupportedCall notInQuestion) {
            return;
        } catch (ImplementationFault broken) {
            throw outcome.broken(broken);
        }
        outcome.answered();
    }

    /** Puts a training call that the implementation has to answer in bits. */
    PackedMask answerInBits(Call call) {
        violations.asked().addOther();
        try {
            return PackedMask.ofKept(ask(
                    call.input().dtype().toString(),
                    call.input().size(),
                    () -> session.implementation().kept(call)));
        } catch (RejectedCall rejection) {
            throw violation("asked in bits, rejected: " + rejection.getMessage(), call);
        }
    }

    /** Puts a call of an operation that the implementation has to answer. */
    OperationResult answer(OperationCall call) {
        try {
            return ask(call);
        } catch (RejectedCall rejection) {
            throw violation("rejected: " + rejection.getMessage() + " (" + call + ")");
        }
    }

    /** Puts a call that the implementation has to reject. */
    void rejection(Call call) {
        try {
            ask(call);
        } catch (RejectedCall asRequired) {
            return;
        }
        last = Optional.empty(); // whatever the answer is, that there is one is what is wrong
        throw violation("expected a rejection, got an answer", call);
    }

    Violation violation(String finding, Call call) {
        return violation(finding, call, true);
    }

    /** A violation in a drawn mask: fewer elements would show less of it, and another seed perhaps nothing. */
    Violation violationOfDraws(String finding, Call call) {
        if (call.seed().isPresent()) {
            cause.ofASeed();
        }
        return violation(finding, call, false);
    }

    /** @param gradient whether the element is one of the gradient */
    Violation violationAt(int index, boolean gradient, String finding, Call call) {
        // a call with one element less does not have the last one, and cannot show it
        Violation seen = violation(finding, call, index < call.shape().size() - 1);
        return gradient ? cause.ofGradient(seen) : seen;
    }

    private Violation violation(String finding, Call call, boolean ofItsSize) {
        cause.forget();
        last.filter(answered -> answered.call() == call)
                .flatMap(answered -> WholeOutput.of(description(), call, answered.result()))
                .ifPresent(cause::ofWhole);
        return cause.ofCall(call, violations.of(finding, call, ofItsSize));
    }

    Violation violation(String finding) {
        cause.forget();
        return violations.of(finding);
    }

    Undecided undecided(String finding) {
        return new Undecided(requirement, finding);
    }

    /** A call as a report shows it. */
    String words(Call call) {
        return session.operation().words(call);
    }

    /** The mask site under test. */
    SiteView site() {
        return session.operation()
                .site()
                .orElseThrow(() -> new IllegalStateException(
                        "requirement (" + requirement.id() + ") must be asked of an operation that has it"));
    }

    /** Whether no more calls may be made: the implementation cannot be asked at all, or it broke. */
    boolean isOver() {
        return outcome.isOver();
    }
}
