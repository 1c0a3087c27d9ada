package org.dropoutspec.contract;

import static org.dropoutspec.contract.Calls.ordinaryRates;
import static org.dropoutspec.implementation.Capability.MASK_INPUT;
import static org.dropoutspec.implementation.Capability.MASK_OUTPUT;
import static org.dropoutspec.implementation.Capability.NOISE_SHAPE;
import static org.dropoutspec.implementation.Capability.SEED;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Chapter MASK of the specification, as far as a single call shows it: the mask reported, given, and recovered. */
public interface MaskContract extends Contract {

    @Property
    @Checks(value = "MASK-4", pin = "", needs = MASK_OUTPUT)
    default void theReportedMaskIsTheOneApplied(@ForAll("maskedCalls") Call call) {
        Observation seen = Observation.of(call);
        Tensor reported = seen.requireReportedMask();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.showsKept(i) != (reported.bits(i) != 0)) {
                throw Hearing.current()
                        .violation(
                                "index " + i + " reported as " + (reported.bits(i) != 0 ? "kept" : "dropped")
                                        + ", output "
                                        + seen.dtype().text(seen.output().bits(i)),
                                call);
            }
        }
    }

    @Property
    @Checks(value = "MASK-5", pin = "", needs = MASK_OUTPUT)
    default void theReportedMaskHasItsOwnShape(@ForAll("maskedCalls") Call call) {
        Hearing hearing = Hearing.current();
        Tensor mask = hearing.answer(call).mask().orElseThrow();
        if (mask.dtype() != DType.BOOL || !mask.shape().equals(call.maskShape())) {
            throw hearing.violation(
                    "expected bool " + call.maskShape() + ", got " + mask.dtype() + " " + mask.shape(), call);
        }
    }

    @Provide
    default Arbitrary<Call> maskedCalls() {
        Calls calls = Hearing.calls();
        Arbitrary<Call> plain = calls.training(Values.COUNTING, Values.MODERATE);
        return Hearing.current().can(NOISE_SHAPE)
                ? Arbitraries.oneOf(
                        plain,
                        calls.withNoiseShape(
                                calls.training(ordinaryRates(), Calls.shapesOfSeveralAxes(), Values.COUNTING)))
                : plain;
    }

    @Property
    @Checks(value = "MASK-6", pin = "", needs = MASK_INPUT)
    default void theGivenMaskIsApplied(@ForAll("callsWithMask") Call call) {
        Observation seen = Observation.of(call);
        Tensor given = call.mask().orElseThrow();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.showsKept(i) != (given.bits(i) != 0)) {
                throw seen.unexpected("", i, given.bits(i) != 0 ? "it kept" : "it dropped", seen.output());
            }
        }
    }

    @Provide
    default Arbitrary<Call> callsWithMask() {
        return Combinators.combine(maskedInputs(), Calls.seeds()).as((call, seed) -> {
            Tensor mask = BernoulliMask.draw(call.shape(), 0.5, seed, 0);
            return call.withMask(mask);
        });
    }

    private static Arbitrary<Call> maskedInputs() {
        return Hearing.calls().training(Values.COUNTING, Values.MODERATE).map(Call::withoutSeed);
    }

    @Property
    @Checks(value = "MASK-7", pin = "", needs = SEED)
    default void theMaskDoesNotDependOnTheInputsValues(@ForAll("callsOfAnyValues") Call call) {
        Tensor plain = Values.COUNTING.fill(call.input().dtype(), call.input().shape(), 0);
        Tensor expected = Observation.of(call.withInput(plain)).shownMask();
        Tensor seen = Observation.of(call).shownMask();
        SeedContract.requireSameMask(expected, seen, "than for the input 1, 2, 3, ...", call);
    }

    @Provide
    default Arbitrary<Call> callsOfAnyValues() {
        return Hearing.calls().training(Values.MODERATE, Values.LARGEST);
    }
}
