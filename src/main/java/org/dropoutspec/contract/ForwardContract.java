package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.CLASSIC;
import static org.dropoutspec.contract.Applies.INVERTED;

import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter FWD of the specification: the forward pass of training. */
public interface ForwardContract extends Contract {

    @Property
    @Checks(value = "FWD-1", pin = "277e28c8", when = INVERTED)
    default void whatIsKeptIsScaled(@ForAll("forwardCalls") Call call) {
        Observation.of(call).requireKeptScaled();
    }

    @Property
    @Checks(value = "FWD-8", pin = "94c38de4", when = CLASSIC)
    default void whatIsKeptIsLeftUnscaledWhereScalingIsClassic(@ForAll("forwardCalls") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            if (Double.isFinite(seen.input().value(i)) && seen.showsKept(i)) {
                seen.requireSame("", i, seen.output(), seen.input().bits(i));
            }
        }
    }

    @Property
    @Checks(value = "FWD-2", pin = "6a8a320d")
    default void whatIsDroppedIsZero(@ForAll("forwardCalls") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            if (!seen.showsKept(i)) {
                seen.requireZero("", i, seen.output());
            }
        }
    }

    @Provide
    default Arbitrary<Call> forwardCalls() {
        return CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING, Fill.MODERATE, Fill.SPOILT);
    }

    @Property
    @Checks(
            value = "FWD-3",
            pin = "901e24a3",
            standsOn = {"SEED-1", "MASK-4"})
    default void aDroppedNonFiniteElementBecomesWhatIsDeclared(@ForAll("nonFiniteCalls") Call call) {
        Observation seen = Observation.of(call);
        Optional<Tensor> mask = seen.knownMask();
        for (int i = 0; i < seen.size(); i++) {
            double x = seen.input().value(i);
            double y = seen.output().value(i);
            if (Double.isFinite(x)) {
                continue;
            }
            boolean dropped = mask.isPresent() ? mask.get().bits(i) == 0 : y == 0 || Double.isInfinite(x) && y != x;
            if (dropped) {
                seen.requireDropped("", i, seen.output(), x);
            }
        }
    }

    @Property
    @Checks(
            value = "FWD-4",
            pin = "5ce64154",
            standsOn = {"SEED-1", "MASK-4"})
    default void aKeptNonFiniteElementIsLetThrough(@ForAll("nonFiniteCalls") Call call) {
        Observation seen = Observation.of(call);
        Optional<Tensor> mask = seen.knownMask();
        for (int i = 0; i < seen.size(); i++) {
            double x = seen.input().value(i);
            double y = seen.output().value(i);
            if (Double.isFinite(x)) {
                continue;
            }
            boolean kept = mask.isPresent() ? mask.get().bits(i) != 0 : y != 0 && !Double.isNaN(y);
            if (kept) {
                seen.requireSame("", i, seen.output(), seen.input().bits(i));
            }
        }
    }

    @Provide
    default Arbitrary<Call> nonFiniteCalls() {
        return CheckRun.covering().calls(Rates.ordinary(), Fill.INFINITIES, Fill.NANS, Fill.MIXED);
    }

    @Property
    @Checks(value = "FWD-5", pin = "aeef6e34")
    default void theOutputHasTheTypeOfTheInput(@ForAll("callsInEitherMode") Call call) {
        CheckRun run = CheckRun.current();
        DType dtype = run.answer(call).output().dtype();
        if (dtype != call.input().dtype()) {
            throw run.violation("expected " + call.input().dtype() + ", got " + dtype, call);
        }
    }

    @Property
    @Checks(value = "FWD-6", pin = "1648e237")
    default void theOutputHasTheShapeOfTheInput(@ForAll("callsInEitherMode") Call call) {
        CheckRun run = CheckRun.current();
        Shape shape = run.answer(call).output().shape();
        if (!shape.equals(call.shape())) {
            throw run.violation("expected " + call.shape() + ", got " + shape, call);
        }
    }

    @Provide
    default Arbitrary<Call> callsInEitherMode() {
        CallArbitraries calls = CheckRun.calls();
        return calls.inEitherMode(calls.training(Rates.belowOne(), Shapes.any(), Fill.COUNTING));
    }

    @Property
    @Checks(value = "FWD-7", pin = "2f650764")
    default void aZeroStaysAZero(@ForAll("zeroCalls") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            seen.requireZero("", i, seen.output());
        }
    }

    @Provide
    default Arbitrary<Call> zeroCalls() {
        return CheckRun.covering().calls(Rates.belowOne(), Fill.ZEROS);
    }
}
