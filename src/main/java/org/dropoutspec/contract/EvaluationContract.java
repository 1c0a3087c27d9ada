package org.dropoutspec.contract;

import static org.dropoutspec.condition.Factor.MASK_SHAPE;
import static org.dropoutspec.contract.Applies.CLASSIC;
import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.contract.Applies.INVERTED;
import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.implementation.Capability.SEED;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Chapter EVAL of the specification: evaluation. */
public interface EvaluationContract extends Contract {

    @Property
    @Checks(
            value = "EVAL-1",
            pin = "ab6150ac",
            when = {EVALUATION, INVERTED})
    default void evaluationReturnsItsInput(@ForAll("evaluationCalls") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            seen.requireSame("", i, seen.output(), seen.input().bits(i));
        }
    }

    @Provide
    default Arbitrary<Call> evaluationCalls() {
        Rates accepted = Rates.accepted(CheckRun.current().description());
        return CheckRun.covering()
                // a failure shrinks to the first filling, if that shows it
                .callsOfAnySize(accepted, Fill.COUNTING, Fill.ANYTHING, Fill.ANYTHING)
                .map(CallForm::evaluated);
    }

    @Property
    @Checks(
            value = "EVAL-2",
            pin = "612b4a8e",
            when = {EVALUATION, INVERTED},
            standsOn = "EVAL-1",
            blindTo = MASK_SHAPE,
            because = "an evaluation draws no mask")
    default void evaluationKeepsThePayloadOfANaN(@ForAll("evaluationCallsWithPayloads") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            seen.requireBits("", i, seen.output(), seen.input().bits(i));
        }
    }

    @Provide
    default Arbitrary<Call> evaluationCallsWithPayloads() {
        Rates accepted = Rates.accepted(CheckRun.current().description());
        return CheckRun.covering().calls(accepted, Fill.PAYLOADS).map(CallForm::evaluated);
    }

    @Property
    @Checks(
            value = "EVAL-3",
            pin = "8cd63111",
            needs = SEED,
            when = {EVALUATION, STREAM},
            standsOn = {"SEED-1", "SEED-2", "EVAL-1"})
    default void evaluationConsumesNoRandomness(@ForAll("replaysAroundAnEvaluation") Replay replay) {
        if (CheckRun.current().begins()) {
            Walk.ofEach(EachKind.aroundWhatDrawsNothing(call -> call.withTraining(false)), Walk.Judging.MASKS);
        }
        Call next = replay.next();
        Tensor expected = Observation.shownMasks(List.of(replay.start(), next)).get(1);
        Observation.of(replay.start());
        CheckRun.current().answer(replay.evaluation());
        Tensor seen = Observation.of(next).shownMask();
        CheckRun run = CheckRun.current();
        String between = "an evaluation (" + run.words(replay.evaluation()) + ")";
        String start = run.words(replay.start());
        MaskEquality.required(
                expected, seen, "since " + between + " came between the call (" + start + ") and this one", next);
    }

    @Provide
    default Arbitrary<Replay> replaysAroundAnEvaluation() {
        return CheckRun.covering().replays();
    }

    @Property
    @Checks(
            value = "EVAL-4",
            pin = "1a2dcf7b",
            when = EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5"})
    default void evaluationAtOnceAfterTrainingIsEvaluation(@ForAll("forwardCallsBeforeEvaluation") Call call) {
        CheckRun.current().answer(call);
        Observation seen = Observation.of(CallForm.evaluated(call).withoutSeed());
        for (int i = 0; i < seen.size(); i++) {
            seen.requireEvaluated(
                    "evaluated after training,", i, seen.output(), seen.input().bits(i));
        }
    }

    @Provide
    default Arbitrary<Call> forwardCallsBeforeEvaluation() {
        return CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING);
    }

    @Property
    @Checks(
            value = "EVAL-5",
            pin = "0821d78e",
            when = {EVALUATION, CLASSIC})
    default void evaluationScalesWhereScalingIsClassic(@ForAll("classicEvaluationCalls") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            seen.requireEvaluated("", i, seen.output(), seen.input().bits(i));
        }
    }

    @Provide
    default Arbitrary<Call> classicEvaluationCalls() {
        return CheckRun.calls().evaluation(Shapes.any(), Fill.COUNTING, Fill.MODERATE);
    }
}
