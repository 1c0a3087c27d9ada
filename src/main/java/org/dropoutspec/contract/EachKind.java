package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Backward;
import org.dropoutspec.contract.Step.Release;
import org.dropoutspec.contract.Step.Restore;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.contract.Step.Wrong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The shortest lists of steps in which a step of one kind comes next to what it may disturb. Each kind is asked in
 * every run, whatever else is drawn at random.
 */
final class EachKind {
    private EachKind() {}

    /** Each kind between the plain call and its backward pass; and the plain call, or its own kind, before its own. */
    static List<List<Step>> beforeABackwardPass() {
        Asked plain = Steps.mostPlain();
        List<List<Step>> lists = new ArrayList<>();
        Stream.concat(keepable().stream(), others().stream())
                .forEach(kind -> lists.add(List.of(plain.keep(), kind, new Backward(0))));
        for (Asked kind : keepable()) {
            lists.add(List.of(kind.keep(), plain, new Backward(0)));
            lists.add(List.of(kind.keep(), kind, new Backward(0)));
        }
        return lists;
    }

    /** Each kind retained, its backward pass right after it, and then a call of the same stream. */
    static List<List<Step>> withItsBackwardPass() {
        return keepable().stream()
                .map(kind -> List.<Step>of(kind.keep(), new Backward(0), Steps.mostPlain()))
                .toList();
    }

    /** Each kind right before a state is saved. */
    static List<List<Step>> beforeASave() {
        return all().map(kind -> {
                    List<Step> steps = new ArrayList<>(kind);
                    steps.add(new Save());
                    return steps;
                })
                .toList();
    }

    /** Each kind right before a state is saved; and right after that, and again after it is restored. */
    static List<List<Step>> aroundASave() {
        Asked plain = Steps.mostPlain();
        List<List<Step>> lists = new ArrayList<>();
        beforeASave().forEach(steps -> {
            List<Step> before = begun(steps);
            before.addAll(List.of(plain, new Restore(0), plain));
            lists.add(before);
        });
        all().forEach(kind -> {
            List<Step> after = begun(List.of(plain, new Save()));
            after.addAll(kind);
            after.addAll(List.of(plain, new Restore(0)));
            after.addAll(kind);
            after.add(plain);
            lists.add(after);
        });
        return lists;
    }

    /**
     * A call that draws nothing, in each way in which no other check asks it: retained and released, of another
     * instance, in place. After it the plain call draws; then all is repeated from the same seeds without the call.
     */
    static List<List<Step>> aroundWhatDrawsNothing(UnaryOperator<Call> drawingNothing) {
        if (can(Capability.FEW_SHAPES)) {
            return List.of();
        }
        Asked plain = Steps.mostPlain();
        Asked nothing = plain.with(drawingNothing.apply(plain.call()));
        List<Step> seeded = List.of(Steps.seededCall());
        List<List<Step>> lists = new ArrayList<>();
        if (can(Capability.RETAIN)) {
            lists.add(without(nothing.keep(), seeded, List.of(nothing.keep(), new Release(0), plain)));
        }
        if (can(Capability.INSTANCES)) {
            List<Step> both = List.of(Steps.seededCall(), Steps.seededCall().at(1));
            lists.add(without(nothing.at(1), both, List.of(nothing.at(1), plain.at(1), plain)));
        }
        if (can(Capability.IN_PLACE)) {
            lists.add(without(nothing.writeOver(), seeded, List.of(nothing.writeOver(), plain)));
        }
        return lists;
    }

    private static List<Step> without(Step nothing, List<Step> seeded, List<Step> steps) {
        return StepLists.twice(seeded, steps, step -> StepLists.call(step).filter(call -> !call.equals(nothing)));
    }

    /** An instance draws after its seed, once with seeds for others in between and once without. */
    static List<Step> besidesSeeds(int instance, List<Integer> others) {
        Asked seeded = Steps.seededCall();
        Asked plain = Steps.mostPlain().at(instance);
        List<Step> steps = new ArrayList<>(List.of(seeded.at(instance)));
        others.forEach(other -> steps.add(seeded.at(other)));
        steps.addAll(List.of(plain, seeded.at(instance), plain));
        return steps;
    }

    private static List<Step> begun(List<Step> steps) {
        List<Step> all = new ArrayList<>();
        if (can(Capability.SEED)) {
            all.add(Steps.seededCall());
        }
        all.addAll(steps);
        return all;
    }

    private static Stream<List<Step>> all() {
        List<List<Step>> all = new ArrayList<>();
        keepable().forEach(kind -> all.add(List.of(kind)));
        others().forEach(kind -> all.add(List.of(kind)));
        if (can(Capability.RETAIN) && !isLimited()) {
            Asked kept = Steps.mostPlain().keep();
            all.add(List.of(kept));
            all.add(List.of(kept, new Backward(0)));
            all.add(List.of(kept, new Release(0)));
        }
        return all.stream();
    }

    /** Calls that can be retained, the plain one first. */
    private static List<Asked> keepable() {
        if (isLimited()) {
            return List.of();
        }
        DType first = CheckRun.calls().floating().get(0);
        DType last = CheckRun.calls().floating().get(CheckRun.calls().floating().size() - 1);
        Asked plain = Steps.mostPlain();
        List<Asked> kinds = new ArrayList<>(List.of(
                plain,
                plain.with(plain.call().withRate(0.25)),
                plain.with(plain.call().withRate(0)),
                Asked.of(Steps.call(last, 0.5, 128)),
                Asked.of(Steps.call(first, 0.5, 131)),
                Steps.large(),
                Asked.of(Call.training(0.5, Tensor.of(first, Shape.of(), 1))),
                Asked.of(Steps.call(first, 0.5, 0)),
                Asked.of(Call.training(0.5, Fill.ZEROS.fill(first, Shape.of(128), 0)))));
        Call matrix = Call.training(0.5, Fill.COUNTING.fill(first, Shape.of(16, 8), 0));
        if (can(Capability.NOISE_SHAPE)) {
            kinds.add(Asked.of(matrix.withNoiseShape(Shape.of(16, 1))));
        }
        if (can(Capability.PERMUTED_INPUT)) {
            // a square, whose layout does not show in its shape
            Call square = Call.training(0.5, Fill.COUNTING.fill(first, Shape.of(12, 12), 0));
            kinds.add(Asked.of(square.withPermutation(1, 0)));
        }
        if (can(Capability.MASK_INPUT)) {
            kinds.add(plain.with(plain.call().withMask(CallForm.everyOther(Shape.of(128)))));
        }
        if (can(Capability.SEED)) {
            kinds.add(Steps.seededCall());
        }
        if (can(Capability.INSTANCES)) {
            kinds.add(plain.at(1));
        }
        if (can(Capability.IN_PLACE)) {
            kinds.add(plain.writeOver());
        }
        if (Applies.EVALUATION.holdsFor(CheckRun.current().description())) {
            kinds.add(plain.with(plain.call().withTraining(false)));
            if (can(Capability.SEED)) { // a stream that was seeded, and of which nothing was drawn
                kinds.add(plain.with(Steps.seededCall().call().withTraining(false)));
            }
        }
        return kinds;
    }

    /** Steps that cannot be retained: calls that have their gradient already, and one that has to be rejected. */
    private static List<Step> others() {
        if (isLimited()) {
            return List.of();
        }
        Asked plain = Steps.mostPlain();
        List<Step> others = new ArrayList<>(List.of(new Wrong(plain.call().withRate(2), 0)));
        if (can(Capability.BACKWARD)) {
            Call behind = plain.call().withGradOutput(plain.call().input());
            others.add(plain.with(behind));
            if (can(Capability.RECOMPUTE)) {
                others.add(plain.with(behind).recompute(true));
            }
            if (Applies.EVALUATION.holdsFor(CheckRun.current().description())) {
                others.add(plain.with(behind.withTraining(false)));
            }
        }
        return others;
    }

    private static boolean can(Capability capability) {
        return CheckRun.current().can(capability);
    }

    /** Whether no kinds are asked: where every new shape is expensive, or the operation is asked calls of its own. */
    private static boolean isLimited() {
        return can(Capability.FEW_SHAPES)
                || CheckRun.current().session().operation().site().isPresent();
    }
}
