package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import net.jqwik.api.Tuple;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Backward;
import org.dropoutspec.contract.Step.Own;
import org.dropoutspec.contract.Step.Release;
import org.dropoutspec.contract.Step.Restore;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.contract.Step.Wrong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Lists of steps, the shortest first. Few calls and few seeds, so that histories come again. */
final class Steps {
    private static final int SHORT = 16;
    private static final int LONG = 50;
    private static final long SEED = 3;
    private static final int MOST_AT_ONCE = 4;

    /** Who keeps the masks of the last calls keeps those of a power of two. */
    private static final int FEW_BETWEEN = 1 << 6;

    private static final int SOME_BETWEEN = 1 << 8;
    private static final int MANY_BETWEEN = 1 << 12;

    /** What is kept from call to call is often kept from some number of elements on. */
    private static final int MANY = 2053;

    /** So far on a counter of 16 bits has come round. */
    private static final int FAR = (1 << 16) + 3;

    private static final int FARTHER = (1 << 20) + 3;

    /** Where a call carries what is otherwise drawn. */
    private static final List<String> DRAWN = List.of("mask", "recurrent_mask", "masks", "noise");

    private final CheckRun run = CheckRun.current();

    /** Steps of these kinds, each as often as the others. */
    Arbitrary<List<Step>> of(List<Arbitrary<? extends Step>> kinds) {
        int longest = run.session().tier() == Tier.QUICK ? SHORT : LONG;
        List<Arbitrary<Step>> steps =
                kinds.stream().map(kind -> kind.map(step -> (Step) step)).toList();
        return Arbitraries.oneOf(steps).list().ofMaxSize(longest).withSizeDistribution(RandomDistribution.uniform());
    }

    /** The same after a seeded call, for the most part: what a walk shows is then its own, and not of those before it. */
    Arbitrary<List<Step>> begun(Arbitrary<List<Step>> steps) {
        if (!run.can(Capability.SEED)) {
            return steps;
        }
        return Combinators.combine(steps, Arbitraries.of(true, true, false)).as((list, seeded) -> {
            List<Step> all = new ArrayList<>(seeded ? List.of(seededCall()) : List.of());
            all.addAll(list);
            return all;
        });
    }

    /** A call, then a state is saved, and after it is restored the same comes again. */
    static List<Step> resumedAfter(Asked call) {
        return List.of(call, new Save(), mostPlain(), new Restore(0), mostPlain());
    }

    /** The first layer draws after a seed, with and without a draw of another layer before it. */
    static List<Step> besides(int other) {
        return List.of(seededCall(), mostPlain().at(other), mostPlain(), seededCall(), mostPlain());
    }

    /** So much is drawn as in a training run that is resumed. */
    static Asked far() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, FAR));
    }

    /** The same, and from the tier standard on more than counters of 20 bits count. */
    static List<Asked> farther(CheckRun run) {
        DType first = CheckRun.calls().floating().get(0);
        boolean quick = run.session().tier() == Tier.QUICK;
        return quick || run.session().operation().site().isPresent()
                ? List.of(far())
                : List.of(far(), Asked.of(call(first, 0.5, FARTHER)));
    }

    /** Some steps, a state saved, others, and after the state is restored the calls among those again. */
    Arbitrary<List<Step>> resumed(Arbitrary<List<Step>> steps) {
        return Combinators.combine(steps, steps).as((before, after) -> {
            List<Step> all = new ArrayList<>(before);
            all.add(new Save());
            all.addAll(after);
            all.add(new Restore(
                    (int) before.stream().filter(Save.class::isInstance).count()));
            after.stream().filter(Asked.class::isInstance).forEach(all::add);
            return all;
        });
    }

    /** So many calls that are let pass between a retained one and its backward pass, on the way to fewer. */
    private record Between(Asked call, int calls) implements Shrinkable<List<Step>> {
        @Override
        public List<Step> value() {
            List<Step> all = new ArrayList<>(List.of(call.keep()));
            all.addAll(Collections.nCopies(calls, call));
            all.add(new Backward(0));
            return all;
        }

        @Override
        public Stream<Shrinkable<List<Step>>> shrink() {
            return IntStream.of(calls / 2, calls * 3 / 4, calls * 7 / 8, calls - 1)
                    .filter(fewer -> fewer >= 0 && fewer < calls)
                    .distinct()
                    .mapToObj(fewer -> new Between(call, fewer));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(calls);
        }
    }

    /**
     * The shortest lists there are; then a retained call, others of the same kind, and its backward pass: many small ones,
     * and of plain dropout one large one.
     */
    List<Shrinkable<List<Step>>> between() {
        boolean quick = run.session().tier() == Tier.QUICK;
        Asked kept = mostPlain().keep();
        List<Shrinkable<List<Step>>> all = new ArrayList<>();
        all.add(new Between(mostPlain(), 1));
        all.add(Shrinkable.unshrinkable(List.of(kept, kept, new Release(0), new Backward(0))));
        if (run.session().operation().site().isPresent()) {
            all.add(new Between(mostPlain(), quick ? FEW_BETWEEN : SOME_BETWEEN));
            return all;
        }
        all.add(new Between(mostPlain(), FEW_BETWEEN));
        all.add(new Between(mostPlain(), quick ? SOME_BETWEEN : MANY_BETWEEN));
        all.add(new Between(far(), 1));
        return all;
    }

    /** Each call of the design retained, made again, and then its backward pass. */
    Arbitrary<List<Step>> madeAgain() {
        return covered().map(step -> List.of(step.keep(), step, new Backward(0)));
    }

    /**
     * The steps after a seeded call, and all of it again without what should make no difference.
     *
     * @param plain what a step comes to the second time
     */
    Arbitrary<List<Step>> twice(Arbitrary<List<Step>> steps, Function<Step, Optional<Step>> plain) {
        return steps.map(list -> twice(List.of(seededCall()), list, plain));
    }

    /** The same after a seeded call of each layer that is in the list, and of the first. */
    Arbitrary<List<Step>> twiceInEach(Arbitrary<List<Step>> steps, Function<Step, Optional<Step>> plain) {
        return steps.map(list -> {
            List<Step> seeded = IntStream.concat(IntStream.of(0), list.stream().mapToInt(Steps::instance))
                    .distinct()
                    .mapToObj(instance -> (Step) seededCall().at(instance))
                    .toList();
            return twice(seeded, list, plain);
        });
    }

    private static List<Step> twice(List<Step> seeded, List<Step> steps, Function<Step, Optional<Step>> plain) {
        List<Step> all = new ArrayList<>(seeded);
        all.addAll(steps);
        all.addAll(seeded);
        steps.forEach(step -> plain.apply(step).ifPresent(all::add));
        return all;
    }

    private static int instance(Step step) {
        return step instanceof Asked asked
                ? asked.how().instance()
                : step instanceof Own own ? own.how().instance() : 0;
    }

    private static Asked seededCall() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, 128).withSeed(SEED));
    }

    /** Training calls: of the same shape, of another rate, another type, an odd size, and none at all. */
    Arbitrary<Asked> training() {
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

    /** A training call on zeros among others, of which the output does not show the mask. */
    static Arbitrary<Asked> withZeros() {
        DType first = CheckRun.calls().floating().get(0);
        return Arbitraries.of(Asked.of(Call.training(0.5, Fill.ZEROS.fill(first, Shape.of(128), 0))));
    }

    /** Training calls under every condition in turn, now and then with a mask of their own where one may be given. */
    Arbitrary<Asked> covered() {
        Conditions conditions = run.conditions();
        Arbitrary<Asked> calls = InTurn.cycle(conditions.calls().stream()
                .map(row -> (Shrinkable<Asked>) new Plainer<>(row, Steps::under, conditions.scope(), any -> true))
                .toList());
        return run.can(Capability.MASK_INPUT) && !run.can(Capability.FEW_SHAPES)
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

    /** Two training calls and no more: masks with the same history are then many. */
    Arbitrary<Asked> draws() {
        List<DType> types = CheckRun.calls().floating();
        return Arbitraries.of(
                Asked.of(call(types.get(0), 0.5, 128)), Asked.of(call(types.get(types.size() - 1), 0.25, 131)));
    }

    /** The same where seeds can be taken, one of two of them at each call. */
    Arbitrary<Asked> seeded(Arbitrary<Asked> calls) {
        return run.can(Capability.SEED)
                ? calls.flatMap(step -> Arbitraries.of(SEED, SEED + 1)
                        .map(seed -> step.with(step.call().withSeed(seed))))
                : calls;
    }

    Arbitrary<Asked> at(Arbitrary<Asked> calls, Integer... instances) {
        return calls.flatMap(step -> Arbitraries.of(instances).map(step::at));
    }

    /** The same in two layers, where there are several. */
    Arbitrary<Asked> anywhere(Arbitrary<Asked> calls) {
        return run.can(Capability.INSTANCES) ? at(calls, 0, 1) : calls;
    }

    /** The same, in the buffer of its input or not, where it can be. */
    Arbitrary<Asked> anyBuffer(Arbitrary<Asked> calls) {
        return writesOver() ? calls.flatMap(step -> Arbitraries.of(step, step, step.writeOver())) : calls;
    }

    private boolean writesOver() {
        return run.can(Capability.IN_PLACE) && !run.can(Capability.FEW_SHAPES);
    }

    /** The same with other numbers for the instances, each list with those of one numbering. */
    Arbitrary<List<Step>> renumbered(Arbitrary<List<Step>> steps, List<List<Integer>> numberings) {
        return Combinators.combine(steps, Arbitraries.of(numberings))
                .as((list, numbers) -> list.stream()
                        .map(step -> step instanceof Asked asked
                                ? asked.at(numbers.get(asked.how().instance()))
                                : step instanceof Wrong wrong
                                        ? new Wrong(wrong.call(), numbers.get(wrong.instance()))
                                        : step)
                        .toList());
    }

    /** The same, now and then after many retained calls, up to all that there may be, with as many backward passes at the end. */
    Arbitrary<List<Step>> withManyKept(Step kept, Arbitrary<List<Step>> steps) {
        Arbitrary<Integer> many = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0)),
                Tuple.of(
                        1,
                        Arbitraries.integers()
                                .between(0, Walk.MOST_RETAINED)
                                .withDistribution(RandomDistribution.uniform())));
        return Combinators.combine(steps, many).as((list, count) -> {
            List<Step> all = new ArrayList<>(Collections.nCopies(count, kept));
            all.addAll(list);
            all.addAll(Collections.nCopies(count, new Backward(MOST_AT_ONCE)));
            return all;
        });
    }

    static Asked mostPlain() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, 128));
    }

    static Asked large() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, MANY));
    }

    /** So many elements that a rate that is far off shows in a single mask. */
    static Asked compared() {
        return Asked.of(call(CheckRun.calls().floating().get(0), 0.5, MaskAgreement.ELEMENTS));
    }

    /** Calls that are alike but for their size, on the way to the plain one. */
    static Arbitrary<Asked> larger(Asked largest) {
        return Arbitraries.of(mostPlain(), large(), largest);
    }

    static Arbitrary<Asked> kept(Arbitrary<Asked> calls) {
        return calls.map(Asked::keep);
    }

    /**
     * Lists made from calls of the operation under test, which its own chapter asks: two that differ in their rate alone,
     * where it has one, and another.
     *
     * @param lists given such calls, without masks, seeds and gradients
     */
    Arbitrary<List<Step>> ofOwn(Function<List<OperationCall>, Arbitrary<List<Step>>> lists) {
        return run.site()
                .calls()
                .filter(call -> DRAWN.stream().noneMatch(call::has))
                .map(this::undressed)
                .list()
                .ofSize(2)
                .flatMap(
                        calls -> lists.apply(List.of(rate(calls.get(0), 0.5), rate(calls.get(0), 0.25), calls.get(1))));
    }

    static Arbitrary<Own> own(List<OperationCall> calls) {
        return Arbitraries.of(calls).map(Own::of);
    }

    /** The same in two layers, where there are several. */
    Arbitrary<Own> anywhereOwn(List<OperationCall> calls) {
        return run.can(Capability.INSTANCES)
                ? own(calls).flatMap(step -> Arbitraries.of(0, 1).map(step::at))
                : own(calls);
    }

    /** The same, in the buffer of its input or not, where it can be. */
    Arbitrary<Own> anyBufferOwn(Arbitrary<Own> calls) {
        return writesOver() ? calls.flatMap(step -> Arbitraries.of(step, step, step.writeOver())) : calls;
    }

    /** Evaluations, where there are any; else training calls. */
    Arbitrary<Own> evaluationsOwn(Arbitrary<Own> calls) {
        return Applies.EVALUATION.holdsFor(run.description())
                ? calls.map(step -> step.with(run.site().awaiting(step.call().with("training", false))))
                : calls;
    }

    private OperationCall undressed(OperationCall call) {
        return run.site()
                .awaiting(call.with("training", true)
                        .without("seed")
                        .without("grad_output")
                        .without("gradients"));
    }

    private static OperationCall rate(OperationCall call, double rate) {
        return call.has("rate") ? call.with("rate", rate) : call;
    }

    /** The same with an upstream gradient. */
    static Arbitrary<Asked> withGradient(Arbitrary<Asked> calls) {
        return calls.map(step -> step.with(step.call()
                .withGradOutput(Fill.COUNTING.fill(
                        step.call().input().dtype(), step.call().shape(), 0))));
    }

    /** Evaluations, where there are any; else training calls. */
    Arbitrary<Asked> evaluations(Arbitrary<Asked> calls) {
        return Applies.EVALUATION.holdsFor(run.description())
                ? calls.map(step -> step.with(step.call().withTraining(false)))
                : calls;
    }

    /** What draws nothing: evaluations, calls that are given their masks, and retained calls with their backward passes. */
    Arbitrary<Step> interlude() {
        List<Arbitrary<? extends Step>> kinds = new ArrayList<>(List.of(
                anywhere(evaluations(training())),
                anywhere(evaluations(Arbitraries.of(large()))),
                anywhere(withGradient(evaluations(draws())))));
        if (run.can(Capability.MASK_INPUT) && !run.can(Capability.FEW_SHAPES)) {
            kinds.add(draws().map(step -> step.with(masked(step.call()))));
        }
        if (run.can(Capability.RETAIN)) {
            kinds.addAll(List.of(evaluations(draws()).map(Asked::keep), backward(), release()));
        }
        return Arbitraries.oneOf(
                kinds.stream().map(kind -> kind.map(step -> (Step) step)).toList());
    }

    /** What RATE-3 has rejected; of one of these instances, or of the plain one. */
    Arbitrary<Wrong> wrong(Integer... instances) {
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

    /** The steps after one call of each of these instances: where layers are made, and when, is then no matter. */
    Arbitrary<List<Step>> naming(Arbitrary<List<Step>> steps, int instances) {
        Call call = call(CheckRun.calls().floating().get(0), 0.5, 3);
        return steps.map(list -> {
            List<Step> all = new ArrayList<>();
            for (int instance = 0; instance < instances; instance++) {
                all.add(Asked.of(call).at(instance));
            }
            all.addAll(list);
            return all;
        });
    }

    static Call call(DType dtype, double rate, int elements) {
        return Call.training(rate, Fill.COUNTING.fill(dtype, Shape.of(elements), 0));
    }
}
