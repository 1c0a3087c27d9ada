package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Shrinkable;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Backward;
import org.dropoutspec.contract.Step.Put;
import org.dropoutspec.contract.Step.Release;
import org.dropoutspec.contract.Step.Restore;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.contract.Step.Wrong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Single steps. There are few calls and few seeds, so that the same histories come again. */
final class Steps {
    private static final long SEED = 3;

    /** Retained calls and saved states are named by numbers below this. */
    private static final int MOST_AT_ONCE = 4;

    /** An implementation may keep something for the first few layers only. */
    private static final int LAST_INSTANCE = 15;

    /** Some implementations keep something from call to call only above some number of elements. */
    private static final int MANY = 2053;

    /** After so many elements a counter of 16 bits begins again. */
    private static final int FAR = (1 << 16) + 3;

    private static final int FARTHER = (1 << 20) + 3;

    private Steps() {}

    /** A call that draws much, as a training run has drawn much when it is resumed. */
    static Asked far() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, FAR));
    }

    /** The same call, and for plain dropout from the tier standard on one of more elements than 20 bits count. */
    static List<Asked> farther() {
        CheckRun run = CheckRun.current();
        DType first = CheckRun.calls().floating().get(0);
        boolean quick = run.session().tier() == Tier.QUICK;
        return quick || run.session().operation().site().isPresent()
                ? List.of(far())
                : List.of(far(), Asked.of(call(first, 0.5, FARTHER)));
    }

    static Asked seededCall() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, 128).withSeed(SEED));
    }

    /** Training calls: the plain one, and others of another rate, another type, an odd size, and no elements. */
    static Arbitrary<Asked> training() {
        List<DType> types = CheckRun.calls().floating();
        DType first = types.get(0);
        DType last = types.get(types.size() - 1);
        return Arbitraries.of(
                Asked.of(call(first, 0.5, 128)),
                Asked.of(call(first, 0.25, 128)),
                Asked.of(call(last, 0.5, 128)),
                Asked.of(call(last, 0.25, 131)),
                Asked.of(call(first, 0.5, 3)),
                Asked.of(call(first, 0.5, 0)));
    }

    /** A training call on zeros, whose output does not show the mask. */
    static Arbitrary<Asked> withZeros() {
        DType first = CheckRun.calls().floating().get(0);
        return Arbitraries.of(Asked.of(Call.training(0.5, Fill.ZEROS.fill(first, Shape.of(128), 0))));
    }

    /** Training calls under every condition in turn, now and then with a mask of their own where one may be given. */
    static Arbitrary<Asked> covered() {
        Conditions conditions = CheckRun.current().conditions();
        Arbitrary<Asked> calls = InTurn.cycle(conditions.calls().stream()
                .map(row -> (Shrinkable<Asked>) new Plainer<>(row, Steps::under, conditions.scope(), any -> true))
                .toList());
        return CheckRun.current().can(Capability.MASK_INPUT)
                        && !CheckRun.current().can(Capability.FEW_SHAPES)
                ? Combinators.combine(calls, Arbitraries.of(false, false, true))
                        .as((step, given) -> given ? Asked.of(masked(step.call())) : step)
                : calls;
    }

    private static Asked under(Condition condition) {
        return Asked.of(CallForm.of(condition, Fill.COUNTING, 0).withoutGradOutput());
    }

    private static Call masked(Call call) {
        return call.withMask(CallForm.everyOther(call.maskShape()));
    }

    /** Only two training calls, so that many masks have the same history. */
    static Arbitrary<Asked> draws() {
        List<DType> types = CheckRun.calls().floating();
        return Arbitraries.of(
                Asked.of(call(types.get(0), 0.5, 128)), Asked.of(call(types.get(types.size() - 1), 0.25, 131)));
    }

    /** The same calls, where seeds can be taken each with one of two seeds. */
    static Arbitrary<Asked> seeded(Arbitrary<Asked> calls) {
        return CheckRun.current().can(Capability.SEED)
                ? calls.flatMap(step -> Arbitraries.of(SEED, SEED + 1)
                        .map(seed -> step.with(step.call().withSeed(seed))))
                : calls;
    }

    static <P extends Put<P>> Arbitrary<P> at(Arbitrary<P> calls, Integer... instances) {
        return calls.flatMap(step -> Arbitraries.of(instances).map(step::at));
    }

    /** The same calls in layers 0, 1 and 15, where there are several. */
    static <P extends Put<P>> Arbitrary<P> anywhere(Arbitrary<P> calls) {
        return CheckRun.current().can(Capability.INSTANCES) ? at(calls, 0, 1, 0, 1, LAST_INSTANCE) : calls;
    }

    /** The same calls; where they can be, some are in the buffer of their input. */
    static <P extends Put<P>> Arbitrary<P> anyBuffer(Arbitrary<P> calls) {
        return writesOver() ? calls.flatMap(step -> Arbitraries.of(step, step, step.writeOver())) : calls;
    }

    private static boolean writesOver() {
        return CheckRun.current().can(Capability.IN_PLACE)
                && !CheckRun.current().can(Capability.FEW_SHAPES);
    }

    static Asked mostPlain() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, 128));
    }

    static Asked large() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, MANY));
    }

    /** The plain call, but of so many elements that a rate that is far off shows in a single mask. */
    static Asked compared() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, MaskAgreement.ELEMENTS));
    }

    /** Calls that differ only in their size, and shrink to the plain one. */
    static Arbitrary<Asked> larger(Asked largest) {
        return Arbitraries.of(mostPlain(), large(), largest);
    }

    static <P extends Put<P>> Arbitrary<P> kept(Arbitrary<P> calls) {
        return calls.map(Put::keep);
    }

    /** The same calls with an upstream gradient. */
    static Arbitrary<Asked> withGradient(Arbitrary<Asked> calls) {
        return calls.map(step -> step.with(step.call()
                .withGradOutput(Fill.COUNTING.fill(
                        step.call().input().dtype(), step.call().shape(), 0))));
    }

    /** The calls as evaluations, where there are any; else as they are. */
    static Arbitrary<Asked> evaluations(Arbitrary<Asked> calls) {
        return Applies.EVALUATION.holdsFor(CheckRun.current().description())
                ? calls.map(step -> step.with(step.call().withTraining(false)))
                : calls;
    }

    /** Steps that draw nothing: evaluations, also retained, calls with given masks, backward passes and releases. */
    static Arbitrary<Step> interlude() {
        List<Arbitrary<? extends Step>> kinds = new ArrayList<>(List.of(
                anywhere(evaluations(training())),
                anywhere(evaluations(Arbitraries.of(large()))),
                anywhere(withGradient(evaluations(draws())))));
        if (CheckRun.current().can(Capability.MASK_INPUT) && !CheckRun.current().can(Capability.FEW_SHAPES)) {
            kinds.add(draws().map(step -> step.with(masked(step.call()))));
        }
        if (CheckRun.current().can(Capability.RETAIN)) {
            kinds.addAll(List.of(evaluations(draws()).map(Asked::keep), backward(), release()));
        }
        return Arbitraries.oneOf(
                kinds.stream().map(kind -> kind.map(step -> (Step) step)).toList());
    }

    /** A call that RATE-3 wants rejected, of one of these instances, or of instance 0 if there are none. */
    static Arbitrary<Wrong> wrong(Integer... instances) {
        Call call = call(CheckRun.calls().floating().get(0), 0.5, 128).withRate(2);
        return Arbitraries.of(instances.length == 0 ? new Integer[] {0} : instances)
                .map(instance -> new Wrong(call, instance));
    }

    static Arbitrary<Backward> backward() {
        return numbers().map(Backward::new);
    }

    static Arbitrary<Release> release() {
        return numbers().map(Release::new);
    }

    static Arbitrary<Save> save() {
        return Arbitraries.just(new Save());
    }

    static Arbitrary<Restore> restore() {
        return numbers().map(Restore::new);
    }

    private static Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, MOST_AT_ONCE - 1);
    }

    static Call call(DType dtype, double rate, int elements) {
        return Call.training(rate, Fill.COUNTING.fill(dtype, Shape.of(elements), 0));
    }
}
