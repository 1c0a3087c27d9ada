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

/** Chapter STATE of the specification, as far as it is about a process as a whole: asked of the first operation that is judged. */
public interface ProcessContract extends Contract {
    /** So many of each process are compared. */
    int CALLS = 3;

    int MOST_PROCESSES = 3;
    long A_SECOND = 1_000_000_000;

    @Example
    @Checks(
            value = "STATE-2",
            pin = "0455dcdf",
            needs = STATE,
            when = STREAM,
            standsOn = {"STATE-1", "STATE-5"})
    default void aStateIsRestoredInAnotherProcess() {
        CheckRun run = CheckRun.current();
        DType dtype = CheckRun.calls().floating().get(0);
        Asked draw = Asked.of(Steps.call(dtype, 0.5, 128));
        Asked odd = Asked.of(Steps.call(dtype, 0.25, 131));
        List<Step> after = new ArrayList<>(List.of(draw, odd, draw));
        List<Step> steps = new ArrayList<>(List.of(draw, odd));
        if (EVALUATION.holdsFor(run.description())) {
            steps.add(Asked.of(draw.call().withTraining(false)));
        }
        if (run.can(INSTANCES)) {
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
    @Checks(value = "STATE-4", pin = "f1db7504", needs = STATE, when = STREAM, byCoincidence = true)
    default void aStringThatIsNoStateIsRejected() {
        CheckRun run = CheckRun.current();
        Call call = Steps.mostPlain().call();
        List<Tensor> drawn = new ArrayList<>();
        for (String state : List.of("", "no state", "{}", "no-such-adapter/9 \u2205 \"quoted\" [1, 2")) {
            boolean rejected = false;
            try {
                run.ask(BetweenCalls.restoreState(state));
            } catch (RejectedCall asRequired) {
                rejected = true;
            }
            if (!rejected) {
                throw run.violation("expected a rejection, got an answer (restore_state of \"" + state + "\")");
            }
            Tensor mask = Observation.of(call).shownMask();
            for (Tensor before : drawn) {
                requireDifferent(before, mask, "after two states that were rejected", call);
            }
            drawn.add(mask);
        }
    }

    private static void requireDifferent(Tensor first, Tensor second, String where, Call call) {
        CheckRun run = CheckRun.current();
        run.spend(FalseAlarmShares.equal(
                call.maskShape().size(), run.description().choices().rateResolution()));
        if (first.equals(second)) {
            throw run.violation(
                    "expected different masks " + where + ", got the same " + first.size() + " elements", call);
        }
    }

    @Example
    @Checks(value = "STATE-8", pin = "9532d4fd", when = UNSEEDED, byCoincidence = true)
    default void processesWithoutASeedDrawAsDeclared() {
        CheckRun run = CheckRun.current();
        Call call = run.session()
                .shapes()
                .fitted(Steps.call(CheckRun.calls().floating().get(0), 0.5, 128));
        boolean fixed = run.description().seeding().unseeded().orElseThrow() == Unseeded.FIXED;
        List<List<Tensor>> processes = new ArrayList<>();
        long begun = System.nanoTime();
        // a clock that counts seconds is no seed: as many as begin within one, and two at least
        while (processes.size() < 2
                || !fixed && processes.size() < MOST_PROCESSES && System.nanoTime() - begun < A_SECOND) {
            List<Tensor> drawn = firstOfAProcess(call);
            for (List<Tensor> before : processes) {
                for (int i = 0; i < drawn.size(); i++) {
                    String which = i < CALLS ? "call " + (i + 1) : "the first call of instance 1";
                    if (fixed) {
                        SeedContract.requireSameMask(
                                before.get(i), drawn.get(i), "in " + which + " of a second process", call);
                    } else {
                        requireDifferent(before.get(i), drawn.get(i), "in " + which + " of two processes", call);
                    }
                }
            }
            processes.add(drawn);
        }
    }

    private static List<Tensor> firstOfAProcess(Call call) {
        CheckRun.current().restart();
        List<Tensor> masks = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            masks.add(Observation.of(call).shownMask());
        }
        if (CheckRun.current().can(INSTANCES)) {
            masks.add(Observation.ofInstance(call, 1).shownMask());
        }
        return masks;
    }
}
