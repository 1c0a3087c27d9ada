package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.spec.Requirement;

/** How a check saw its requirement broken: first by any calls, then by smaller ones until the search for these ends. */
final class Violations {
    /**
     * What may be spent on finding the smallest call that shows a violation: a count and no clock, so that runs repeat.
     */
    private static final int CALLS_WHILE_SHRINKING = 1000;

    private static final long ELEMENTS_WHILE_SHRINKING = 2_000_000;

    private final Requirement requirement;
    private final OperationUnderTest operation;
    private final Set<Factor> told;
    private final CallsOfATry calls = new CallsOfATry();
    private Optional<Condition> under = Optional.empty();

    /** The last violation seen, which has the smallest call so far. */
    private Optional<Violation> violation = Optional.empty();

    /** The same, without words on the conditions that it needs: those are not known before the search ends. */
    private Optional<Violation> unfinished = Optional.empty();

    private Optional<OperationCall> first = Optional.empty();
    private int callsLeft = CALLS_WHILE_SHRINKING;
    private long elementsLeft = ELEMENTS_WHILE_SHRINKING;

    /** @param needed the capabilities that every call of the check uses, so that no message has to name them */
    Violations(Requirement requirement, OperationUnderTest operation, Set<Capability> needed) {
        this.requirement = requirement;
        this.operation = operation;
        this.told = EnumSet.of(Factor.LAYOUT, Factor.MASK_SHAPE, Factor.GRADIENT);
        told.removeAll(needed.stream().flatMap(Violations::factors).toList());
    }

    private static Stream<Factor> factors(Capability capability) {
        return switch (capability) {
            case PERMUTED_INPUT -> Stream.of(Factor.LAYOUT);
            case NOISE_SHAPE -> Stream.of(Factor.MASK_SHAPE);
            case BACKWARD -> Stream.of(Factor.GRADIENT);
            default -> Stream.of();
        };
    }

    /** Sets the condition under which calls are asked from now on, which is made plainer where they fail; or none. */
    void under(Optional<Condition> condition) {
        under = condition;
    }

    /** The calls that were asked in the try under way. */
    CallsOfATry asked() {
        return calls;
    }

    /** Whether a violation was seen, so that the calls now are smaller ones. */
    boolean any() {
        return violation.isPresent();
    }

    /**
     * Pays for a call that is made to find a smaller one.
     *
     * @throws Violation when nothing is left to pay with
     */
    void payFor(long elements) {
        if (violation.isPresent()) {
            callsLeft--;
            elementsLeft -= elements;
            if (callsLeft < 0 || elementsLeft < 0) {
                throw unfinished.orElseThrow(); // every smaller call now seems to fail too: jqwik soon ends its search
            }
        }
    }

    /** @param ofItsSize whether a smaller call would show it too, unless the size is a part of what is wrong */
    Violation of(String finding, Call call, boolean ofItsSize) {
        String words = " (" + operation.words(call) + ")";
        Violation seen = of(finding + only(ofItsSize) + words);
        Violation plain = new Violation(requirement, finding + words, seen.calls(), seen.asked());
        plain.setStackTrace(seen.getStackTrace());
        unfinished = Optional.of(plain);
        return seen;
    }

    Violation of(String finding) {
        Violation seen = operation.site().isPresent()
                ? new Violation(requirement, finding, List.of(), shownBy())
                : new Violation(requirement, finding, calls.shown(), List.of());
        unfinished = Optional.of(seen);
        // another line of the check may see the same failure; jqwik would take another stack trace for another failure
        violation.ifPresent(first -> seen.setStackTrace(first.getStackTrace()));
        violation = Optional.of(seen);
        return seen;
    }

    /** The call of the operation that was asked last, and the one that showed it first, before any smaller one did. */
    private List<OperationCall> shownBy() {
        Optional<OperationCall> last = calls.lastAsked().or(() -> calls.last().flatMap(operation::behind));
        first = first.or(() -> last);
        return Stream.concat(last.stream(), first.stream()).distinct().toList();
    }

    /** What is still unusual about the condition, in words: without each of these nothing failed. */
    private String only(boolean ofItsSize) {
        List<String> words = new ArrayList<>();
        under.ifPresent(condition -> {
            words.addAll(condition.peculiarities(told));
            if (ofItsSize
                    && !FalseAlarmShares.BY_COINCIDENCE.contains(requirement.id())) { // those ask for nothing smaller
                condition.leastSize().ifPresent(words::add);
            }
        });
        return words.isEmpty() ? "" : ", only under: " + String.join("; ", words);
    }
}
