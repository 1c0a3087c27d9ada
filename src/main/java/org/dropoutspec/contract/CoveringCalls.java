package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Calls and replays under the conditions of the covering design. */
final class CoveringCalls {
    private final CheckRun run;
    private final CallArbitraries calls;

    CoveringCalls(CheckRun run) {
        this.run = run;
        this.calls = new CallArbitraries(run.description());
    }

    /** A training call, and the condition that it was made for; an ordinary call was made for none. */
    private record Form(Condition condition, boolean ordinary) {}

    /**
     * Training calls under every condition in turn, and then ordinary ones of few elements.
     *
     * @param rates a condition whose rate is not among these gets one of them
     */
    Arbitrary<Call> calls(Rates rates, Fill... values) {
        return calls(calls.floating(), rates, condition -> true, Shapes.any(), values);
    }

    /** The same calls, beginning with a few large ones, for checks that two calls decide. */
    Arbitrary<Call> callsOfAnySize(Rates rates, Fill... values) {
        List<Condition> rows = new ArrayList<>(run.conditions().large());
        rows.addAll(run.conditions().calls());
        return of(rows, calls.floating(), rates, condition -> true, Shapes.any(), values);
    }

    /**
     * The same calls, of some types only.
     *
     * @param asked the conditions to ask under
     * @param shapes of the ordinary calls
     */
    Arbitrary<Call> calls(
            List<DType> dtypes, Rates rates, Predicate<Condition> asked, Arbitrary<Shape> shapes, Fill... values) {
        return of(run.conditions().calls(), dtypes, rates, asked, shapes, values);
    }

    private Arbitrary<Call> of(
            List<Condition> conditions,
            List<DType> dtypes,
            Rates rates,
            Predicate<Condition> asked,
            Arbitrary<Shape> shapes,
            Fill... values) {
        Predicate<Condition> allowed = asked.and(condition -> dtypes.contains(condition.dtype()));
        List<Condition> rows = IntStream.range(0, conditions.size())
                .mapToObj(number -> ofType(conditions.get(number), dtypes, number))
                .filter(allowed)
                .toList();
        RandomGenerator<Double> drawn = rates.drawn().generator(InTurn.GENERATOR_SIZE);
        RandomGenerator<Form> ordinary = Combinators.combine(Arbitraries.of(dtypes), rates.drawn(), shapes, gradients())
                .as((dtype, rate, shape, gradient) -> new Form(
                        withGradient(Condition.plain(dtype, rates.forType(dtype, rate), shape), gradient), true))
                .generator(InTurn.GENERATOR_SIZE);
        AtomicInteger turn = new AtomicInteger();
        Arbitrary<Form> forms = Arbitraries.fromGenerator(random -> {
            int next = turn.getAndIncrement();
            return next < rows.size() ? row(rows.get(next), rates, drawn, random, allowed) : ordinary.next(random);
        });
        return Combinators.combine(forms, Arbitraries.of(values), CallArbitraries.varieties(), calls.seeds())
                .as((form, kind, variety, seed) -> {
                    run.violations().under(form.ordinary() ? Optional.empty() : Optional.of(form.condition()));
                    Fill fill = Fill.inLarge(form.condition().shape(), kind, values);
                    return calls.seeded(CallForm.of(form.condition(), fill, variety), seed);
                });
    }

    /** The row as it is, or if its type is none of these, the row in one of them, in turn. */
    private Condition ofType(Condition row, List<DType> dtypes, int number) {
        DType other = dtypes.contains(row.dtype()) ? row.dtype() : dtypes.get(number % dtypes.size());
        return row.with(Factor.TYPE.level(other.ordinal()), run.conditions().scope())
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
                asked, condition -> new Form(condition, false), run.conditions().scope(), allowed.and(atSuchARate));
    }

    private static Condition withGradient(Condition plain, boolean gradient) {
        return gradient ? plain.withGradient(true) : plain;
    }

    private Arbitrary<Boolean> gradients() {
        return run.can(Capability.BACKWARD) ? Arbitraries.of(false, true) : Arbitraries.just(false);
    }

    /** Every replay in turn. */
    Arbitrary<Replay> replays() {
        return replays(replay -> true);
    }

    /** Every one of these replays in turn. */
    Arbitrary<Replay> replays(Predicate<Replay> asked) {
        Conditions all = run.conditions();
        return InTurn.cycle(all.replays().stream()
                .filter(asked)
                .map(replay -> (Shrinkable<Replay>) new Plainer<>(
                        replay.condition(), replay::with, all.scope(), condition -> asked.test(replay.with(condition))))
                .toList());
    }
}
