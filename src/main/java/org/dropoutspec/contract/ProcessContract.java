package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.contract.Applies.UNSEEDED;
import static org.dropoutspec.implementation.Capability.INSTANCES;
import static org.dropoutspec.implementation.Capability.STATE;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Elsewhere;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Seeding.Unseeded;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Chapter STATE of the specification, as far as it is about a process as a whole: asked once, whatever the operations. */
public interface ProcessContract extends Contract {

    @Example
    @Checks(value = "STATE-2", pin = "0455dcdf", needs = STATE, when = STREAM, standsOn = "STATE-1")
    default void aStateIsRestoredInAnotherProcess() {
        Hearing hearing = Hearing.current();
        DType dtype = Hearing.calls().floating().get(0);
        Asked draw = Asked.of(Steps.call(dtype, 0.5, 128));
        Asked odd = Asked.of(Steps.call(dtype, 0.25, 131));
        List<Step> after = new ArrayList<>(List.of(draw, odd, draw));
        List<Step> steps = new ArrayList<>(List.of(draw, odd));
        if (EVALUATION.holdsFor(hearing.description())) {
            steps.add(Asked.of(draw.call().withTraining(false)));
        }
        if (hearing.can(INSTANCES)) {
            steps.add(draw.at(1));
            after.add(draw.at(1));
        }
        steps.add(new Save());
        steps.addAll(after);
        steps.add(new Elsewhere(0));
        steps.addAll(after);
        Walk.of(steps, Walk.Judging.MASKS);
    }

    @Example
    @Checks(value = "STATE-4", pin = "88801e2c", needs = STATE, when = STREAM)
    default void aStringThatIsNoStateIsRejected() {
        Hearing hearing = Hearing.current();
        Call call = Steps.call(Hearing.calls().floating().get(0), 0.5, 6);
        for (String state : List.of("", "no state", "{}", "no-such-adapter/9 \u2205 \"quoted\" [1, 2")) {
            boolean rejected = false;
            try {
                hearing.ask(BetweenCalls.restoreState(state));
            } catch (RejectedCall asRequired) {
                rejected = true;
            }
            if (!rejected) {
                throw hearing.violation("expected a rejection, got an answer (restore_state of \"" + state + "\")");
            }
            hearing.answer(call);
        }
    }

    @Example
    @Checks(value = "STATE-8", pin = "9532d4fd", when = UNSEEDED, byCoincidence = true)
    default void processesWithoutASeedDrawAsDeclared() {
        Hearing hearing = Hearing.current();
        Call call = (Call) hearing.examination()
                .fitted(Steps.call(Hearing.calls().floating().get(0), 0.5, 128));
        Tensor first = firstOfAProcess(call);
        Tensor second = firstOfAProcess(call);
        if (hearing.description().seeding().unseeded().orElseThrow() == Unseeded.FIXED) {
            SeedContract.requireSameMask(first, second, "in the first call of a second process", call);
            return;
        }
        hearing.spend(
                Account.equal(first.size(), hearing.description().choices().rateResolution()));
        if (first.equals(second)) {
            throw hearing.violation(
                    "expected different masks in the first calls of two processes, got the same " + first.size()
                            + " elements",
                    call);
        }
    }

    private static Tensor firstOfAProcess(Call call) {
        Hearing.current().restart();
        return Observation.of(call).shownMask();
    }
}
