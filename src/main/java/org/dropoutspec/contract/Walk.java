package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.contract.FewestSteps.Shown;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Backward;
import org.dropoutspec.contract.Step.Elsewhere;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.contract.Step.Own;
import org.dropoutspec.contract.Step.Release;
import org.dropoutspec.contract.Step.Restore;
import org.dropoutspec.contract.Step.Wrong;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.Tensor;
import org.opentest4j.TestAbortedException;

/**
 * Steps put to the implementation one by one, and judged by one idea: a mask is a function of its history. The history
 * of a mask is where its stream began and what was drawn from it since; a saved state brings its history back;
 * evaluations, backward passes, releases and saves are no part of it. What is drawn with a history that was seen before
 * has to be the mask that was drawn then. And the gradient of a retained call is that of the call, whatever came
 * between.
 */
final class Walk {
    private final CheckRun run = CheckRun.current();
    private final Judging judging;
    private final WalkReport report = new WalkReport(run);
    private final RetainedCalls retained = new RetainedCalls(run, report);
    private final List<Saved> saved = new ArrayList<>();
    private final MasksDrawn masks = new MasksDrawn();
    private Histories histories = new Histories(run.description().seeding().scope());

    /** What is judged of a walk. */
    enum Judging {
        GRADIENTS,
        MASKS,
        BOTH,
        /** Every answer as a whole, and each mask against those of its own instance, whatever their history. */
        WHOLE
    }

    private record Saved(int step, String state, Histories histories) {}

    private Walk(Judging judging) {
        this.judging = judging;
    }

    /** Takes the steps in turn, and releases what they retained. The fewest steps that show a violation tell it. */
    static void of(List<Step> steps, Judging judging) {
        shown(steps, judging).ifPresent(shown -> {
            Shown fewest = FewestSteps.of(shown, fewer -> expressible(fewer, judging));
            boolean evaluation = fewest.steps().stream().anyMatch(Step::isEvaluation);
            throw CheckRun.current().cause().withEvaluation(evaluation, fewest.violation());
        });
    }

    private static Optional<Shown> shown(List<Step> steps, Judging judging) {
        Walk walk = new Walk(judging);
        int taken = 0;
        try {
            for (Step step : steps) {
                taken++;
                walk.take(step);
            }
        } catch (Violation violation) {
            return Optional.of(new Shown(steps.subList(0, taken), violation));
        } finally {
            walk.retained.letGo();
        }
        return Optional.empty();
    }

    private static Optional<Shown> expressible(List<Step> steps, Judging judging) {
        try {
            return shown(steps, judging);
        } catch (TestAbortedException notExpressed) {
            return Optional.empty(); // the call is counted where it was asked
        }
    }

    /** Walks through lists one by one; one with a call that cannot be expressed is left out. */
    static void ofEach(List<List<Step>> lists, Judging judging) {
        lists.forEach(steps -> {
            try {
                of(steps, judging);
            } catch (TestAbortedException notExpressed) {
                // the call is counted where it was asked
            }
        });
    }

    private void take(Step step) {
        if (step instanceof Asked asked) {
            Call call = run.session().shapes().fitted(asked.call());
            standingBehind(call).ifPresent(behind -> ask(asked, call, behind));
        } else if (step instanceof Own own) {
            ask(own);
        } else if (step instanceof Wrong wrong) {
            Call call = run.session().shapes().fitted(wrong.call());
            standingBehind(call)
                    .ifPresent(behind ->
                            reject(call, How.PLAIN.at(wrong.instance()).of(behind), wrong.instance()));
        } else if (step instanceof Backward backward && !retained.isEmpty()) {
            retained.backward(backward.which(), judging != Judging.MASKS);
        } else if (step instanceof Release release && !retained.isEmpty()) {
            retained.release(release.which());
        } else if (step instanceof Step.Save) {
            save();
        } else if (step instanceof Restore restore && !saved.isEmpty()) {
            restore(saved.get(restore.which() % saved.size()), "");
        } else if (step instanceof Elsewhere elsewhere && !saved.isEmpty()) {
            run.restart();
            retained.forget();
            restore(saved.get(elsewhere.which() % saved.size()), ", in a process started anew");
        }
    }

    /** The operation's own call; empty if it has none, as for no elements. */
    private Optional<OperationCall> standingBehind(Call call) {
        try {
            return Optional.of(run.session().operation().standingBehind(call));
        } catch (UnsupportedCall none) {
            return Optional.empty();
        }
    }

    private void ask(Asked step, Call call, OperationCall plain) {
        OperationCall asked = asked(step.how(), plain);
        OperationResult answer = report.answered(call, asked);
        Result result = run.session().operation().shown(call, asked, answer);
        retained.keep(asked, Optional.of(call), plain, answer);
        if (judging == Judging.WHOLE) {
            report.requireRight(run.session().operation().judged(plain, answer), "", How.PLAIN);
            if (call.training() && call.mask().isEmpty() && call.maskShape().equals(call.shape())) {
                Tensor mask = Observation.of(call, result).shownMask();
                masks.unlikely(report.number(), step.how().instance(), call.rate(), mask)
                        .map(report::violation)
                        .ifPresent(wrong -> {
                            throw wrong;
                        });
            }
            return;
        }
        if (call.training() && call.mask().isEmpty()) {
            judgeMask(step.how().instance(), call, Observation.of(call, result).shownMask());
        }
        if (call.gradOutput().isPresent() && judging != Judging.MASKS) {
            report.requireRight(gradients(plain, answer), "", step.how());
        }
    }

    /** Asks a call of the operation, whose answer is not known to show a mask. */
    private void ask(Own step) {
        How how = step.how();
        OperationCall own = how.recomputed() ? run.session().operation().differentiated(step.call()) : step.call();
        OperationCall asked = asked(how, own);
        OperationResult answer = report.answered(asked);
        retained.keep(asked, Optional.empty(), own, answer);
        if (own.training()) {
            own.seed().ifPresent(seed -> histories.seed(how.instance(), seed));
            histories.draw(how.instance(), step.call());
        }
        if (how.recomputed() && judging != Judging.MASKS) {
            report.requireRight(run.session().operation().judged(own, answer), "", how);
        }
    }

    /** The call as this step puts it; it is noted for the report. */
    private OperationCall asked(How how, OperationCall plain) {
        OperationCall put = how.of(plain);
        OperationCall asked = how.retained() && !retained.isFull() ? BetweenCalls.retained(put) : put;
        report.add(asked.toString());
        return asked;
    }

    private void judgeMask(int instance, Call call, Tensor mask) {
        call.seed().ifPresent(seed -> histories.seed(instance, seed));
        MasksDrawn.Kind kind = MasksDrawn.Kind.of(call);
        Optional<String> other = masks.unlikeItsLike(report.number(), histories.of(instance), instance, kind, mask);
        histories.draw(instance, kind);
        if (judging != Judging.GRADIENTS && other.isPresent()) {
            Violation wrong = report.violation(other.get());
            // where no plainer walk shows this, the state that is not saved is that of the other layers
            boolean ofOther = instance != 0 && run.requirement().id().equals("STATE-1");
            throw ofOther ? run.cause().partOf("STATE-5", wrong) : wrong;
        }
    }

    /** What is wrong with the gradients alone; another requirement judges the forward pass. */
    private List<Sighting> gradients(OperationCall asked, OperationResult answer) {
        return run.session().operation().judged(asked, answer).stream()
                .filter(sighting -> run.session().operation().site().isPresent()
                        || sighting.requirement().startsWith("BWD"))
                .toList();
    }

    /** Puts a call that has to be rejected; whether such a call draws is not specified. */
    private void reject(Call call, OperationCall asked, int instance) {
        OperationCall put = judging == Judging.GRADIENTS ? BetweenCalls.retained(asked) : asked;
        report.add(put + ", to be rejected");
        try {
            run.ask(call, put);
        } catch (RejectedCall asItShouldBe) {
            // another requirement judges whether it is rejected
        }
        histories.lose(instance, report.number());
    }

    private void save() {
        report.add("save the state");
        String state = report.answered(BetweenCalls.saveState()).text("state");
        saved.add(new Saved(report.number(), state, histories.copy()));
    }

    private void restore(Saved state, String where) {
        report.add("restore the state of step " + state.step() + where);
        report.answered(BetweenCalls.restoreState(state.state()));
        histories = state.histories().copy();
    }
}
