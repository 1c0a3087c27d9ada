package org.dropoutspec.contract;

import static org.dropoutspec.condition.Factor.GRADIENT;
import static org.dropoutspec.condition.Factor.LARGE_AXIS;
import static org.dropoutspec.condition.Factor.LAST_AXIS;
import static org.dropoutspec.condition.Factor.LAYOUT;
import static org.dropoutspec.condition.Factor.MASK_SHAPE;
import static org.dropoutspec.condition.Factor.RANK;
import static org.dropoutspec.condition.Factor.RATE;
import static org.dropoutspec.condition.Factor.RESIDUE;
import static org.dropoutspec.condition.Factor.SIZE;
import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.NOISE_SHAPE;
import static org.dropoutspec.implementation.Capability.PERMUTED_INPUT;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter SHAPE of the specification: scalars, empty tensors, broadcast masks, strided input. */
public interface ShapeContract extends Contract {
    Shape NOTHING_SHARED = Shape.of(16, 16);

    @Property
    @Checks(
            value = "SHAPE-1",
            pin = "45ad55a1",
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "EVAL-1", "EVAL-5", "BWD-1", "BWD-2", "BWD-4", "RATE-1"},
            blindTo = {SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, LAYOUT, MASK_SHAPE, GRADIENT},
            because = "a scalar has one element and no axes; a gradient is asked for where it can be")
    default void aScalarIsTaken(@ForAll("scalarCalls") Call call) {
        WholeAnswer.require(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> scalarCalls() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradientWherePossible(
                calls.ofEach(calls.kinds(List.of(0.5, 0.25, 0.0)), Rates.ordinary(), Shapes.only(), Fill.COUNTING),
                Fill.COUNTING);
    }

    @Property
    @Checks(
            value = "SHAPE-2",
            pin = "4f8c3697",
            standsOn = "RATE-1",
            blindTo = {SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, LAYOUT, MASK_SHAPE, GRADIENT},
            because = "an empty tensor has no elements to tell by; a gradient is asked for where it can be")
    default void anEmptyTensorIsTaken(@ForAll("emptyCalls") Call call) {
        WholeAnswer.require(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> emptyCalls() {
        CallArbitraries calls = CheckRun.calls();
        Arbitrary<Shape> shapes =
                InTurn.first(List.of(Shape.of(0), Shape.of(0, 3), Shape.of(3, 0), Shape.of(2, 0, 3)), Shapes.empty());
        return calls.withGradientWherePossible(
                calls.ofEach(calls.kinds(List.of(0.5)), Rates.ordinary(), shapes, Fill.COUNTING), Fill.COUNTING);
    }

    @Property
    @Checks(
            value = "SHAPE-3",
            pin = "9f195f7e",
            needs = NOISE_SHAPE,
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "BWD-1", "BWD-2"})
    default void theMaskIsSharedAlongAxesOfExtentOne(@ForAll("noiseShapeCalls") Call call) {
        Observation seen = Observation.of(call);
        WholeAnswer.require(seen);
        int[] sharedBy = call.maskShape().indicesBroadcastTo(call.shape());
        Map<Integer, Integer> first = new HashMap<>();
        for (int i = 0; i < seen.size(); i++) {
            first.putIfAbsent(sharedBy[i], i);
            int j = first.get(sharedBy[i]);
            if (seen.showsKept(i) != seen.showsKept(j)) {
                throw seen.unexpected(
                        "", i, (seen.showsKept(j) ? "kept" : "dropped") + " like index " + j, seen.output());
            }
        }
    }

    @Provide
    default Arbitrary<Call> noiseShapeCalls() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradientWherePossible(
                calls.withNoiseShape(calls.training(Rates.ordinary(), Shapes.ofSeveralAxes(), Fill.COUNTING)),
                Fill.COUNTING);
    }

    @Property
    @Checks(
            value = "SHAPE-4",
            pin = "15ef582f",
            needs = NOISE_SHAPE,
            standsOn = {"SHAPE-3", "SEED-9"},
            byCoincidence = true,
            blindTo = {RATE, MASK_SHAPE},
            because = "it is about noise shapes, and all are least often alike by chance at rate .5")
    default void theMaskVariesAlongTheOtherAxes(@ForAll("wideNoiseShapeCalls") Call call) {
        Observation seen = Observation.of(call);
        CheckRun run = CheckRun.current();
        double resolution = run.description().choices().rateResolution();
        Shape noise = call.maskShape();
        for (int axis = 0; axis < noise.rank(); axis++) {
            int extent = noise.extent(axis);
            int lines = extent == 0 ? 0 : noise.size() / extent;
            if (noise.size() - lines < Conditions.WIDE.size() - 1) {
                continue;
            }
            run.coincidences().spend(Math.pow(FalseAlarmShares.alike(extent, resolution), lines));
            if (!varies(seen, axis + call.shape().rank() - noise.rank())) {
                Violation alike =
                        run.violation("expected some of " + noise + " dropped, got all alike along axis " + axis, call);
                String other = call.seed().isPresent() ? "SEED-9" : "MASK-2";
                throw variesWithoutNoiseShape(call, axis)
                        ? alike
                        : run.cause().saidBy(other, run.cause().ofMasks(alike));
            }
        }
        if (run.begins() && !run.can(Capability.FEW_SHAPES)) {
            requireBothKindsWhereNothingIsShared(run);
        }
    }

    /** Asks a mask that shares nothing: any observation requires that some elements are kept and some dropped. */
    private static void requireBothKindsWhereNothingIsShared(CheckRun run) {
        DType dtype = CheckRun.calls().floating().get(0);
        run.violations().under(Optional.empty());
        Observation.of(
                Call.training(0.5, Fill.COUNTING.fill(dtype, NOTHING_SHARED, 0)).withNoiseShape(NOTHING_SHARED));
    }

    /** Whether a mask of this shape varies along the axis, as it should, where no noise shape asks for it. */
    private static boolean variesWithoutNoiseShape(Call call, int axis) {
        Tensor input = Fill.COUNTING.fill(call.input().dtype(), call.maskShape(), 0);
        Call own = Call.training(call.rate(), input);
        return varies(
                Observation.of(
                        call.seed().isPresent() ? own.withSeed(call.seed().getAsLong()) : own),
                axis);
    }

    /** Whether some element is not like the one before it on this axis of the input. */
    private static boolean varies(Observation seen, int axis) {
        Shape shape = seen.input().shape();
        int stride = shape.strides()[axis];
        for (int i = 0; i < shape.size(); i++) {
            if (i / stride % shape.extent(axis) > 0 && seen.showsKept(i) != seen.showsKept(i - stride)) {
                return true;
            }
        }
        return false;
    }

    /** Calls at rate .5, so large that a sound mask is all alike along an axis with probability 2^-127 at most. */
    @Provide
    default Arbitrary<Call> wideNoiseShapeCalls() {
        Arbitrary<Shape> others = InTurn.of(List.of(Shape.of(128, 3), Shape.of(3, 128)));
        return CheckRun.covering()
                .calls(
                        CheckRun.calls().floating(),
                        Rates.only(0.5),
                        row -> row.noiseShape().isPresent() && row.maskSize() >= Conditions.WIDE.size(),
                        others,
                        Fill.COUNTING)
                .map(call -> call.noiseShape().isPresent() ? call : call.withNoiseShape(wide(call.shape())));
    }

    /** The shape with 1 in the place of each extent of 3. */
    private static Shape wide(Shape shape) {
        return Shape.of(Arrays.stream(shape.extents())
                .map(extent -> extent == 3 ? 1 : extent)
                .toArray());
    }

    @Property
    @Checks(
            value = "SHAPE-5",
            pin = "c4233594",
            needs = NOISE_SHAPE,
            blindTo = MASK_SHAPE,
            because = "it is about noise shapes")
    default void aNoiseShapeThatDoesNotBroadcastIsRejected(@ForAll("badNoiseShapeCalls") Call call) {
        CheckRun.current().rejection(call);
    }

    @Provide
    default Arbitrary<Call> badNoiseShapeCalls() {
        CallArbitraries calls = CheckRun.calls();
        DType dtype = calls.floating().get(0);
        List<Call> named = List.of(
                badly(dtype, Shape.of(3), Shape.of(2)),
                badly(dtype, Shape.of(1, 3), Shape.of(4, 3)),
                badly(dtype, Shape.of(1, 3), Shape.of(2, 1, 3)),
                badly(dtype, Shape.of(2, 3), Shape.of(1, 2, 3)),
                badly(dtype, Shape.of(4, 3), Shape.of(2, 3)));
        return InTurn.first(
                named,
                Combinators.combine(
                                CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING),
                                InTurn.of(List.of(BadNoise.values())),
                                Arbitraries.integers().between(0, 5))
                        .as((call, how, axis) -> call.withNoiseShape(how.of(call.maskShape(), call.shape(), axis))));
    }

    private static Call badly(DType dtype, Shape shape, Shape noise) {
        return Call.training(0.5, Fill.COUNTING.fill(dtype, shape, 0)).withNoiseShape(noise);
    }

    @Property
    @Checks(
            value = "SHAPE-6",
            pin = "9c7acb45",
            needs = PERMUTED_INPUT,
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "BWD-1", "BWD-2"})
    default void aStridedInputIsMappedElementByElement(@ForAll("permutedCalls") Call call) {
        WholeAnswer.require(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> permutedCalls() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradientWherePossible(
                calls.withPermutation(calls.training(Rates.ordinary(), Shapes.ofSeveralAxes(), Fill.COUNTING)),
                Fill.COUNTING,
                Fill.MODERATE);
    }

    @Property
    @Checks(
            value = "SHAPE-7",
            pin = "2805910e",
            needs = PERMUTED_INPUT,
            when = EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5", "BWD-4"})
    default void aStridedInputIsEvaluatedElementByElement(@ForAll("permutedEvaluationCalls") Call call) {
        WholeAnswer.require(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> permutedEvaluationCalls() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradientWherePossible(
                calls.withPermutation(calls.evaluation(Shapes.ofSeveralAxes(), Fill.COUNTING)), Fill.COUNTING);
    }

    @Property
    @Checks(
            value = "SHAPE-8",
            pin = "c34c7320",
            needs = PERMUTED_INPUT,
            standsOn = {"FWD-6", "BWD-9"})
    default void outputAndGradientOfAStridedInputHaveItsShape(@ForAll("permutedCalls") Call call) {
        CheckRun run = CheckRun.current();
        Result result = run.answer(call);
        if (!result.output().shape().equals(call.shape())) {
            throw run.violation(
                    "output: expected " + call.shape() + ", got "
                            + result.output().shape(),
                    call);
        }
        result.gradInput().ifPresent(gradient -> {
            if (!gradient.shape().equals(call.shape())) {
                throw run.violation("gradient: expected " + call.shape() + ", got " + gradient.shape(), call);
            }
        });
    }
}
