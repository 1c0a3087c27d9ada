package org.dropoutspec.contract;

import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.SEED;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Scaled;

/** The part of chapter BWD that holds of every operation with gradients, whichever chapter defines these. */
public interface AskedGradientContract extends Contract {
    /** The most elements for which an operation's own gradients are asked: larger calls show no more. */
    int MOST_DIFFERENTIATED = 1 << 12;

    @Property
    @Checks(
            value = "BWD-10",
            pin = "d98a19c1",
            needs = {BACKWARD, SEED},
            standsOn = {"SEED-1", "FWD-1"})
    default void askingForAGradientDoesNotChangeTheOutput(
            @ForAll("backwardCallsUnderConditions") Call call, @ForAll("waysToAGradient") How way) {
        CheckRun run = CheckRun.current();
        boolean ofItsOwn = !run.can(BACKWARD);
        if (ofItsOwn && call.input().size() > MOST_DIFFERENTIATED) {
            return;
        }
        Observation plain = Observation.of(call.withoutGradOutput());
        Observation seen = ofItsOwn
                ? differentiated(call.withoutGradOutput())
                : way.equals(How.PLAIN) ? Observation.of(call) : put(call, way);
        String when = ofItsOwn ? "asked for its gradients too," : "";
        for (int i = 0; i < seen.size(); i++) {
            if (plain.input().value(i) != 0 && seen.showsKept(i) != plain.showsKept(i)) {
                throw run.cause()
                        .ofMasks(seen.unexpected(
                                when, i, seen.dtype().text(plain.output().bits(i)), seen.output()));
            }
            seen.requireClose(when, i, seen.output(), plain.output().bits(i), Scaled.ULPS);
        }
    }

    private static Observation put(Call whole, How way) {
        Call call = way.retained() ? whole.withoutGradOutput() : whole;
        return answered(call, Ways.of(way, call));
    }

    /** A call of an operation that asks for the gradients of its own chapter. */
    private static Observation differentiated(Call call) {
        CheckRun run = CheckRun.current();
        return answered(call, run.session().operation().differentiated(run.standingBehind(call)));
    }

    private static Observation answered(Call call, OperationCall asked) {
        CheckRun run = CheckRun.current();
        OperationResult answer = Ways.answer(call, asked);
        return Observation.of(call, run.session().operation().shown(call, asked, answer));
    }

    @Provide
    default Arbitrary<How> waysToAGradient() {
        return Ways.ofOneLayer();
    }

    @Provide
    default Arbitrary<Call> backwardCallsUnderConditions() {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradient(
                CheckRun.covering().callsOfAnySize(Rates.ordinary(), Fill.COUNTING, Fill.MODERATE),
                Fill.COUNTING,
                Fill.MODERATE);
    }
}
