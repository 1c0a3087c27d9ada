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
import static org.dropoutspec.condition.Factor.TYPE;
import static org.dropoutspec.contract.Applies.BEYOND_31_BITS;
import static org.dropoutspec.contract.Applies.DOUBLE;
import static org.dropoutspec.contract.Applies.HALF_TYPES;
import static org.dropoutspec.contract.Applies.INVERTED;
import static org.dropoutspec.implementation.Capability.MASK_OUTPUT;
import static org.dropoutspec.implementation.Capability.SEED;
import static org.dropoutspec.implementation.Capability.SLICES;
import static org.dropoutspec.implementation.Capability.TILED_INPUT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.oracle.Scaled;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter NUM of the specification: rounding, overflow, subnormal numbers, half types, large tensors. */
public interface NumericsContract extends Contract {

    @Property
    @Checks(
            value = "NUM-1",
            pin = "48dc3055",
            when = INVERTED,
            standsOn = {"FWD-1", "FWD-2"})
    default void scalingOverflowsAsTheQuotientDoes(@ForAll("largestValues") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            long x = seen.input().bits(i);
            if (seen.showsKept(i)
                    && !Scaled.overflowsRightly(
                            seen.dtype(), x, call.rate(), seen.output().bits(i))) {
                boolean eitherWay = seen.dtype().isNaN(seen.output().bits(i));
                throw seen.unexpected(
                        "", i, seen.dtype().text(seen.scaled(x)) + (eitherWay ? " or 0" : ""), seen.output());
            }
        }
    }

    /** Calls of values near the largest number, and near the values that the scale takes to it. */
    @Provide
    default Arbitrary<Call> largestValues() {
        Arbitrary<Call> largest = CheckRun.covering().calls(Rates.ordinary(), Fill.LARGEST);
        return Combinators.combine(largest, InTurn.of(List.of(false, true, true)))
                .as((call, atTheEdge) -> atTheEdge ? broughtToTheEdge(call) : call);
    }

    private static Call broughtToTheEdge(Call call) {
        Tensor input = call.input();
        Tensor.Builder edge = Tensor.builder(input.dtype(), input.shape());
        for (int i = 0; i < input.size(); i++) {
            // large tensors are few, so each has some of both
            boolean beyond = i % 2 == 1 && Fill.isLarge(input.shape());
            edge.setBits(i, beyond ? input.bits(i) : Scaled.product(input.dtype(), input.bits(i), call.rate()));
        }
        return call.withInput(edge.build());
    }

    @Property
    @Checks(
            value = "NUM-2",
            pin = "62257b92",
            when = HALF_TYPES,
            standsOn = {"FWD-1", "BWD-2"})
    default void halfTypesAreScaledInFloat32AtLeast(@ForAll("halfCalls") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            if (seen.showsKept(i)) {
                seen.requireRoundedOnce("", i, seen.output(), seen.input().bits(i));
                if (call.gradOutput().isPresent()) {
                    seen.requireRoundedOnce(
                            Observation.GRADIENT,
                            i,
                            seen.gradInput(),
                            call.gradOutput().get().bits(i));
                }
            }
        }
    }

    @Provide
    default Arbitrary<Call> halfCalls() {
        CallArbitraries calls = CheckRun.calls();
        List<DType> halves = calls.floating().stream()
                .filter(dtype -> dtype == DType.FLOAT16 || dtype == DType.BFLOAT16)
                .toList();
        Rates unrounded = Rates.unrounded(Rates.ordinaryRates());
        return calls.withGradients(
                CheckRun.covering().calls(halves, unrounded, row -> true, Shapes.any(), Fill.COUNTING, Fill.MODERATE),
                Fill.COUNTING,
                Fill.MODERATE);
    }

    @Property
    @Checks(
            value = "NUM-3",
            pin = "e2f0364c",
            when = INVERTED,
            standsOn = {"FWD-1", "RATE-7", "SEED-1", "MASK-4"})
    default void subnormalNumbersAreScaled(@ForAll("subnormalCalls") Call call) {
        Observation seen = Observation.of(call);
        Optional<Tensor> mask = call.rate() == 0 ? Optional.empty() : seen.knownMask();
        for (int i = 0; i < seen.size(); i++) {
            if (mask.isEmpty() || mask.get().bits(i) != 0) {
                seen.requireClose("", i, seen.output(), seen.scaled(seen.input().bits(i)), Scaled.ULPS);
            }
        }
    }

    /** Calls of subnormal numbers; where only these would show the mask, at rate 0, so that nothing is dropped. */
    @Provide
    default Arbitrary<Call> subnormalCalls() {
        boolean maskKnown = CheckRun.current().can(SEED) || CheckRun.current().can(MASK_OUTPUT);
        return CheckRun.covering().calls(maskKnown ? Rates.ordinary() : Rates.only(0.0), Fill.SUBNORMAL);
    }

    @Property
    @Checks(
            value = "NUM-4",
            pin = "24e3d19f",
            when = DOUBLE,
            standsOn = "FWD-1",
            blindTo = TYPE,
            because = "it is about float64")
    default void theRateIsTakenInDoublePrecision(@ForAll("doubleCalls") Call call) {
        WholeAnswer.requireKeptScaled(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> doubleCalls() {
        Arbitrary<Double> rates = InTurn.first(
                List.of(0.1, 0.2, 0.3, 1 / 3.0, 0.7, 0.9),
                Arbitraries.longs().between(1L << 46, 127L << 46).map(k -> Math.scalb((double) k, -53)));
        return CheckRun.covering()
                .calls(
                        List.of(DType.FLOAT64),
                        Rates.unrounded(rates),
                        row -> true,
                        Shapes.any(),
                        Fill.COUNTING,
                        Fill.MODERATE);
    }

    @Property(tries = 6)
    @Checks(
            value = "NUM-5",
            pin = "3f4c8310",
            standsOn = {"FWD-1", "FWD-8", "FWD-2", "BWD-1", "BWD-2", "RATE-1"},
            blindTo = {RATE, SIZE, LAYOUT, MASK_SHAPE, GRADIENT},
            because = "large tensors are dear; the stream of masks has some of them at other rates and layouts")
    default void everyElementOfALargeTensorIsTreatedAlike(@ForAll("largeCalls") Call call) {
        WholeAnswer.require(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> largeCalls() {
        CallArbitraries calls = CheckRun.calls();
        Arbitrary<Shape> large = InTurn.of(List.of(Shape.of(65_537), Shape.of(257, 256), Shape.of(200_003)));
        return calls.withGradientWherePossible(calls.training(Rates.only(0.5), large, Fill.COUNTING), Fill.COUNTING);
    }

    @Example
    @Checks(
            value = "NUM-6",
            pin = "bbb18ba8",
            needs = {SLICES, TILED_INPUT},
            when = BEYOND_31_BITS,
            byCoincidence = true)
    default void tensorsBeyond31BitsAreLikeOthers() {
        new LargeTensor(CheckRun.current()).require();
    }

    @Property
    @Checks(
            value = "NUM-7",
            pin = "d60b48e2",
            when = INVERTED,
            standsOn = {"FWD-1", "NUM-1", "NUM-4"},
            blindTo = {SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, LAYOUT, MASK_SHAPE, GRADIENT},
            because = "so near 1 nearly all is dropped, and it takes a line of many elements to see some kept")
    default void theScaleIsRightAtRatesNearOne(@ForAll("callsNearRateOne") Call call) {
        WholeAnswer.requireKeptScaled(Observation.of(call));
    }

    @Provide
    default Arbitrary<Call> callsNearRateOne() {
        CallArbitraries calls = CheckRun.calls();
        List<Call> named = new ArrayList<>();
        for (int k = 1; k <= 12; k++) {
            double rate = 1 - Math.scalb(1.0, -k);
            calls.floating().stream()
                    .filter(dtype -> Rates.held(dtype, rate) == rate)
                    .forEach(dtype -> named.add(CallArbitraries.kind(dtype, rate)));
        }
        return calls.ofEach(
                        named,
                        Rates.only(1 - 0x1p-4, 1 - 0x1p-5, 1 - 0x1p-6, 1 - 0x1p-7),
                        Shapes.only(4096),
                        Fill.COUNTING)
                .map(call -> call.withTraining(true));
    }
}
