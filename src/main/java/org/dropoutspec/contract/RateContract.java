package org.dropoutspec.contract;

import static org.dropoutspec.condition.Factor.RATE;
import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.contract.Applies.RATE_ONE_REJECTED;
import static org.dropoutspec.contract.Applies.RATE_ONE_ZEROS;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;

/** Chapter RATE of the specification: the drop rate, its range and its ends. */
public interface RateContract extends Contract {

    @Property
    @Checks(value = "RATE-1", pin = "150044c5")
    default void everyRateBelowOneIsAccepted(@ForAll("callsBelowRateOne") Call call) {
        CheckRun.current().answer(call);
    }

    @Provide
    default Arbitrary<Call> callsBelowRateOne() {
        List<Double> named =
                List.of(0.5, 0.0, 0x1p-149, 0x1p-126, 0x1p-24, 1 - 0x1p-8, 1 - 0x1p-11, 1 - 0x1p-16, 1 - 0x1p-24);
        CallArbitraries calls = CheckRun.calls();
        return calls.ofEach(calls.kinds(named), Rates.belowOne(), Shapes.any(), Fill.COUNTING);
    }

    @Property
    @Checks(value = "RATE-2", pin = "29ae15e0", blindTo = RATE, because = "the rate is the one that is to be rejected")
    default void aNegativeRateIsRejected(@ForAll("negativeRates") double rate, @ForAll("plainCalls") Call call) {
        CheckRun.current().rejection(call.withRate(rate));
    }

    @Provide
    default Arbitrary<Double> negativeRates() {
        double resolution = CheckRun.current().description().choices().rateResolution();
        return InTurn.of(List.of(-1.0, -0.5, -0.001, -0x1p-16, -2.0, -1e300)).map(rate -> below0(rate, resolution));
    }

    @Property
    @Checks(value = "RATE-3", pin = "0dc89199", blindTo = RATE, because = "the rate is the one that is to be rejected")
    default void aRateAboveOneIsRejected(@ForAll("ratesAboveOne") double rate, @ForAll("plainCalls") Call call) {
        CheckRun.current().rejection(call.withRate(rate));
    }

    @Provide
    default Arbitrary<Double> ratesAboveOne() {
        double resolution = CheckRun.current().description().choices().rateResolution();
        return InTurn.of(List.of(2.0, 1.5, 1.001, 1 + 0x1p-16, 50.0, 1e300)).map(rate -> above1(rate, resolution));
    }

    /** The rate itself, if it is below 0 by more than the resolution; else lower by the resolution. */
    private static double below0(double rate, double resolution) {
        return rate < -resolution ? rate : rate - resolution;
    }

    /** The rate itself, if it is above 1 by more than the resolution; else higher by the resolution. */
    private static double above1(double rate, double resolution) {
        return rate > 1 + resolution ? rate : rate + resolution;
    }

    @Property
    @Checks(value = "RATE-4", pin = "b3b98b6c", blindTo = RATE, because = "the rate is the one that is to be rejected")
    default void aRateOfNaNIsRejected(@ForAll("plainCalls") Call call) {
        CheckRun.current().rejection(call.withRate(Double.NaN));
    }

    @Property
    @Checks(
            value = "RATE-5",
            pin = "37a12280",
            standsOn = {"RATE-2", "RATE-3"},
            blindTo = RATE,
            because = "the rate is the one that is to be rejected")
    default void anInfiniteRateIsRejected(@ForAll("infiniteRates") double rate, @ForAll("plainCalls") Call call) {
        CheckRun.current().rejection(call.withRate(rate));
    }

    @Provide
    default Arbitrary<Double> infiniteRates() {
        return InTurn.of(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    @Property
    @Checks(
            value = "RATE-6",
            pin = "1cdf7306",
            when = EVALUATION,
            standsOn = {"RATE-2", "RATE-3", "RATE-4", "RATE-5"},
            blindTo = RATE,
            because = "the rate is the one that is to be rejected")
    default void aBadRateIsRejectedInEvaluationToo(
            @ForAll("badRates") double rate, @ForAll("plainEvaluations") Call call) {
        CheckRun.current().rejection(call.withRate(rate));
    }

    @Provide
    default Arbitrary<Call> plainEvaluations() {
        return plainCalls().map(call -> call.withTraining(false));
    }

    @Provide
    default Arbitrary<Double> badRates() {
        double resolution = CheckRun.current().description().choices().rateResolution();
        return InTurn.of(List.of(
                above1(2.0, resolution),
                below0(-1.0, resolution),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                above1(1.5, resolution),
                above1(1.001, resolution),
                50.0,
                1e300,
                below0(-0.5, resolution),
                below0(-0.001, resolution),
                above1(1 + 0x1p-16, resolution),
                below0(-0x1p-16, resolution),
                below0(-2.0, resolution),
                -1e300,
                Double.NEGATIVE_INFINITY));
    }

    @Provide
    default Arbitrary<Call> plainCalls() {
        return CheckRun.covering().calls(Rates.ordinary(), Fill.COUNTING);
    }

    @Property
    @Checks(
            value = "RATE-7",
            pin = "a7919d80",
            standsOn = {"FWD-1", "FWD-2", "FWD-4", "FWD-7", "NUM-1", "BWD-2"})
    default void rateZeroDropsNothing(@ForAll("callsAtRateZero") Call call) {
        Observation seen = Observation.of(call);
        DType dtype = seen.dtype();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.isZeroed(i)) { // as at every rate, where masks are not drawn at their rate
                Violation dropped =
                        seen.unexpected("", i, dtype.text(seen.input().bits(i)), seen.output());
                throw CheckRun.current().cause().ofRate(call, dropped);
            }
            seen.requireSame("", i, seen.output(), seen.input().bits(i));
            if (call.gradOutput().isPresent()) {
                seen.requireSame(
                        Observation.GRADIENT,
                        i,
                        seen.gradInput(),
                        call.gradOutput().get().bits(i));
            }
        }
    }

    @Provide
    default Arbitrary<Call> callsAtRateZero() {
        CallArbitraries calls = CheckRun.calls();
        Arbitrary<Call> plain = CheckRun.covering().calls(Rates.only(0.0), Fill.COUNTING, Fill.MODERATE, Fill.MIXED);
        return calls.withGradients(plain, Fill.COUNTING, Fill.MIXED);
    }

    @Property
    @Checks(
            value = "RATE-8",
            pin = "886862e4",
            standsOn = {"FWD-2", "FWD-3"},
            when = RATE_ONE_ZEROS)
    default void rateOneDropsEverything(@ForAll("callsAtRateOne") Call call) {
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            double y = seen.output().value(i);
            if (Double.isFinite(seen.input().value(i)) && y != 0 && !Double.isNaN(y)) {
                Violation kept = seen.unexpected("", i, "0", seen.output());
                NamedCause cause = CheckRun.current().cause();
                throw seen.input().value(i) == 0 ? cause.partOf("FWD-7", kept) : cause.ofRate(call, kept);
            }
            seen.requireDropped("", i, seen.output(), seen.input().value(i));
            if (call.gradOutput().isPresent()) {
                seen.requireZero(Observation.GRADIENT, i, seen.gradInput());
            }
        }
    }

    @Provide
    default Arbitrary<Call> callsAtRateOne() {
        CallArbitraries calls = CheckRun.calls();
        Arbitrary<Call> plain = CheckRun.covering().calls(Rates.only(1.0), Fill.COUNTING, Fill.MODERATE, Fill.MIXED);
        return calls.withGradients(plain, Fill.COUNTING, Fill.ZEROS, Fill.MODERATE);
    }

    @Property
    @Checks(
            value = "RATE-9",
            pin = "2008289a",
            when = RATE_ONE_REJECTED,
            blindTo = RATE,
            because = "the rate is the one that is to be rejected")
    default void rateOneIsRejected(@ForAll("plainCalls") Call call) {
        CheckRun.current().rejection(call.withRate(1));
    }

    @Property
    @Checks(value = "RATE-10", pin = "d6fa8d6a", standsOn = "RATE-1")
    default void theNeighboursOfTheEndsInFloat64AreAccepted(
            @ForAll("neighboursOfTheEnds") double rate,
            @ForAll("plainCalls") Call call,
            @ForAll("modes") boolean training) {
        CheckRun.current().answer(call.withRate(rate).withTraining(training));
    }

    @Provide
    default Arbitrary<Boolean> modes() {
        return CheckRun.calls().modes();
    }

    @Provide
    default Arbitrary<Double> neighboursOfTheEnds() {
        return InTurn.of(List.of(Math.nextDown(1.0), Double.MIN_VALUE));
    }
}
