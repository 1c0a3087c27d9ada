package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.RECOMPUTE;
import static org.dropoutspec.implementation.Capability.RETAIN;
import static org.dropoutspec.implementation.Capability.SEED;
import static org.dropoutspec.implementation.Capability.STATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.tensor.Tensor;

/** Chapter BWD of the specification, where the backward pass comes later than its call. */
public interface RetainContract extends Contract {
    /** The number of no request in a run: there are not as many. */
    long NEVER_MADE = 1L << 30;

    @Property(tries = 80)
    @Checks(
            value = "BWD-11",
            pin = "1b41a002",
            needs = RETAIN,
            standsOn = {"BWD-1", "BWD-2"})
    default void aRetainedCallKeepsItsMask(@ForAll("retainedCalls") List<Step> steps) {
        Walk.of(steps, Walk.Judging.GRADIENTS);
    }

    @Provide
    default Arbitrary<List<Step>> retainedCalls() {
        Steps steps = new Steps();
        Arbitrary<Asked> kept = Steps.kept(steps.anywhere(steps.training()));
        List<Arbitrary<? extends Step>> kinds = new ArrayList<>(List.of(
                kept,
                kept,
                steps.anywhere(steps.training()),
                steps.seeded(kept),
                Steps.kept(steps.anywhere(steps.evaluations(steps.training()))),
                steps.evaluations(steps.training()),
                steps.wrong(),
                Steps.backward(),
                Steps.backward(),
                Steps.backward(),
                Steps.release()));
        if (CheckRun.current().can(STATE)) {
            kinds.addAll(List.of(Steps.save(), Steps.restore(), Steps.restore()));
        }
        return steps.withManyKept(steps.of(kinds));
    }

    @Property(tries = 25)
    @Checks(
            value = "BWD-12",
            pin = "973739c9",
            needs = {RECOMPUTE, BACKWARD},
            standsOn = {"BWD-1", "BWD-2", "SEED-1", "SEED-2"})
    default void aRecomputedForwardPassHasTheSameMask(@ForAll("recomputedCalls") List<Step> steps) {
        boolean replayed = STREAM.holdsFor(CheckRun.current().description());
        Walk.of(steps, replayed ? Walk.Judging.BOTH : Walk.Judging.GRADIENTS);
    }

    @Provide
    default Arbitrary<List<Step>> recomputedCalls() {
        Steps steps = new Steps();
        Arbitrary<Asked> draws = Steps.withGradient(steps.draws());
        Arbitrary<Asked> again = draws.map(Asked::recompute);
        Arbitrary<List<Step>> calls = steps.of(List.of(draws, again));
        return STREAM.holdsFor(CheckRun.current().description())
                        && CheckRun.current().can(SEED)
                ? steps.twice(calls, RetainContract::once)
                : calls;
    }

    private static Optional<Step> once(Step step) {
        return Optional.of(step)
                .map(Asked.class::cast)
                .map(asked -> new Asked(asked.call(), asked.instance(), asked.retained(), false));
    }

    @Property(tries = 25)
    @Checks(
            value = "BWD-13",
            pin = "595c7d55",
            needs = {RETAIN, SEED},
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2"})
    default void aBackwardPassDrawsNothing(@ForAll("backwardPassesInBetween") List<Step> steps) {
        Walk.of(steps, Walk.Judging.MASKS);
    }

    @Provide
    default Arbitrary<List<Step>> backwardPassesInBetween() {
        Steps steps = new Steps();
        Arbitrary<Asked> kept = Steps.kept(steps.draws());
        return steps.twice(
                steps.of(List.of(steps.draws(), kept, Steps.backward(), Steps.release())),
                step -> Optional.of(step).filter(Asked.class::isInstance));
    }

    @Example
    @Checks(value = "BWD-14", pin = "4722f50b", needs = RETAIN)
    default void whatIsNotRetainedIsRejected() {
        CheckRun run = CheckRun.current();
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, 6);
        Tensor upstream =
                run.session().standingBehind(call.withGradOutput(call.input())).tensor("grad_output");
        requireRejected(NEVER_MADE, upstream, "that was never made");
        long used = retained(call);
        requireAnswered(BetweenCalls.backward(used, upstream));
        requireRejected(used, upstream, "whose backward pass was made");
        long released = retained(call);
        requireAnswered(BetweenCalls.release(released));
        requireRejected(released, upstream, "that was released");
        // and what is retained is there still
        long kept = retained(call);
        requireRejected(NEVER_MADE, upstream, "that was never made");
        requireAnswered(BetweenCalls.backward(kept, upstream));
    }

    private static void requireAnswered(OperationCall asked) {
        CheckRun run = CheckRun.current();
        try {
            run.ask(asked);
        } catch (RejectedCall rejection) {
            throw run.violation(
                    "rejected: " + rejection.getMessage() + " (" + asked.operation() + " of a call that is retained)");
        }
    }

    private static long retained(Call call) {
        return retainedAnswer(call).integer("id");
    }

    private static OperationResult retainedAnswer(Call call) {
        CheckRun run = CheckRun.current();
        OperationCall asked = BetweenCalls.retained(run.session().standingBehind(call));
        try {
            return run.ask(call, asked);
        } catch (RejectedCall rejection) {
            throw run.violation("rejected: " + rejection.getMessage() + " (" + asked + ")");
        }
    }

    private static void requireRejected(long id, Tensor upstream, String which) {
        for (OperationCall asked : List.of(BetweenCalls.backward(id, upstream), BetweenCalls.release(id))) {
            CheckRun run = CheckRun.current();
            try {
                run.ask(asked);
            } catch (RejectedCall asRequired) {
                continue;
            }
            throw run.violation(
                    "expected a rejection, got an answer (" + asked.operation() + " of a call " + which + ")");
        }
    }

    @Example
    @Checks(value = "BWD-15", pin = "f0d75fa6", needs = RETAIN, standsOn = "BWD-11")
    default void whatIsUsedOrReleasedIsLetGo() {
        CheckRun run = CheckRun.current();
        boolean plain = run.session().site().isEmpty();
        int rounds = run.session().tier() == Tier.QUICK || !plain ? 200 : 10_000;
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, 64);
        Tensor upstream =
                run.session().standingBehind(call.withGradOutput(call.input())).tensor("grad_output");
        for (int round = 0; round < rounds; round++) {
            try {
                OperationCall asked = BetweenCalls.retained(run.session().standingBehind(call));
                long id = run.ask(call, asked).integer("id");
                run.ask(round % 2 == 0 ? BetweenCalls.release(id) : BetweenCalls.backward(id, upstream));
            } catch (RejectedCall rejection) {
                throw run.violation(
                        "after " + round + " calls were retained and used or released, one at a time, the next is"
                                + " rejected: " + rejection.getMessage(),
                        call);
            }
        }
    }
}
