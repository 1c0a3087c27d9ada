package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.contract.Applies.UNSEEDED;
import static org.dropoutspec.implementation.Capability.INSTANCES;
import static org.dropoutspec.implementation.Capability.STATE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import net.jqwik.api.Example;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Elsewhere;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding.Unseeded;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Chapter STATE of the specification on processes as a whole, asked only of the first operation that is judged. */
public interface ProcessContract extends Contract {
    /** How many calls of each process are compared. */
    int CALLS = 3;

    @Example
    @Checks(
            value = "STATE-2",
            pin = "0455dcdf",
            needs = STATE,
            when = STREAM,
            standsOn = {"STATE-1", "STATE-5", "EVAL-3"})
    default void aStateIsRestoredInAnotherProcess() {
        CheckRun run = CheckRun.current();
        run.restart(); // a new process was never seeded: such streams are in the state too
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
            after.addAll(List.of(draw.at(1), draw.at(StateContract.LATE)));
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
        run.coincidences()
                .spend(FalseAlarmShares.equal(
                        call.maskShape().size(), run.description().choices().rateResolution()));
        if (first.equals(second)) {
            throw run.cause()
                    .ofMasks(run.violation(
                            "expected different masks " + where + ", got the same " + first.size() + " elements",
                            call));
        }
    }

    @Example
    @Checks(
            value = "STATE-8",
            pin = "c5fa3216",
            when = UNSEEDED,
            standsOn = {"STATE-9", "SEED-4", "SEED-8"},
            byCoincidence = true)
    default void processesWithoutASeedDrawAsDeclared() {
        CheckRun run = CheckRun.current();
        Call call = run.session()
                .shapes()
                .fitted(Steps.call(CheckRun.calls().floating().get(0), 0.5, MaskAgreement.ELEMENTS));
        List<List<Tensor>> processes = firstOfTwo(run, call);
        boolean fixed = run.description().seeding().unseeded().orElseThrow() == Unseeded.FIXED;
        for (int i = 0; i < processes.get(0).size(); i++) {
            Tensor mask = processes.get(0).get(i);
            if (fixed) {
                MaskEquality.required(mask, processes.get(1).get(i), "in " + which(i) + " of a second process", call);
                continue;
            }
            for (int j = 0; j < processes.get(1).size(); j++) {
                requireIndependent(mask, which(i), processes.get(1).get(j), which(j), call);
            }
        }
    }

    private static String which(int mask) {
        return mask < CALLS ? "call " + (mask + 1) : "the first call of instance 1";
    }

    private static void requireIndependent(Tensor one, String of, Tensor other, String and, Call call) {
        CheckRun run = CheckRun.current();
        String where = "in two processes that were never seeded, " + of + " of one and " + and + " of the other: ";
        if (one.size() != MaskAgreement.ELEMENTS) { // so it is where new shapes are expensive
            requireDifferent(one, other, where, call);
            return;
        }
        double resolution = run.description().choices().rateResolution();
        run.coincidences().spend(MaskAgreement.LEVEL + MaskAgreement.overlapping(MaskAgreement.ELEMENTS, resolution));
        MaskAgreement.dependence(PackedMask.ofKept(one), "the one", PackedMask.ofKept(other), "the other", resolution)
                .ifPresent(what -> {
                    throw run.cause().ofMasks(run.violation(where + what, call));
                });
    }

    /**
     * The masks that two processes draw first. The processes begin at the same moment where they can, since a clock
     * that counts seconds is no seed.
     */
    private static List<List<Tensor>> firstOfTwo(CheckRun run, Call call) {
        run.restart();
        CompletableFuture<Optional<Implementation>> beginning = CompletableFuture.supplyAsync(run::another);
        try {
            List<Tensor> one = first(run, call, asked -> run.ask(call, asked));
            Optional<Implementation> other = begun(run, beginning);
            if (other.isEmpty()) {
                run.restart();
            }
            return List.of(
                    one,
                    first(
                            run,
                            call,
                            asked -> other.isPresent() ? run.ask(other.get(), call, asked) : run.ask(call, asked)));
        } finally {
            // waits for one that has only begun: what ends behind the check's back is left when the suite ends
            close(beginning.exceptionally(broken -> Optional.empty()).join());
        }
    }

    private static Optional<Implementation> begun(CheckRun run, CompletableFuture<Optional<Implementation>> beginning) {
        try {
            return beginning.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ImplementationFault broken) {
                throw run.outcome().broken(broken);
            }
            throw failed;
        }
    }

    /** Ends the second process; a fault in its end is not told, since the first one's end shows the same. */
    private static void close(Optional<Implementation> other) {
        if (other.isPresent() && other.get() instanceof AutoCloseable process) {
            try {
                process.close();
            } catch (Exception told) {
                return;
            }
        }
    }

    private static List<Tensor> first(CheckRun run, Call call, Function<OperationCall, OperationResult> put) {
        OperationCall plain = run.standingBehind(call);
        List<OperationCall> calls = new ArrayList<>(Collections.nCopies(CALLS, plain));
        if (run.can(INSTANCES)) {
            calls.add(plain.with("instance", 1L));
        }
        List<Tensor> masks = new ArrayList<>();
        for (OperationCall asked : calls) {
            OperationResult answer = run.answered(call, asked, () -> put.apply(asked));
            Result shown = run.session().operation().shown(call, asked, answer);
            masks.add(Observation.of(call, shown).shownMask());
        }
        return masks;
    }
}
