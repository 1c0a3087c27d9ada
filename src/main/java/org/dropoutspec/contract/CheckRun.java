package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NotAsked;
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
    /**
     * What is spent on finding the smallest call that still shows a violation: counts and no clock, so that runs repeat.
     */
    private static final int CALLS_WHILE_SHRINKING = 1000;

    private static final long ELEMENTS_WHILE_SHRINKING = 2_000_000;

    /** More masks than these are not compared for one requirement. */
    private static final double MOST_COMPARISONS = 1e6;

    private static final ThreadLocal<CheckRun> CURRENT = new ThreadLocal<>();

    private final Session session;
    private final Requirement requirement;
    private final Optional<Verdict.Unsupported> obstacle;
    private final Set<Factor> told;
    private final Map<String, Object> evidence = new LinkedHashMap<>();
    private final Map<String, Long> discarded = new TreeMap<>();
    private long answered;
    private long completed;
    /** The last one seen, which shows the smallest call so far. */
    private Optional<Violation> violation = Optional.empty();

    /** The same without a word on what it needs, which was not tried to the end. */
    private Optional<Violation> unfinished = Optional.empty();

    private Optional<Condition> under = Optional.empty();
    private final CallsOfATry calls = new CallsOfATry();
    private int callsLeft = CALLS_WHILE_SHRINKING;
    private long elementsLeft = ELEMENTS_WHILE_SHRINKING;
    private Optional<String> unsupported = Optional.empty();
    private String certified = "";
    private double spent;
    private Optional<ImplementationFault> fault = Optional.empty();

    /**
     * @param obstacle why the implementation cannot be asked at all
     * @param needed what every call of the check is about, and needs no telling
     */
    CheckRun(Session session, Requirement requirement, Optional<Verdict.Unsupported> obstacle, Set<Capability> needed) {
        this.session = session;
        this.requirement = requirement;
        this.obstacle = obstacle;
        this.told = EnumSet.of(Factor.LAYOUT, Factor.MASK_SHAPE, Factor.GRADIENT);
        told.removeAll(needed.stream().flatMap(CheckRun::factors).toList());
    }

    private static Stream<Factor> factors(Capability capability) {
        return switch (capability) {
            case PERMUTED_INPUT -> Stream.of(Factor.LAYOUT);
            case NOISE_SHAPE -> Stream.of(Factor.MASK_SHAPE);
            case BACKWARD -> Stream.of(Factor.GRADIENT);
            default -> Stream.of();
        };
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

    /** What is asked from now on is asked under this condition, made plainer where it fails; or under none. */
    void under(Optional<Condition> condition) {
        under = condition;
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
        calls.add(call);
        return ask(call.input().dtype().toString(), call.input().size(), () -> session.put(call));
    }

    /**
     * Puts what stands behind a call of plain dropout, perhaps with fields beyond it.
     *
     * @throws RejectedCall when the implementation rejects it
     */
    OperationResult ask(Call call, OperationCall asked) {
        calls.addOther();
        return ask(call.input().dtype().toString(), call.input().size(), () -> session.put(call, asked));
    }

    /** The call of the operation under test that stands behind a call of plain dropout; the try ends where none does. */
    OperationCall standingBehind(Call call) {
        try {
            return session.standingBehind(call);
        } catch (UnsupportedCall none) {
            throw cannot(String.valueOf(none.getMessage()));
        }
    }

    /** Starts the implementation anew, as another process. */
    void restart() {
        boolean restarted;
        calls.addOther();
        try {
            restarted = session.restart();
        } catch (ImplementationFault broken) {
            throw ended(broken);
        }
        if (!restarted) {
            throw cannot("the implementation cannot be started anew");
        }
    }

    /** Ends the try: the requirement cannot be asked of this implementation. */
    TestAbortedException cannot(String why) {
        unsupported = Optional.of(why);
        return new TestAbortedException(why);
    }

    /** Puts a call of an operation, or what is asked between calls. */
    OperationResult ask(OperationCall call) {
        calls.addOther();
        return ask(call.operation(), call.elements(), () -> session.put(call));
    }

    /** @param kind under which a call is counted that the implementation cannot express */
    private <T> T ask(String kind, long elements, Supplier<T> put) {
        if (isOver()) {
            throw new TestAbortedException("no more calls");
        }
        if (violation.isPresent()) {
            callsLeft--;
            elementsLeft -= elements;
            if (callsLeft < 0 || elementsLeft < 0) {
                throw unfinished.orElseThrow(); // every smaller call now seems to fail too: jqwik soon ends its search
            }
        }
        try {
            T result = put.get();
            answered++;
            return result;
        } catch (RejectedCall rejection) {
            answered++;
            throw rejection;
        } catch (NotAsked outside) {
            evidence.merge("not_asked", 1L, (count, one) -> (Long) count + (Long) one);
            unsupported = Optional.of(outside.getMessage());
            throw new TestAbortedException(outside.getMessage(), outside);
        } catch (UnsupportedCall cannot) {
            discarded.merge(kind, 1L, Long::sum);
            evidence.put(Verdict.DISCARDED, discarded);
            unsupported = Optional.of(String.valueOf(cannot.getMessage()));
            throw new TestAbortedException(cannot.getMessage(), cannot);
        } catch (ImplementationFault broken) {
            throw ended(broken);
        }
    }

    /** Keeps the fault and ends the try without a verdict, or jqwik would look for a smaller call that breaks it too. */
    private TestAbortedException ended(ImplementationFault how) {
        fault = Optional.of(how);
        return new TestAbortedException("no more calls", how);
    }

    /** Takes what the sampling found about this requirement. */
    void decide() {
        if (obstacle.isPresent()) {
            throw new TestAbortedException(obstacle.get().message());
        }
        Conclusion conclusion;
        try {
            conclusion = session.sampled(requirement.id()).orElseThrow();
        } catch (ImplementationFault broken) {
            throw ended(broken);
        }
        evidence.putAll(conclusion.evidence());
        if (!session.discardedInSampling().isEmpty()) {
            evidence.put(Verdict.DISCARDED, session.discardedInSampling());
        }
        if (conclusion instanceof Conclusion.Rejected rejected) {
            throw violation(rejected.message());
        } else if (conclusion instanceof Conclusion.Undecided open) {
            throw undecided(open.message());
        } else if (conclusion instanceof Conclusion.Inapplicable cannot) {
            unsupported = Optional.of(cannot.message());
            throw new TestAbortedException(cannot.message());
        }
        certified = conclusion.message();
    }

    /** What a pass certifies, in words. */
    String certified() {
        return certified;
    }

    /** Puts a call that the implementation has to answer. */
    Result answer(Call call) {
        try {
            return ask(call);
        } catch (RejectedCall rejection) {
            Violation seen = violation("rejected: " + rejection.getMessage(), call);
            evidence.put(Verdict.TO_BE_ACCEPTED_BY, requirementToAccept(call));
            throw seen;
        }
    }

    /** The requirement that says that such calls are accepted. */
    private static String requirementToAccept(Call call) {
        if (call.shape().size() == 0) {
            return "SHAPE-2";
        } else if (call.training() && call.rate() == 1) {
            return "RATE-8";
        }
        return call.shape().rank() == 0 ? "SHAPE-1" : "RATE-1";
    }

    /** Puts a call for what it may leave behind; whether and how it is answered is not in question. */
    void interlude(Call call) {
        calls.add(call);
        try {
            session.put(call);
        } catch (RejectedCall | UnsupportedCall notInQuestion) {
            return;
        } catch (ImplementationFault broken) {
            throw ended(broken);
        }
        answered++;
    }

    /** Puts a training call that the implementation has to answer in bits. */
    PackedMask answerInBits(Call call) {
        calls.addOther();
        try {
            return PackedMask.ofKept(
                    ask(call.input().dtype().toString(), call.input().size(), () -> session.putInBits(call)));
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

    /** What ends the check because the implementation answered in another form than asked for. */
    TestAbortedException broken(ImplementationFault how) {
        return ended(how);
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
            unsupported = Optional.of("the declared rate_resolution leaves masks that are alike to chance");
            throw new TestAbortedException("left to chance");
        }
        spent += probability;
        if (spent > share) {
            throw new IllegalStateException(
                    "comparisons of " + requirement.id() + " (" + spent + ") must spend no more than " + share);
        }
    }

    Violation violation(String finding, Call call) {
        Violation seen = violation(finding + only() + " (" + words(call) + ")");
        Violation plain = new Violation(requirement, finding + " (" + words(call) + ")", seen.calls());
        plain.setStackTrace(seen.getStackTrace());
        unfinished = Optional.of(plain);
        return seen;
    }

    /** What is left unusual about the condition was tried without. */
    private String only() {
        List<String> words = new ArrayList<>();
        under.ifPresent(condition -> {
            words.addAll(condition.peculiarities(told));
            if (!FalseAlarmShares.BY_COINCIDENCE.contains(requirement.id())) { // which asks for nothing smaller
                condition.leastSize().ifPresent(words::add);
            }
        });
        return words.isEmpty() ? "" : ", only under: " + String.join("; ", words);
    }

    /** A call as a report shows it. */
    String words(Call call) {
        return session.words(call);
    }

    /** The site of an operation that the implementation under test is. */
    SiteView site() {
        return session.site()
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
                    throw violation(sighting.what() + " (" + call + ")");
                });
        return result;
    }

    Violation violation(String finding) {
        Violation seen = new Violation(requirement, finding, session.site().isPresent() ? List.of() : calls.shown());
        unfinished = Optional.of(seen);
        // seen by another line of the check it is the same failure still; jqwik would take it for a try to look behind
        violation.ifPresent(first -> seen.setStackTrace(first.getStackTrace()));
        violation = Optional.of(seen);
        evidence.remove(Verdict.TO_BE_ACCEPTED_BY);
        return seen;
    }

    /** What was asked in the try under way. */
    CallsOfATry asked() {
        return calls;
    }

    Undecided undecided(String finding) {
        return new Undecided(requirement, finding);
    }

    /** Adds a figure to what the certificate tells of this requirement. */
    void record(String name, Object figure) {
        evidence.put(name, figure);
    }

    Map<String, Object> evidence() {
        return evidence;
    }

    /** Whether no more calls may be made: there was no point in any, or the adapter broke. */
    boolean isOver() {
        return obstacle.isPresent() || fault.isPresent();
    }

    /** Whether a violation was seen, so that the calls now are smaller ones. */
    boolean isShrinking() {
        return violation.isPresent();
    }

    Optional<Verdict.Unsupported> obstacle() {
        return obstacle;
    }

    long answered() {
        return answered;
    }

    /** A try got all its calls answered, and as it wanted them. */
    void complete() {
        completed++;
    }

    long completed() {
        return completed;
    }

    Optional<String> unsupported() {
        return unsupported;
    }

    Optional<ImplementationFault> fault() {
        return fault;
    }
}
