package org.dropoutspec.contract;

import static org.dropoutspec.implementation.Capability.INPUT_AFTER;
import static org.dropoutspec.implementation.Capability.IN_PLACE;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.Tensor;

/** Chapter FWD of the specification, as far as it is about the buffer of the input. */
public interface InputContract extends Contract {
    /** Other instances to ask in place: each may have a buffer of its own, or none. */
    List<Integer> OTHER_LAYERS = List.of(1, 15);

    @Property
    @Checks(value = "FWD-9", pin = "6b7aa002", needs = INPUT_AFTER, standsOn = "RATE-8")
    default void theInputIsAsItWas(@ForAll("callsOfAnyInput") Call call, @ForAll("waysOfACall") How way) {
        OperationCall asked = Ways.of(Ways.fitting(way, call), call);
        Tensor input = asked.tensor("input");
        Tensor expected = asked.fields().get("permutation") instanceof int[] axes ? input.permuted(axes) : input;
        requireBuffer(expected, Ways.answer(call, asked), asked);
    }

    @Provide
    default Arbitrary<How> waysOfACall() {
        return Ways.all();
    }

    @Provide
    default Arbitrary<How> waysOfOneLayer() {
        return Ways.ofOneLayer();
    }

    @Provide
    default Arbitrary<Call> callsOfAnyInput() {
        return inEitherMode(Fill.COUNTING, Fill.MODERATE, Fill.SUBNORMAL, Fill.MIXED);
    }

    @Property
    @Checks(
            value = "FWD-11",
            pin = "035ad39d",
            needs = {INPUT_AFTER, IN_PLACE},
            standsOn = {"FWD-1", "FWD-9", "RATE-8", "SEED-1", "BWD-12", "BWD-10"})
    default void inPlaceTheInputHoldsTheOutput(@ForAll("callsInPlace") Call call, @ForAll("waysOfOneLayer") How way) {
        CheckRun run = CheckRun.current();
        boolean begins = run.begins();
        requireInPlace(call, way); // first, since a small call tells a defect that it shows too
        if (begins && !run.can(Capability.FEW_SHAPES)) {
            // the first call may be an evaluation, or drop every element
            requireInPlace(Steps.mostPlain().call(), How.PLAIN);
            requireInPlace(Steps.far().call(), How.PLAIN);
            if (run.can(Capability.INSTANCES)) {
                OTHER_LAYERS.forEach(layer -> requireInPlace(Steps.mostPlain().call(), How.PLAIN.at(layer)));
            }
        }
    }

    private static void requireInPlace(Call call, How way) {
        CheckRun run = CheckRun.current();
        OperationCall asked = Ways.of(Ways.fitting(way, call).writeOver(), call);
        OperationResult answer = Ways.answer(call, asked);
        requireBuffer(answer.tensor("output"), answer, asked);
        run.session().operation().judged(asked, answer).stream().findFirst().ifPresent(sighting -> {
            throw run.cause().saidBy(sighting.requirement(), run.violation(sighting.what() + " (" + asked + ")"));
        });
        if (call.training() && call.mask().isEmpty() && call.seed().isPresent()) {
            requireMaskOfTheSeed(
                    call, Observation.of(call, run.session().operation().shown(call, asked, answer)));
        }
    }

    private static void requireMaskOfTheSeed(Call call, Observation inPlace) {
        Observation otherwise = Observation.of(call);
        for (int i = 0; i < inPlace.size(); i++) {
            boolean shows = inPlace.input().value(i) != 0;
            if (shows && inPlace.showsKept(i) != otherwise.showsKept(i)) {
                throw CheckRun.current()
                        .violation(
                                "in place, index " + i + " is " + word(inPlace, i)
                                        + ", and otherwise the same seed has it " + word(otherwise, i),
                                call);
            }
        }
    }

    private static String word(Observation seen, int index) {
        return seen.showsKept(index) ? "kept" : "dropped";
    }

    @Provide
    default Arbitrary<Call> callsInPlace() {
        return inEitherMode(Fill.COUNTING, Fill.MODERATE, Fill.ZEROS);
    }

    /** Calls of either mode at every rate, some with a mask of their own where one may be given. */
    private static Arbitrary<Call> inEitherMode(Fill... values) {
        CheckRun run = CheckRun.current();
        Arbitrary<Call> training = CheckRun.covering().callsOfAnySize(Rates.accepted(run.description()), values);
        Arbitrary<Call> masked = run.can(Capability.MASK_INPUT) && !run.can(Capability.FEW_SHAPES)
                ? Combinators.combine(training, Arbitraries.of(false, false, true))
                        .as((call, given) -> given ? call.withMask(CallForm.everyOther(call.maskShape())) : call)
                : training;
        return CheckRun.calls().inEitherMode(masked);
    }

    private static void requireBuffer(Tensor expected, OperationResult answer, OperationCall asked) {
        Tensor after = answer.tensor("input_after");
        CheckRun run = CheckRun.current();
        if (after.dtype() != expected.dtype() || !after.shape().equals(expected.shape())) {
            throw run.violation("expected input_after as " + expected.dtype() + " " + expected.shape() + ", got "
                    + after.dtype() + " " + after.shape() + " (" + asked + ")");
        }
        for (int i = 0; i < after.size(); i++) {
            if (after.bits(i) != expected.bits(i)) {
                throw run.violation("input after the call, index " + i + ", expected "
                        + expected.dtype().text(expected.bits(i)) + ", got "
                        + after.dtype().text(after.bits(i)) + " (" + asked + ")");
            }
        }
    }
}
