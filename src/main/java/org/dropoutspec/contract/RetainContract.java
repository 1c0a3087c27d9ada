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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Own;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.RejectedCall;

/** Chapter BWD of the specification, where the backward pass comes later than its call. */
public interface RetainContract extends Contract {
    /** The number of a request that no run comes to. */
    long NEVER_MADE = 1L << 30;

    @Property(tries = 80)
    @Checks(
            value = "BWD-11",
            pin = "1b41a002",
            needs = RETAIN,
            standsOn = {"BWD-1", "BWD-2", "BWD-4", "STATE-9"})
    default void aRetainedCallKeepsItsMask(@ForAll("retainedCalls") List<Step> steps) {
        if (CheckRun.current().begins()) {
            Walk.ofEach(EachKind.beforeABackwardPass(), Walk.Judging.GRADIENTS);
        }
        Walk.of(steps, Walk.Judging.GRADIENTS);
    }

    @Provide
    default Arbitrary<List<Step>> retainedCalls() {
        if (CheckRun.current().session().operation().site().isPresent()) {
            return InTurn.once(StepLists.between(), OwnSteps.lists(RetainContract::retainedOwn));
        }
        Arbitrary<Asked> training = Steps.anyBuffer(Steps.anywhere(Steps.training()));
        Arbitrary<Asked> kept = Steps.kept(training);
        Arbitrary<List<Step>> repeated = StepLists.withManyKept(
                Steps.mostPlain().keep(),
                StepLists.of(among(List.of(
                        kept,
                        kept,
                        training,
                        Steps.seeded(kept),
                        Steps.kept(Steps.anyBuffer(Steps.withZeros())),
                        Steps.kept(Steps.anywhere(Steps.evaluations(Steps.training()))),
                        Steps.evaluations(Steps.training()),
                        Steps.wrong()))));
        Arbitrary<Asked> covered = Steps.kept(Steps.covered());
        Arbitrary<Asked> large = Steps.kept(Steps.larger(Steps.large()));
        return InTurn.once(
                StepLists.between(),
                Arbitraries.frequencyOf(
                        Tuple.of(4, repeated),
                        Tuple.of(1, StepLists.of(List.of(large, large, Steps.backward(), Steps.release()))),
                        Tuple.of(
                                2,
                                StepLists.of(List.of(covered, covered, covered, Steps.backward(), Steps.backward()))),
                        Tuple.of(2, StepLists.madeAgain())));
    }

    private static Arbitrary<List<Step>> retainedOwn(List<OperationCall> calls) {
        Arbitrary<Own> training = Steps.anyBuffer(Steps.anywhere(OwnSteps.of(calls)));
        Arbitrary<Own> kept = training.map(Own::keep);
        Arbitrary<Own> evaluations = OwnSteps.evaluations(Steps.anywhere(OwnSteps.of(calls)));
        return StepLists.withManyKept(
                Own.of(calls.get(0)).keep(),
                StepLists.of(
                        among(List.of(kept, kept, training, evaluations.map(Own::keep), evaluations, Steps.wrong()))));
    }

    /** These steps, with those that use and release what they retain, and where there are states move the stream. */
    private static List<Arbitrary<? extends Step>> among(List<Arbitrary<? extends Step>> retaining) {
        List<Arbitrary<? extends Step>> kinds = new ArrayList<>(retaining);
        kinds.addAll(List.of(Steps.backward(), Steps.backward(), Steps.backward(), Steps.release()));
        if (CheckRun.current().can(STATE)) {
            kinds.addAll(List.of(Steps.save(), Steps.restore(), Steps.restore()));
        }
        return kinds;
    }

    @Property(tries = 40)
    @Checks(
            value = "BWD-12",
            pin = "973739c9",
            needs = {RECOMPUTE, BACKWARD},
            standsOn = {
                "BWD-1", "BWD-2", "SEED-1", "SEED-2", "EVAL-3", "MASK-3", "STATE-7", "BWD-10", "BWD-13", "STATE-9"
            })
    default void aRecomputedForwardPassHasTheSameMask(@ForAll("recomputedCalls") List<Step> steps) {
        boolean replayed = STREAM.holdsFor(CheckRun.current().description());
        Walk.of(steps, replayed ? Walk.Judging.BOTH : Walk.Judging.GRADIENTS);
    }

    @Provide
    default Arbitrary<List<Step>> recomputedCalls() {
        if (CheckRun.current().session().operation().site().isPresent()) {
            return OwnSteps.lists(calls -> replayed(
                    StepLists.of(List.of(Steps.draws(), OwnSteps.of(calls).map(step -> step.recompute(true))))));
        }
        Arbitrary<Asked> draws = Steps.withGradient(Steps.draws());
        Arbitrary<Asked> recomputed = Steps.anywhere(draws).map(step -> step.recompute(true));
        Arbitrary<Asked> covered = Steps.withGradient(Steps.covered()).map(step -> step.recompute(true));
        Arbitrary<Asked> large = Steps.withGradient(Steps.larger(Steps.far()));
        return Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        replayed(StepLists.of(List.of(
                                Steps.anywhere(draws),
                                Steps.interlude(),
                                recomputed,
                                recomputed,
                                Steps.seeded(recomputed))))),
                Tuple.of(1, replayed(large.map(step -> List.of(step.recompute(true), Steps.mostPlain())))),
                Tuple.of(3, replayed(StepLists.of(List.of(draws, covered, covered)))));
    }

    private static Arbitrary<List<Step>> replayed(Arbitrary<List<Step>> calls) {
        CheckRun run = CheckRun.current();
        return STREAM.holdsFor(run.description()) && run.can(SEED)
                ? StepLists.twiceInEach(calls, RetainContract::once)
                : calls;
    }

    private static Optional<Step> once(Step step) {
        if (step instanceof Own own) {
            return Optional.of(own.recompute(false));
        }
        return step instanceof Asked asked ? Optional.of(asked.recompute(false)) : Optional.empty();
    }

    @Property(tries = 40)
    @Checks(
            value = "BWD-13",
            pin = "595c7d55",
            needs = {RETAIN, SEED},
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2", "EVAL-3", "MASK-3", "BWD-11", "STATE-7", "BWD-10"})
    default void aBackwardPassDrawsNothing(@ForAll("backwardPassesInBetween") List<Step> steps) {
        if (CheckRun.current().begins()) {
            Walk.ofEach(
                    EachKind.withItsBackwardPass().stream()
                            .map(list -> StepLists.twice(list, StepLists::call))
                            .toList(),
                    Walk.Judging.MASKS);
        }
        Walk.of(steps, Walk.Judging.MASKS);
    }

    @Provide
    default Arbitrary<List<Step>> backwardPassesInBetween() {
        if (CheckRun.current().session().operation().site().isPresent()) {
            return OwnSteps.lists(calls -> passesAmong(OwnSteps.of(calls).map(Own::keep)));
        }
        Arbitrary<Asked> draws = Steps.anywhere(Steps.draws());
        Arbitrary<Asked> kept = Steps.kept(Arbitraries.frequencyOf(
                Tuple.of(4, draws), Tuple.of(2, Steps.evaluations(draws)), Tuple.of(1, Steps.larger(Steps.far()))));
        return passesAmong(
                Arbitraries.frequencyOf(Tuple.of(6, kept.map(step -> (Step) step)), Tuple.of(1, Steps.interlude())));
    }

    private static Arbitrary<List<Step>> passesAmong(Arbitrary<? extends Step> kept) {
        return StepLists.twiceInEach(
                StepLists.of(List.of(Steps.draws(), kept, kept, Steps.backward(), Steps.backward(), Steps.release())),
                StepLists::call);
    }

    @Example
    @Checks(value = "BWD-14", pin = "4722f50b", needs = RETAIN)
    default void whatIsNotRetainedIsRejected() {
        CheckRun run = CheckRun.current();
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, 6);
        OperationCall asked = run.standingBehind(call);
        requireRejected(NEVER_MADE, asked, "that was never made");
        long used = retained(call, asked);
        requireAnswered(backward(used, asked));
        requireRejected(used, asked, "whose backward pass was made");
        long released = retained(call, asked);
        requireAnswered(BetweenCalls.release(released));
        requireRejected(released, asked, "that was released");
        // a rejection leaves alone what is retained
        long kept = retained(call, asked);
        requireRejected(NEVER_MADE, asked, "that was never made");
        requireAnswered(backward(kept, asked));
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

    private static OperationCall backward(long id, OperationCall asked) {
        return BetweenCalls.backward(
                id, CheckRun.current().session().operation().differentiated(asked), asked);
    }

    private static long retained(Call call, OperationCall plain) {
        CheckRun run = CheckRun.current();
        OperationCall asked = BetweenCalls.retained(plain);
        return run.answer(call, asked).integer("id");
    }

    private static void requireRejected(long id, OperationCall call, String which) {
        for (OperationCall asked : List.of(backward(id, call), BetweenCalls.release(id))) {
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
        boolean plain = run.session().operation().site().isEmpty();
        boolean many = run.session().tier() != Tier.QUICK && plain;
        int elements = many ? 1024 : 64;
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, elements);
        OperationCall asked = run.standingBehind(call);
        if (!many) {
            for (int round = 0; round < 200; round++) {
                letGo(round, call, asked);
            }
            return;
        }
        // a mask takes at least one bit for each element
        new Growth(2_500, elements / 8)
                .of(round -> letGo(round, call, asked), round -> run.ask(call, asked))
                .ifPresent(bytes -> {
                    run.outcome().evidence().put(Verdict.LEFT_BEHIND, bytes);
                    run.outcome()
                            .certify(
                                    "each retained call leaves " + bytes + " bytes in the memory of the process when it"
                                            + " was used or released, as calls that are not retained do not");
                });
    }

    private static void letGo(int round, Call call, OperationCall asked) {
        CheckRun run = CheckRun.current();
        run.circumstance(
                round == 0
                        ? ""
                        : "after " + round
                                + " calls were retained and used or released, one at a time, which leave nothing to keep");
        try {
            long id = run.ask(call, BetweenCalls.retained(asked)).integer("id");
            run.ask(round % 2 == 0 ? BetweenCalls.release(id) : backward(id, asked));
        } catch (RejectedCall rejection) {
            throw run.violation(
                    "after " + round
                            + " calls were retained and used or released, one at a time, the next is rejected: "
                            + rejection.getMessage(),
                    call);
        }
    }
}
