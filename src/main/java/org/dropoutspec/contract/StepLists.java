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
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Backward;
import org.dropoutspec.contract.Step.Put;
import org.dropoutspec.contract.Step.Release;
import org.dropoutspec.contract.Step.Restore;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.contract.Step.Wrong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.Shape;

/** Lists of steps, the shortest first. */
final class StepLists {
    private static final int SHORT = 16;
    private static final int LONG = 50;

    /** An implementation that keeps the masks of the last calls often keeps a power of two of them. */
    private static final int FEW_BETWEEN = 1 << 6;

    private static final int SOME_BETWEEN = 1 << 8;
    private static final int MANY_BETWEEN = 1 << 12;

    private static final int MORE_CALLS = 300;

    /** The number of a retained call that is neither the first nor, mostly, the last. */
    private static final int FIFTH = 4;

    private StepLists() {}

    /** Lists of steps of these kinds, each kind as often as the others. */
    static Arbitrary<List<Step>> of(List<Arbitrary<? extends Step>> kinds) {
        int longest = CheckRun.current().session().tier() == Tier.QUICK ? SHORT : LONG;
        List<Arbitrary<Step>> steps =
                kinds.stream().map(kind -> kind.map(step -> (Step) step)).toList();
        return Arbitraries.oneOf(steps).list().ofMaxSize(longest).withSizeDistribution(RandomDistribution.uniform());
    }

    /** These lists, mostly after a seeded call: then what a walk shows is due to its own steps, not to earlier ones. */
    static Arbitrary<List<Step>> begun(Arbitrary<List<Step>> steps) {
        if (!CheckRun.current().can(Capability.SEED)) {
            return steps;
        }
        return Combinators.combine(steps, Arbitraries.of(true, true, false)).as((list, seeded) -> {
            List<Step> all = new ArrayList<>(seeded ? List.of(Steps.seededCall()) : List.of());
            all.addAll(list);
            return all;
        });
    }

    /** A call, a save, the plain call, and after the state is restored the plain call again. */
    static List<Step> resumedAfter(Asked call) {
        return List.of(call, new Save(), Steps.mostPlain(), new Restore(0), Steps.mostPlain());
    }

    /** The same with the plain call, after more calls than a counter of 8 bits counts. */
    static List<Step> resumedAfterMany() {
        List<Step> all = new ArrayList<>(Collections.nCopies(MORE_CALLS, Steps.mostPlain()));
        all.addAll(resumedAfter(Steps.mostPlain()));
        return all;
    }

    /** A call with a shared mask, and then the plain call of the same layer, whose mask must not be shared. */
    static List<Step> plainAfterShared(int instance) {
        Asked plain = Steps.mostPlain().at(instance);
        return List.of(plain.with(plain.call().withNoiseShape(Shape.of(1))), plain);
    }

    /** The first layer draws after a seed, once after a draw of another layer and once without it. */
    static List<Step> besides(int other) {
        return List.of(
                Steps.seededCall(),
                Steps.mostPlain().at(other),
                Steps.mostPlain(),
                Steps.seededCall(),
                Steps.mostPlain());
    }

    /** Some steps, a save, other steps, and after the state is restored the calls among these others again. */
    static Arbitrary<List<Step>> resumed(Arbitrary<List<Step>> steps) {
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

    /**
     * A number of calls between a retained call and its backward pass, which shrinks to fewer calls.
     *
     * @param between the steps that each of these calls consists of: one that is retained is also released
     */
    private record Between(Asked call, List<Step> between, int calls) implements Shrinkable<List<Step>> {
        Between(Asked call, int calls) {
            this(call, List.of(call), calls);
        }

        /** Calls that are retained and released: if there is room for few masks, they may take that of the oldest. */
        static Between letGo(Asked call, int calls) {
            return new Between(call, List.of(call.keep(), new Release(1)), calls);
        }

        @Override
        public List<Step> value() {
            List<Step> all = new ArrayList<>(List.of(call.keep()));
            for (int passed = 0; passed < calls; passed++) {
                all.addAll(between);
            }
            all.add(new Backward(0));
            return all;
        }

        @Override
        public Stream<Shrinkable<List<Step>>> shrink() {
            return IntStream.of(calls / 2, calls * 3 / 4, calls * 7 / 8, calls - 1)
                    .filter(fewer -> fewer >= 0 && fewer < calls)
                    .distinct()
                    .mapToObj(fewer -> new Between(call, between, fewer));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(calls);
        }
    }

    /**
     * The shortest lists there are; then lists of a retained call, others of the same kind, and its backward pass. The
     * others are many small calls, and for plain dropout also as many that are retained and released, and one large
     * call.
     */
    static List<Shrinkable<List<Step>>> between() {
        boolean quick = CheckRun.current().session().tier() == Tier.QUICK;
        Asked kept = Steps.mostPlain().keep();
        List<Shrinkable<List<Step>>> all = new ArrayList<>();
        all.add(new Between(Steps.mostPlain(), 1));
        all.add(Shrinkable.unshrinkable(List.of(kept, kept, new Release(0), new Backward(0))));
        if (CheckRun.current().session().operation().site().isPresent()) {
            all.add(new Between(Steps.mostPlain(), quick ? FEW_BETWEEN : SOME_BETWEEN));
            return all;
        }
        all.add(new Between(Steps.mostPlain(), FEW_BETWEEN));
        all.add(Between.letGo(Steps.mostPlain(), FEW_BETWEEN));
        all.add(new Between(Steps.mostPlain(), quick ? SOME_BETWEEN : MANY_BETWEEN));
        all.add(new Between(Steps.far(), 1));
        return all;
    }

    /** Each call of the design: retained, then made again, and then its backward pass. */
    static Arbitrary<List<Step>> madeAgain() {
        return Steps.covered().map(step -> List.of(step.keep(), step, new Backward(0)));
    }

    /**
     * The steps after a seeded call, and then all of them again without what should make no difference.
     *
     * @param plain what a step becomes the second time; empty where it is left out
     */
    static Arbitrary<List<Step>> twice(Arbitrary<List<Step>> steps, Function<Step, Optional<Step>> plain) {
        return steps.map(list -> twice(list, plain));
    }

    /** The same for one list. */
    static List<Step> twice(List<Step> steps, Function<Step, Optional<Step>> plain) {
        return twice(List.of(Steps.seededCall()), steps, plain);
    }

    /** The step if it is a call, else empty, so that only the calls of a list are left. */
    static Optional<Step> call(Step step) {
        return Optional.of(step).filter(Put.class::isInstance);
    }

    /** The same after these seeded calls. */
    static List<Step> twice(List<Step> seeded, List<Step> steps, Function<Step, Optional<Step>> plain) {
        List<Step> all = new ArrayList<>(seeded);
        all.addAll(steps);
        all.addAll(seeded);
        steps.forEach(step -> plain.apply(step).ifPresent(all::add));
        return all;
    }

    /** The same after a seeded call of each layer that is in the list, and of the first. */
    static Arbitrary<List<Step>> twiceInEach(Arbitrary<List<Step>> steps, Function<Step, Optional<Step>> plain) {
        return steps.map(list -> {
            List<Step> seeded = IntStream.concat(IntStream.of(0), list.stream().mapToInt(StepLists::instance))
                    .distinct()
                    .mapToObj(instance -> (Step) Steps.seededCall().at(instance))
                    .toList();
            return twice(seeded, list, plain);
        });
    }

    private static int instance(Step step) {
        return step instanceof Put<?> put ? put.how().instance() : 0;
    }

    /** The same lists with other numbers for the instances; each list takes one of the numberings. */
    static Arbitrary<List<Step>> renumbered(Arbitrary<List<Step>> steps, List<List<Integer>> numberings) {
        return Combinators.combine(steps, Arbitraries.of(numberings))
                .as((list, numbers) -> list.stream()
                        .map(step -> step instanceof Asked asked
                                ? asked.at(numbers.get(asked.how().instance()))
                                : step instanceof Wrong wrong
                                        ? new Wrong(wrong.call(), numbers.get(wrong.instance()))
                                        : step)
                        .toList());
    }

    /** These lists, some after retained calls, at most as many as there may be, with as many backward passes at the end. */
    static Arbitrary<List<Step>> withManyKept(Step kept, Arbitrary<List<Step>> steps) {
        Arbitrary<Integer> many = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0)),
                Tuple.of(
                        1,
                        Arbitraries.integers()
                                .between(0, RetainedCalls.MOST)
                                .withDistribution(RandomDistribution.uniform())));
        return Combinators.combine(steps, many).as((list, count) -> {
            List<Step> all = new ArrayList<>(Collections.nCopies(count, kept));
            all.addAll(list);
            all.addAll(Collections.nCopies(count, new Backward(FIFTH)));
            return all;
        });
    }

    /** The steps after one call of each of the first instances: then it is no matter where and when layers are made. */
    static Arbitrary<List<Step>> naming(Arbitrary<List<Step>> steps, int instances) {
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, 3);
        return steps.map(list -> {
            List<Step> all = new ArrayList<>();
            for (int instance = 0; instance < instances; instance++) {
                all.add(Asked.of(call).at(instance));
            }
            all.addAll(list);
            return all;
        });
    }
}
