package org.dropoutspec.contract;

import java.util.Map;
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
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.statistics.PackedMask;
import org.opentest4j.TestAbortedException;

/** One requirement being checked: every call of the check goes through here. */
final class CheckRun {
    /** More masks than these are not compared for one requirement. */
    private static final double MOST_COMPARISONS = 1e6;

    /** By the id of a requirement, the one that says the same of strided inputs. */
    private static final Map<String, String> OF_STRIDED = Map.of(
            "FWD-1", "SHAPE-6",
            "FWD-2", "SHAPE-6",
            "FWD-8", "SHAPE-6",
            "BWD-1", "SHAPE-6",
            "BWD-2", "SHAPE-6",
            "MASK-6", "SHAPE-6",
            "EVAL-1", "SHAPE-7",
            "EVAL-5", "SHAPE-7");

    private static final ThreadLocal<CheckRun> CURRENT = new ThreadLocal<>();

    private final Session session;
    private final Requirement requirement;
    private final CheckOutcome outcome;
    private final Violations violations;
    private double spent;
    private String circumstance = "";
    private boolean begun;

    /**
     * @param obstacle why the implementation cannot be asked at all
     * @param needed what every call of the check is about, and needs no telling
     */
    CheckRun(Session session, Requirement requirement, Optional<Verdict.Unsupported> obstacle, Set<Capability> needed) {
        this.session = session;
        this.requirement = requirement;
        this.outcome = new CheckOutcome(obstacle);
        this.violations = new Violations(requirement, session.operation(), needed);
    }

    /** The run of the property that runs on this thread. */
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

    EarlySeeds earlySeeds() {
        return session.earlySeeds();
    }

    Description description() {
        return session.description();
    }

    Requirement requirement() {
        return requirement;
    }

    /** Under which this implementation is asked. */
    Conditions conditions() {
        return session.conditions();
    }

    /** What became of its calls. */
    CheckOutcome outcome() {
        return outcome;
    }

    /** How it saw the requirement broken. */
    Violations violations() {
        return violations;
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
        return ask(
                call.input().dtype().toString(),
                call.input().size(),
                () -> session.implementation().dropout(call));
    }

    /**
     * Puts what stands behind a call of plain dropout, perhaps with fields beyond it.
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

    /** The call of the operation under test that stands behind a call of plain dropout; the try ends where none does. */
    OperationCall standingBehind(Call call) {
        try {
            return session.operation().standingBehind(call);
        } catch (UnsupportedCall none) {
            throw cannot(String.valueOf(none.getMessage()));
        }
    }

    /** Whether this is the first time that a property with many tries asks: for what is put once, before all others. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Another of the same, begun now and beside it, where there can be one. */
    Optional<Implementation> another() {
        return session.implementation().another();
    }

    /**
     * Puts what stands behind a call of plain dropout to another of the same.
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

    /** Starts the implementation anew, as another process, where it can be. */
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

    /** What there is to say of the calls to come, should the adapter break under them. */
    void circumstance(String words) {
        circumstance = words;
    }

    /** @param kind under which a call is counted that the implementation cannot express */
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

    /** Takes what the sampling found about this requirement. */
    void decide() {
        if (outcome.obstacle().isPresent()) {
            throw new TestAbortedException(outcome.obstacle().get().message());
        }
        Conclusion conclusion;
        try {
            conclusion = session.masks().conclusion(requirement.id()).orElseThrow();
        } catch (ImplementationFault broken) {
            throw outcome.broken(broken);
        }
        outcome.evidence().putAll(conclusion.evidence());
        if (!session.masks().discarded().isEmpty()) {
            outcome.evidence().put(Verdict.DISCARDED, session.masks().discarded());
        }
        if (conclusion instanceof Conclusion.Rejected rejected) {
            throw violation(rejected.message());
        } else if (conclusion instanceof Conclusion.Undecided open) {
            throw undecided(open.message());
        } else if (conclusion instanceof Conclusion.Inapplicable cannot) {
            throw outcome.unsupported(cannot.message());
        }
        outcome.certify(conclusion.message());
    }

    /** Puts a call that the implementation has to answer. */
    Result answer(Call call) {
        try {
            return ask(call);
        } catch (RejectedCall rejection) {
            throw saidBy(requirementToAccept(call), violation("rejected: " + rejection.getMessage(), call));
        }
    }

    /** Puts what stands behind a call of plain dropout, which the implementation has to answer. */
    OperationResult answer(Call call, OperationCall asked) {
        return answered(call, asked, () -> ask(call, asked));
    }

    /**
     * What the implementation says, which has to be an answer.
     *
     * @param asked what stands behind the call, as a report shows it
     */
    <T> T answered(Call call, OperationCall asked, Supplier<T> put) {
        try {
            return put.get();
        } catch (RejectedCall rejection) {
            throw saidBy(
                    requirementToAccept(call), violation("rejected: " + rejection.getMessage() + " (" + asked + ")"));
        }
    }

    /** Of something of which another requirement says that it is wrong: that one tells it, where it saw it too. */
    Violation saidBy(String requirement, Violation seen) {
        outcome.evidence().put(Verdict.SAID_BY, requirement);
        return seen;
    }

    /** Of what is a part of that which another requirement tells, where it saw it too. */
    Violation partOf(String requirement, Violation seen) {
        outcome.evidence().put(Verdict.PART_OF, requirement);
        return seen;
    }

    /** The requirement that says that such calls are accepted; of rate 1, where that one asks, the one on any rate. */
    String requirementToAccept(Call call) {
        if (call.shape().size() == 0) {
            return "SHAPE-2";
        } else if (call.training() && call.rate() == 1 && !requirement.id().equals("RATE-8")) {
            return "RATE-8";
        }
        return call.shape().rank() == 0 ? "SHAPE-1" : "RATE-1";
    }

    /** Puts a call for what it may leave behind; whether and how it is answered is not in question. */
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
        throw violation("expected a rejection, got an answer", call);
    }

    /**
     * Spends of the requirement's share of the ledger, before masks are compared that may be alike by chance.
     *
     * @throws IllegalStateException when the share is used up: the suite asks too much
     */
    void spend(double probability) {
        double share = session.share(requirement.id());
        if (probability > share / MOST_COMPARISONS) {
            throw cannot("the declared rate_resolution leaves masks that are alike to chance");
        }
        spent += probability;
        if (spent > share) {
            throw new IllegalStateException(
                    "comparisons of " + requirement.id() + " (" + spent + ") must spend no more than " + share);
        }
    }

    Violation violation(String finding, Call call) {
        return violation(finding, call, true);
    }

    /** Of what was drawn, of which fewer elements show less, and a seed may show what others do not. */
    Violation violationOfDraws(String finding, Call call) {
        if (call.seed().isPresent()) {
            outcome.evidence().put(Verdict.OF_A_SEED, true);
        }
        return violation(finding, call, false);
    }

    /** @param gradient whether it is an element of the gradient */
    Violation violationAt(int index, boolean gradient, String finding, Call call) {
        // where it is the last one, a call of one element less has none to show it
        Violation seen = violation(finding, call, index < call.shape().size() - 1);
        if (gradient) {
            outcome.evidence().put(Verdict.OF_GRADIENT, true);
        }
        return seen;
    }

    private Violation violation(String finding, Call call, boolean ofItsSize) {
        Violation seen = seen(violations.of(finding, call, ofItsSize));
        if (call.scaleOverflows()) {
            outcome.evidence().put(Verdict.SCALE_OVERFLOWS, true);
        }
        String ofStrided = OF_STRIDED.get(requirement.id());
        // a plainer call is tried next, and tells by itself where it shows the same
        return ofStrided != null && call.permutation().isPresent() ? partOf(ofStrided, seen) : seen;
    }

    /** Of masks that are not as they should be, of which the requirements on masks in general may say more. */
    Violation ofMasks(Violation seen) {
        outcome.evidence().put(Verdict.OF_MASKS, true);
        return seen;
    }

    Violation violation(String finding) {
        return seen(violations.of(finding));
    }

    private Violation seen(Violation violation) {
        outcome.evidence()
                .keySet()
                // said of the one before
                .removeAll(Set.of(
                        Verdict.SAID_BY,
                        Verdict.PART_OF,
                        Verdict.SCALE_OVERFLOWS,
                        Verdict.OF_GRADIENT,
                        Verdict.OF_MASKS,
                        Verdict.WHATEVER_THE_MASK));
        return violation;
    }

    Undecided undecided(String finding) {
        return new Undecided(requirement, finding);
    }

    /** A call as a report shows it. */
    String words(Call call) {
        return session.operation().words(call);
    }

    /** The site of an operation that the implementation under test is. */
    SiteView site() {
        return session.operation()
                .site()
                .orElseThrow(() -> new IllegalStateException(
                        "requirement (" + requirement.id() + ") must be asked of an operation that has it"));
    }

    /** Puts a call of an operation, and holds the answer to the requirement that is being checked. */
    OperationResult judge(OperationCall call) {
        OperationResult result = answer(call);
        site().judge(call, result).stream()
                .filter(sighting -> sighting.requirement().equals(requirement.id()))
                .findFirst()
                .ifPresent(sighting -> {
                    Violation seen = violation(sighting.what() + " (" + call + ")");
                    if (sighting.whateverTheMask()) {
                        outcome.evidence().put(Verdict.WHATEVER_THE_MASK, true);
                    }
                    throw sighting.partOf().map(whole -> partOf(whole, seen)).orElse(seen);
                });
        return result;
    }

    /** Whether no more calls may be made: there was no point in any, or the adapter broke. */
    boolean isOver() {
        return outcome.isOver();
    }
}
