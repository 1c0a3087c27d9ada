package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.contract.Calls.only;
import static org.dropoutspec.contract.Calls.ordinaryRates;
import static org.dropoutspec.contract.Calls.shapes;
import static org.dropoutspec.implementation.Capability.NOISE_SHAPE;
import static org.dropoutspec.implementation.Capability.PERMUTED_INPUT;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;

/** Chapter SHAPE of the specification: scalars, empty tensors, broadcast masks, strided input. */
public interface ShapeContract extends Contract {

    @Property
    @Checks(
            value = "SHAPE-1",
            pin = "45ad55a1",
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "EVAL-1", "EVAL-5", "BWD-1", "BWD-2", "BWD-4", "RATE-1"})
    default void aScalarIsTaken(@ForAll("scalarCalls") Call call) {
        Observation.of(call).requireDropout();
    }

    @Provide
    default Arbitrary<Call> scalarCalls() {
        return anyMode(only());
    }

    @Property
    @Checks(value = "SHAPE-2", pin = "4f8c3697", standsOn = "RATE-1")
    default void anEmptyTensorIsTaken(@ForAll("emptyCalls") Call call) {
        Observation.of(call).requireDropout();
    }

    @Provide
    default Arbitrary<Call> emptyCalls() {
        return anyMode(Calls.emptyShapes());
    }

    private static Arbitrary<Call> anyMode(Arbitrary<Shape> shapes) {
        Calls calls = Hearing.calls();
        return calls.withGradientWherePossible(
                calls.inEitherMode(ordinaryRates(), shapes, Values.COUNTING), Values.COUNTING);
    }

    @Property
    @Checks(
            value = "SHAPE-3",
            pin = "9f195f7e",
            needs = NOISE_SHAPE,
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "BWD-1", "BWD-2"})
    default void theMaskIsSharedAlongAxesOfExtentOne(@ForAll("noiseShapeCalls") Call call) {
        Observation seen = Observation.of(call);
        seen.requireDropout();
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
        Calls calls = Hearing.calls();
        return calls.withGradientWherePossible(
                calls.withNoiseShape(calls.training(ordinaryRates(), Calls.shapesOfSeveralAxes(), Values.COUNTING)),
                Values.COUNTING);
    }

    @Property
    @Checks(value = "SHAPE-4", pin = "335a698e", needs = NOISE_SHAPE, standsOn = "SHAPE-3", byCoincidence = true)
    default void theMaskVariesAlongTheOtherAxes(@ForAll("wideNoiseShapeCalls") Call call) {
        Observation seen = Observation.of(call);
        Shape mask = call.maskShape();
        int axis = IntStream.range(0, mask.rank())
                .boxed()
                .max(Comparator.comparingInt(mask::extent))
                .orElseThrow();
        int stride = call.shape().strides()[axis];
        boolean varies = false;
        for (int i = 0; i < mask.extent(axis); i++) {
            varies |= seen.showsKept(i * stride) != seen.showsKept(0);
        }
        Hearing hearing = Hearing.current();
        hearing.spend(
                Account.alike(mask.extent(axis), hearing.description().choices().rateResolution()));
        if (!varies) {
            throw hearing.violation(
                    "expected some of " + call.maskShape() + " dropped, got all alike along axis " + axis, call);
        }
    }

    /** 128 mask elements at rate .5: all alike has probability 2^-127. */
    @Provide
    default Arbitrary<Call> wideNoiseShapeCalls() {
        Calls calls = Hearing.calls();
        return Arbitraries.oneOf(
                calls.training(Arbitraries.just(0.5), only(128, 3), Values.COUNTING)
                        .map(call -> call.withNoiseShape(Shape.of(128, 1))),
                calls.training(Arbitraries.just(0.5), only(3, 128), Values.COUNTING)
                        .map(call -> call.withNoiseShape(Shape.of(1, 128))));
    }

    @Property
    @Checks(value = "SHAPE-5", pin = "c4233594", needs = NOISE_SHAPE)
    default void aNoiseShapeThatDoesNotBroadcastIsRejected(@ForAll("badNoiseShapeCalls") Call call) {
        Hearing.current().rejection(call);
    }

    @Provide
    default Arbitrary<Call> badNoiseShapeCalls() {
        Arbitrary<Call> calls = Hearing.calls().training(ordinaryRates(), Calls.shapesOfSeveralAxes(), Values.COUNTING);
        return Combinators.combine(
                        calls,
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1, 3))
                .as((call, axis, more) -> {
                    int[] extents = call.shape().extents();
                    extents[axis % extents.length] += more;
                    return call.withNoiseShape(Shape.of(extents));
                });
    }

    @Property
    @Checks(
            value = "SHAPE-6",
            pin = "9c7acb45",
            needs = PERMUTED_INPUT,
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "BWD-1", "BWD-2"})
    default void aStridedInputIsMappedElementByElement(@ForAll("permutedCalls") Call call) {
        Observation.of(call).requireDropout();
    }

    @Provide
    default Arbitrary<Call> permutedCalls() {
        Calls calls = Hearing.calls();
        return calls.withGradientWherePossible(
                calls.withPermutation(calls.training(ordinaryRates(), Calls.shapesOfSeveralAxes(), Values.COUNTING)),
                Values.COUNTING,
                Values.MODERATE);
    }

    @Property
    @Checks(
            value = "SHAPE-7",
            pin = "2805910e",
            needs = PERMUTED_INPUT,
            when = EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5", "BWD-4"})
    default void aStridedInputIsEvaluatedElementByElement(@ForAll("permutedEvaluationCalls") Call call) {
        Observation.of(call).requireDropout();
    }

    @Provide
    default Arbitrary<Call> permutedEvaluationCalls() {
        Calls calls = Hearing.calls();
        return calls.withGradientWherePossible(
                calls.withPermutation(calls.evaluation(Calls.shapesOfSeveralAxes(), Values.COUNTING)), Values.COUNTING);
    }

    @Property
    @Checks(
            value = "SHAPE-8",
            pin = "c34c7320",
            needs = PERMUTED_INPUT,
            standsOn = {"FWD-6", "BWD-9"})
    default void outputAndGradientOfAStridedInputHaveItsShape(@ForAll("permutedCalls") Call call) {
        Hearing hearing = Hearing.current();
        Result result = hearing.answer(call);
        if (!result.output().shape().equals(call.shape())) {
            throw hearing.violation(
                    "output: expected " + call.shape() + ", got "
                            + result.output().shape(),
                    call);
        }
        result.gradInput().ifPresent(gradient -> {
            if (!gradient.shape().equals(call.shape())) {
                throw hearing.violation("gradient: expected " + call.shape() + ", got " + gradient.shape(), call);
            }
        });
    }
}
