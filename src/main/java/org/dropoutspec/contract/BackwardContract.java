package org.dropoutspec.contract;

import static org.dropoutspec.condition.Factor.GRADIENT;
import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.MASK_OUTPUT;
import static org.dropoutspec.implementation.Capability.SEED;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.oracle.Scaled;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter BWD of the specification: the backward pass. */
public interface BackwardContract extends AskedGradientContract {
    /** How many calls at ordinary rates are asked before those at a rate next to 1. */
    int ORDINARY = 16;

    @Property
    @Checks(value = "BWD-1", pin = "743937ef", needs = BACKWARD, standsOn = "FWD-2")
    default void theGradientIsMaskedLikeTheOutput(@ForAll("callsWithMaskedGradients") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            boolean kept = seen.showsKept(i);
            if (kept == (seen.gradInput().value(i) == 0)) {
                Violation violation =
                        seen.unexpected("", i, kept ? "a gradient where the output is kept" : "0", seen.gradInput());
                if (seen.isMisreported(i)) {
                    // gradient and reported mask agree, and the output contradicts both
                    throw CheckRun.current().cause().saidBy("MASK-4", violation);
                }
                throw !kept && isTiny(seen.input().value(i)) ? saidOfValues(violation) : violation;
            }
        }
    }

    /** Whether an element is below the normal numbers of float32: it may have been lost, and not dropped. */
    private static boolean isTiny(double x) {
        return Math.abs(x) < Float.MIN_NORMAL;
    }

    private static Violation saidOfValues(Violation violation) {
        CheckRun run = CheckRun.current();
        boolean classic = run.description().choices().scaling() == Scaling.CLASSIC;
        return run.cause().saidBy(classic ? "FWD-8" : "FWD-1", violation);
    }

    @Property
    @Checks(
            value = "BWD-2",
            pin = "4b78d95d",
            needs = BACKWARD,
            standsOn = {"BWD-1", "FWD-1"})
    default void theGradientIsScaledLikeTheOutput(@ForAll("backwardCalls") Call call) {
        Observation seen = Observation.of(call);
        Tensor upstream = call.gradOutput().orElseThrow();
        for (int i = 0; i < seen.size(); i++) {
            // whether a gradient may be 0 is for another requirement, BWD-1
            if (seen.gradInput().value(i) != 0) {
                seen.requireClose("", i, seen.gradInput(), seen.scaled(upstream.bits(i)), Scaled.ULPS);
            }
        }
    }

    /** Training calls, in each type one at the largest rate that must be accepted: a narrow type may lack its scale. */
    @Provide
    default Arbitrary<Call> callsWithMaskedGradients() {
        CallArbitraries calls = CheckRun.calls();
        List<Call> nearOne = calls.floating().stream()
                .map(dtype -> Call.training(Math.nextDown(1f), Fill.COUNTING.fill(dtype, Shape.of(3), 0)))
                .map(call -> calls.seeded(call, 7))
                .toList();
        Arbitrary<Call> others = calls.training(Fill.COUNTING, Fill.MODERATE);
        return calls.withGradient(InTurn.after(ORDINARY, nearOne, others), Fill.COUNTING, Fill.MODERATE, Fill.ONES);
    }

    @Provide
    default Arbitrary<Call> backwardCalls() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradient(
                calls.training(Fill.COUNTING, Fill.MODERATE), Fill.COUNTING, Fill.MODERATE, Fill.ONES, Fill.NORMAL);
    }

    @Property
    @Checks(
            value = "BWD-3",
            pin = "77a79da4",
            needs = BACKWARD,
            standsOn = {"BWD-1", "SEED-1", "MASK-4", "MASK-7"},
            byCoincidence = true)
    default void theMaskIsNotInferredFromAnOutputThatIsZeroAnyway(@ForAll("callsWithZeroInput") Call call) {
        Observation seen = Observation.of(call);
        Optional<Tensor> mask = seen.knownMask();
        int zeros = 0;
        for (int i = 0; i < seen.size(); i++) {
            boolean zero = seen.gradInput().value(i) == 0;
            zeros += zero ? 1 : 0;
            if (mask.isPresent() && zero == (mask.get().bits(i) != 0)) {
                throw seen.unexpected(
                        "", i, zero ? "a gradient, for it is kept" : "0, for it is dropped", seen.gradInput());
            }
        }
        CheckRun run = CheckRun.current();
        if (mask.isEmpty()) {
            run.coincidences()
                    .spend(FalseAlarmShares.alike(
                            seen.size(), run.description().choices().rateResolution()));
        }
        if (mask.isEmpty() && (zeros == 0 || zeros == seen.size())) {
            throw run.cause()
                    .ofMasks(run.violation(
                            "expected a gradient for some of " + seen.size() + " zeros, and none for the others, got "
                                    + (zeros == 0 ? "one for all" : "none for all"),
                            call));
        }
    }

    /** Calls of zeros; where the mask is not known, 128 at rate .5: all or none dropped has probability 2^-127. */
    @Provide
    default Arbitrary<Call> callsWithZeroInput() {
        CallArbitraries calls = CheckRun.calls();
        boolean maskKnown = CheckRun.current().can(SEED) || CheckRun.current().can(MASK_OUTPUT);
        Arbitrary<Call> zeros = maskKnown
                ? CheckRun.covering().calls(Rates.ordinary(), Fill.ZEROS)
                : calls.training(Rates.only(0.5), Shapes.only(128), Fill.ZEROS);
        return calls.withGradient(zeros, Fill.COUNTING, Fill.MODERATE);
    }

    @Property
    @Checks(
            value = "BWD-4",
            pin = "b6317df2",
            needs = BACKWARD,
            when = EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5"})
    default void evaluationPassesTheGradientThrough(@ForAll("backwardCallsInEvaluation") Call call) {
        Observation seen = Observation.of(call);
        Tensor upstream = call.gradOutput().orElseThrow();
        for (int i = 0; i < seen.size(); i++) {
            seen.requireEvaluated("", i, seen.gradInput(), upstream.bits(i));
        }
    }

    @Provide
    default Arbitrary<Call> backwardCallsInEvaluation() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradient(
                CheckRun.covering()
                        .calls(Rates.accepted(CheckRun.current().description()), Fill.COUNTING, Fill.MODERATE)
                        .map(CallForm::evaluated),
                Fill.COUNTING,
                Fill.MODERATE,
                Fill.SUBNORMAL,
                Fill.MIXED);
    }

    @Property
    @Checks(
            value = "BWD-5",
            pin = "dbbae505",
            needs = BACKWARD,
            standsOn = {"RATE-8", "BWD-1", "BWD-6"},
            blindTo = GRADIENT,
            because = "it is about what becomes of an upstream gradient")
    default void aZeroUpstreamGradientGivesZero(@ForAll("callsWithZeroGradient") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            if (seen.gradInput().value(i) != 0) {
                Violation violation = seen.unexpected("", i, "0", seen.gradInput());
                throw call.rate() == 1 ? CheckRun.current().cause().saidBy("RATE-8", violation) : violation;
            }
        }
    }

    @Provide
    default Arbitrary<Call> callsWithZeroGradient() {
        CallArbitraries calls = CheckRun.calls();
        Rates accepted = Rates.accepted(CheckRun.current().description());
        return calls.withGradient(CheckRun.covering().calls(accepted, Fill.COUNTING, Fill.MIXED), Fill.ZEROS);
    }

    @Property
    @Checks(
            value = "BWD-6",
            pin = "13fa3264",
            needs = {BACKWARD, SEED},
            standsOn = {"SEED-1", "BWD-1", "BWD-2", "BWD-3", "MASK-7"},
            blindTo = GRADIENT,
            because = "it is about what becomes of an upstream gradient")
    default void theGradientDoesNotDependOnTheInputsValues(@ForAll("callsWithAnyInput") Call call) {
        Tensor plain = Fill.COUNTING.fill(call.input().dtype(), call.input().shape(), 0);
        Observation expected = Observation.of(call.withInput(plain));
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            seen.requireClose("", i, seen.gradInput(), expected.gradInput().bits(i), 0);
        }
    }

    @Provide
    default Arbitrary<Call> callsWithAnyInput() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradient(
                CheckRun.covering()
                        .callsOfAnySize(
                                Rates.ordinary(), Fill.MODERATE, Fill.ZEROS, Fill.INFINITIES, Fill.NANS, Fill.MIXED),
                Fill.COUNTING,
                Fill.MODERATE);
    }

    @Property
    @Checks(
            value = "BWD-7",
            pin = "4cb4b5a2",
            needs = BACKWARD,
            standsOn = {"BWD-1", "FWD-2"},
            blindTo = GRADIENT,
            because = "it is about what becomes of an upstream gradient")
    default void aNonFiniteGradientAtADroppedElementBecomesWhatIsDeclared(@ForAll("nonFiniteGradients") Call call) {
        Observation seen = Observation.of(call);
        Tensor upstream = call.gradOutput().orElseThrow();
        for (int i = 0; i < seen.size(); i++) {
            if (!seen.showsKept(i) && !Double.isFinite(upstream.value(i))) {
                seen.requireDropped("", i, seen.gradInput(), Double.NaN);
            }
        }
    }

    @Property
    @Checks(
            value = "BWD-8",
            pin = "57c9b93f",
            needs = BACKWARD,
            standsOn = {"BWD-1", "BWD-2", "FWD-1", "FWD-2"},
            blindTo = GRADIENT,
            because = "it is about what becomes of an upstream gradient")
    default void aNonFiniteGradientAtAKeptElementIsLetThrough(@ForAll("nonFiniteGradients") Call call) {
        Observation seen = Observation.of(call);
        Tensor upstream = call.gradOutput().orElseThrow();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.showsKept(i) && !Double.isFinite(upstream.value(i))) {
                seen.requireSame("", i, seen.gradInput(), upstream.bits(i));
            }
        }
    }

    @Provide
    default Arbitrary<Call> nonFiniteGradients() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradient(
                CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING, Fill.MODERATE),
                Fill.INFINITIES,
                Fill.NANS,
                Fill.ANY_NANS,
                Fill.SPOILT);
    }

    @Property
    @Checks(value = "BWD-9", pin = "6a5734e1", needs = BACKWARD)
    default void theGradientHasTheTypeAndShapeOfTheInput(@ForAll("backwardCalls") Call call) {
        CheckRun run = CheckRun.current();
        Tensor gradient = run.answer(call).gradInput().orElseThrow();
        if (gradient.dtype() != call.input().dtype() || !gradient.shape().equals(call.shape())) {
            throw run.violation(
                    "expected " + call.input().dtype() + " " + call.shape() + ", got " + gradient.dtype() + " "
                            + gradient.shape(),
                    call);
        }
    }
}
