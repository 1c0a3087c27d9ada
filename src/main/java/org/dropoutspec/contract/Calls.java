package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Calls within what an implementation declares, simplest first.
 *
 * <p>Where the implementation takes seeds, every call carries one, so that a run repeats.
 */
final class Calls {
    private final Hearing hearing;
    private final Description description;

    Calls(Hearing hearing) {
        this.hearing = hearing;
        this.description = hearing.description();
    }

    /** A training call, and the condition that it was made for; an ordinary call was made for none. */
    private record Form(Condition condition, boolean ordinary) {}

    /**
     * Training calls under every condition in turn, and then ordinary ones of few elements.
     *
     * @param rates those of the conditions where they are among them
     */
    Arbitrary<Call> underConditions(Rates rates, Values... values) {
        return underConditions(floating(), rates, condition -> true, Shapes.any(), values);
    }

    /** The same, some few large ones among them, for what two calls decide. */
    Arbitrary<Call> underConditionsOfAnySize(Rates rates, Values... values) {
        List<Condition> rows = new ArrayList<>(hearing.conditions().large());
        rows.addAll(hearing.conditions().calls());
        return of(rows, floating(), rates, condition -> true, Shapes.any(), values);
    }

    /**
     * The same of some types only.
     *
     * @param asked under which conditions
     * @param shapes of the ordinary calls
     */
    Arbitrary<Call> underConditions(
            List<DType> dtypes, Rates rates, Predicate<Condition> asked, Arbitrary<Shape> shapes, Values... values) {
        return of(hearing.conditions().calls(), dtypes, rates, asked, shapes, values);
    }

    private Arbitrary<Call> of(
            List<Condition> conditions,
            List<DType> dtypes,
            Rates rates,
            Predicate<Condition> asked,
            Arbitrary<Shape> shapes,
            Values... values) {
        Predicate<Condition> allowed = asked.and(condition -> dtypes.contains(condition.dtype()));
        List<Condition> rows = conditions.stream()
                .map(row -> allowed.test(row) ? row : ofType(row, dtypes))
                .filter(allowed)
                .toList();
        RandomGenerator<Double> drawn = rates.drawn().generator(InTurn.GENERATOR_SIZE);
        RandomGenerator<Form> ordinary = Combinators.combine(Arbitraries.of(dtypes), rates.drawn(), shapes, gradients())
                .as((dtype, rate, shape, gradient) -> new Form(
                        withGradient(Conditions.plain(dtype, rates.forType(dtype, rate), shape), gradient), true))
                .generator(InTurn.GENERATOR_SIZE);
        AtomicInteger turn = new AtomicInteger();
        Arbitrary<Form> forms = Arbitraries.fromGenerator(random -> {
            int next = turn.getAndIncrement();
            return next < rows.size() ? row(rows.get(next), rates, drawn, random, allowed) : ordinary.next(random);
        });
        return Combinators.combine(forms, Arbitraries.of(values), varieties(), seeds())
                .as((form, kind, variety, seed) -> {
                    hearing.under(form.ordinary() ? Optional.empty() : Optional.of(form.condition()));
                    return seeded(of(form.condition(), kind, variety), seed);
                });
    }

    private Condition ofType(Condition row, List<DType> dtypes) {
        DType other = dtypes.get(Math.floorMod(row.hashCode(), dtypes.size()));
        return row.with(Factor.TYPE.level(other.ordinal()), hearing.conditions().scope())
                .orElse(row);
    }

    private Shrinkable<Form> row(
            Condition row, Rates rates, RandomGenerator<Double> drawn, Random random, Predicate<Condition> allowed) {
        double rate = rates.among().test(row.rate())
                ? row.rate()
                : rates.forType(row.dtype(), drawn.next(random).value());
        Condition asked = rate == row.rate() ? row : row.atRate(rate);
        Predicate<Condition> atSuchARate =
                condition -> condition.rate() == rate || rates.among().test(condition.rate());
        return new Plainer<>(
                asked,
                condition -> new Form(condition, false),
                hearing.conditions().scope(),
                allowed.and(atSuchARate));
    }

    private static Condition withGradient(Condition plain, boolean gradient) {
        return gradient ? plain.withGradient(true) : plain;
    }

    private Arbitrary<Boolean> gradients() {
        return description.can(Capability.BACKWARD) ? Arbitraries.of(false, true) : Arbitraries.just(false);
    }

    /** Every replay in turn. */
    Arbitrary<Replay> replays() {
        return replays(replay -> true);
    }

    /** Every replay of these in turn. */
    Arbitrary<Replay> replays(Predicate<Replay> asked) {
        Conditions all = hearing.conditions();
        return InTurn.cycle(all.replays().stream()
                .filter(asked)
                .map(replay -> (Shrinkable<Replay>) new Plainer<>(
                        replay.condition(), replay::with, all.scope(), condition -> asked.test(replay.with(condition))))
                .toList());
    }

    /** The call of a condition in the stream, with a gradient that counts where it carries one. */
    static Call of(Condition condition, Values kind, long variety) {
        return of(condition.signature(), condition.rate(), kind, variety);
    }

    /** A call of a signature with an input that counts, without the seed. */
    static Call of(Signature signature, double rate) {
        return of(signature, rate, Values.COUNTING, 0);
    }

    private static Call of(Signature signature, double rate, Values kind, long variety) {
        Shape shape = signature.shape();
        Call call = Call.training(
                        rate, kind.fill(signature.dtype(), signature.layout().buffer(shape), variety))
                .withTraining(signature.training());
        Optional<int[]> permutation = signature.layout().permutation(shape.rank());
        if (permutation.isPresent()) {
            call = call.withPermutation(permutation.get());
        }
        if (signature.noiseShape().isPresent()) {
            call = call.withNoiseShape(signature.noiseShape().get());
        }
        if (signature.gradient()) {
            call = call.withGradOutput(Values.COUNTING.fill(signature.dtype(), shape, 0));
        }
        return signature.masked() ? call.withMask(everyOther(call.maskShape())) : call;
    }

    /** A mask that keeps the second element, the fourth and so on. */
    static Tensor everyOther(Shape shape) {
        boolean[] kept = new boolean[shape.size()];
        for (int i = 1; i < kept.length; i += 2) {
            kept[i] = true;
        }
        return Tensor.ofBooleans(shape, kept);
    }

    /** The same call in evaluation; a noise shape says nothing there. */
    static Call evaluated(Call call) {
        return new Call(
                call.rate(),
                false,
                call.input(),
                call.gradOutput(),
                call.seed(),
                Optional.empty(),
                Optional.empty(),
                call.permutation());
    }

    /** Training calls of ordinary rates and shapes. */
    Arbitrary<Call> training(Values... values) {
        return training(Rates.ordinary(), Shapes.any(), values);
    }

    Arbitrary<Call> training(Rates rates, Arbitrary<Shape> shapes, Values... values) {
        return Combinators.combine(
                        Arbitraries.of(floating()), rates.drawn(), shapes, Arbitraries.of(values), varieties(), seeds())
                .as((dtype, rate, shape, kind, variety, seed) ->
                        seeded(Call.training(rates.forType(dtype, rate), kind.fill(dtype, shape, variety)), seed));
    }

    /**
     * Calls of each of these kinds, and then training calls of ordinary shapes at other rates.
     *
     * @param kinds see {@link #kind}
     */
    Arbitrary<Call> ofEach(List<Call> kinds, Rates others, Arbitrary<Shape> shapes, Values... values) {
        Arbitrary<Call> rest = Combinators.combine(Arbitraries.of(floating()), others.drawn())
                .as((dtype, rate) -> kind(dtype, others.forType(dtype, rate)));
        return Combinators.combine(
                        InTurn.first(kinds, inEitherMode(rest)), shapes, Arbitraries.of(values), varieties(), seeds())
                .as((call, shape, kind, variety, seed) ->
                        seeded(call.withInput(kind.fill(call.input().dtype(), shape, variety)), seed));
    }

    /** Each of these rates in each declared type, in each mode that there is. */
    List<Call> kinds(List<Double> rates) {
        return rates.stream()
                .flatMap(rate -> floating().stream().map(dtype -> kind(dtype, rate)))
                .flatMap(training -> Applies.EVALUATION.holdsFor(description)
                        ? Stream.of(training, evaluated(training))
                        : Stream.of(training))
                .toList();
    }

    /** A training call of a type at a rate, without elements. */
    static Call kind(DType dtype, double rate) {
        return Call.training(rate, Values.ZEROS.fill(dtype, Shape.of(0), 0));
    }

    private Call seeded(Call call, long seed) {
        return description.can(Capability.SEED) ? call.withSeed(seed) : call;
    }

    /** Evaluation calls at every rate, rate 1 left out where the implementation rejects it. */
    Arbitrary<Call> evaluation(Arbitrary<Shape> shapes, Values... values) {
        return training(Rates.accepted(description), shapes, values).map(Calls::evaluated);
    }

    /** Training calls and, where there is an evaluation, evaluation calls. */
    Arbitrary<Call> inEitherMode(Arbitrary<Call> calls) {
        return Combinators.combine(calls, modes()).as((call, training) -> training ? call : evaluated(call));
    }

    /** Whether to train: not always, where there is an evaluation. */
    Arbitrary<Boolean> modes() {
        return Applies.EVALUATION.holdsFor(description) ? Arbitraries.of(true, false) : Arbitraries.just(true);
    }

    /** The same calls with an upstream gradient. */
    Arbitrary<Call> withGradient(Arbitrary<Call> calls, Values... values) {
        return Combinators.combine(calls, Arbitraries.of(values), varieties())
                .as((call, kind, variety) ->
                        call.withGradOutput(kind.fill(call.input().dtype(), call.shape(), variety)));
    }

    /** The same calls, those that carry an upstream gradient with such a one. */
    Arbitrary<Call> withGradients(Arbitrary<Call> calls, Values... values) {
        return Combinators.combine(calls, Arbitraries.of(values), varieties())
                .as((call, kind, variety) -> call.gradOutput().isEmpty()
                        ? call
                        : call.withGradOutput(kind.fill(call.input().dtype(), call.shape(), variety)));
    }

    Arbitrary<Call> withGradientWherePossible(Arbitrary<Call> calls, Values... values) {
        return description.can(Capability.BACKWARD) ? withGradient(calls, values) : calls;
    }

    /** The same calls with a noise shape: some axes of the input's shape set to 1, at least one of them. */
    Arbitrary<Call> withNoiseShape(Arbitrary<Call> calls) {
        return Combinators.combine(calls, Arbitraries.integers().between(1, 31)).as((call, axes) -> {
            int[] extents = call.shape().extents();
            for (int axis = 0; axis < extents.length; axis++) {
                if ((axes % ((1 << extents.length) - 1) + 1 >> axis & 1) == 1) {
                    extents[axis] = 1;
                }
            }
            return call.withNoiseShape(Shape.of(extents));
        });
    }

    /** The same calls with the input presented as a transpose. */
    Arbitrary<Call> withPermutation(Arbitrary<Call> calls) {
        return Combinators.combine(calls, Arbitraries.integers().between(0, 119))
                .as((call, number) ->
                        call.withPermutation(permutation(call.input().shape().rank(), number)));
    }

    /** The reversal of the axes for 0, else the permutation with this number in the factorial system. */
    private static int[] permutation(int rank, int number) {
        int[] axes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            axes[axis] = rank - 1 - axis;
        }
        int rest = number;
        for (int axis = 0; axis + 1 < rank; axis++) {
            int other = axis + rest % (rank - axis);
            rest /= rank - axis;
            int swapped = axes[axis];
            axes[axis] = axes[other];
            axes[other] = swapped;
        }
        return axes;
    }

    List<DType> floating() {
        return floating(description);
    }

    /** The floating types that are declared, the plainest first. */
    static List<DType> floating(Description description) {
        return List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16).stream()
                .filter(description.dtypes()::contains)
                .toList();
    }

    /**
     * The ends of the range first, and then small ones for the most part; which seed it is says nothing of a failure, so
     * none is sought that is smaller.
     */
    Arbitrary<Long> seeds() {
        long limit = description.seeding().limit();
        Arbitrary<Long> others = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.longs().between(0, 99)),
                Tuple.of(3, Arbitraries.longs().between(0, limit - 1)));
        return InTurn.first(List.of(0L, 1L, limit - 1), others).dontShrink();
    }

    private static Arbitrary<Long> varieties() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE).dontShrink();
    }
}
