package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.CLASSIC;
import static org.dropoutspec.contract.Applies.INVERTED;

import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter FWD of the specification: the forward pass of training. */
public interface ForwardContract extends Contract {
    /** That all of some elements are kept is taken for no coincidence where its probability is below this. */
    double NEVER = 1e-30;

    @Property
    @Checks(value = "FWD-1", pin = "277e28c8", when = INVERTED, standsOn = "FWD-2")
    default void whatIsKeptIsScaled(@ForAll("forwardCalls") Call call) {
        WholeAnswer.requireKeptScaled(Observation.of(call));
    }

    @Property
    @Checks(value = "FWD-8", pin = "94c38de4", when = CLASSIC, standsOn = "FWD-2")
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
    default void whatIsDroppedIsZero(@ForAll("finiteCalls") Call call) {
        Observation seen = Observation.of(call);
        // scaled before it is masked, a dropped number may become an infinity times 0: a NaN, which shows no mask
        Optional<Tensor> mask = seen.hasNaNOfAnOverflow() ? seen.knownMask() : Optional.empty();
        for (int i = 0; i < seen.size(); i++) {
            boolean dropped =
                    mask.isPresent() && seen.isNaNOfAnOverflow(i) ? mask.get().bits(i) == 0 : !seen.showsKept(i);
            if (Double.isFinite(seen.input().value(i)) && dropped) {
                seen.requireZero("", i, seen.output());
            }
        }
    }

    @Provide
    default Arbitrary<Call> finiteCalls() {
        return CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING, Fill.MODERATE, Fill.SPOILT, Fill.LARGEST);
    }

    @Provide
    default Arbitrary<Call> forwardCalls() {
        return CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING, Fill.MODERATE, Fill.SPOILT);
    }

    @Property
    @Checks(
            value = "FWD-3",
            pin = "901e24a3",
            standsOn = {"SEED-1", "MASK-4", "MASK-7", "FWD-2"},
            byCoincidence = true)
    default void aDroppedNonFiniteElementBecomesWhatIsDeclared(@ForAll("nonFiniteCalls") Call call) {
        Observation seen = Observation.of(call);
        CheckRun run = CheckRun.current();
        boolean select = run.description().choices().droppedNonfinite() == DroppedNonfinite.ZERO;
        int any = 0;
        int shown = 0;
        Optional<Tensor> mask = seen.knownMask();
        for (int i = 0; i < seen.size(); i++) {
            double x = seen.input().value(i);
            double y = seen.output().value(i);
            if (Double.isFinite(x)) {
                continue;
            }
            boolean dropped = mask.isPresent() ? mask.get().bits(i) == 0 : y == 0 || Double.isInfinite(x) && y != x;
            shown += dropped ? 1 : 0;
            any += Double.isInfinite(x) || select ? 1 : 0;
            if (dropped && call.rate() == 0) {
                String kept = seen.dtype().text(seen.input().bits(i));
                throw run.cause().partOf("RATE-7", seen.unexpected("", i, kept, seen.output()));
            } else if (dropped) {
                seen.requireDropped("", i, seen.output(), x);
            }
        }
        double chance = FalseAlarmShares.alike(any, run.description().choices().rateResolution());
        boolean apart = mask.isEmpty() && call.noiseShape().isEmpty();
        // one dropped element that looks kept cannot be told from kept ones, but not all of them can be kept
        if (apart && call.rate() >= 0.5 && chance < NEVER) {
            run.coincidences().spend(chance);
            if (shown == 0) {
                throw run.cause()
                        .ofMasks(run.violation(
                                "expected some of " + any + " elements that are not finite to be dropped, got none",
                                call));
            }
        }
    }

    @Property
    @Checks(
            value = "FWD-4",
            pin = "5ce64154",
            standsOn = {"SEED-1", "MASK-4", "MASK-7", "FWD-1", "FWD-2"})
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
        return CheckRun.covering().calls(Rates.ordinary(), Fill.INFINITIES, Fill.NANS, Fill.ANY_NANS, Fill.MIXED);
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
    @Checks(value = "FWD-7", pin = "2f650764", standsOn = "FWD-2")
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
