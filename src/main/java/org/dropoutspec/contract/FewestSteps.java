package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Backward;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.contract.Step.Release;
import org.dropoutspec.implementation.Call;

/**
 * Finds the fewest and plainest steps that still show what a list of steps showed. It does this in the place of jqwik,
 * which does not shorten lists given by name, and shortens those that it drew only as far as their calls are paid for.
 */
final class FewestSteps {
    /** A longer list is a call and many others that are alike: it is no matter which stretch of these is left out. */
    private static final int MOST = 64;

    private FewestSteps() {}

    /**
     * What a list of steps showed.
     *
     * @param steps up to the one that showed it
     */
    record Shown(List<Step> steps, Violation violation) {}

    /** @param walk takes steps, and says what they show */
    static Shown of(Shown first, Function<List<Step>, Optional<Shown>> walk) {
        Shown now = first;
        boolean again = true;
        while (again) {
            again = false;
            for (List<Step> less : (Iterable<List<Step>>) less(now.steps())::iterator) {
                Shown shown = walk.apply(less).orElse(now);
                if (shown.violation() != now.violation()) { // the same, too, when no more calls can be paid for
                    now = shown;
                    again = true;
                    break;
                }
            }
        }
        return now;
    }

    /** Shorter and plainer lists: first those with fewer elements to pay for, last the kinds that take many tries. */
    private static Stream<List<Step>> less(List<Step> steps) {
        if (steps.size() > MOST) {
            return Stream.iterate(steps.size() / 2, length -> length > 0, length -> length / 2)
                    .map(length -> without(
                            steps, IntStream.rangeClosed(1, length).boxed().toList()));
        }
        List<Integer> all = IntStream.range(0, steps.size()).boxed().toList();
        return Stream.of(
                        with(steps, all, FewestSteps::small),
                        Stream.of(without(steps, releases(steps))),
                        stretches(steps).map(some -> without(steps, some)),
                        all.stream().flatMap(step -> plainer(steps, List.of(step))),
                        alike(steps).map(some -> without(steps, some)),
                        alike(steps).flatMap(some -> plainer(steps, some)))
                .flatMap(lists -> lists)
                .filter(list -> !list.equals(steps));
    }

    /** The releases, which may not matter: calls may stay retained as long as there is room. */
    private static List<Integer> releases(List<Step> steps) {
        return IntStream.range(0, steps.size())
                .filter(step -> steps.get(step) instanceof Release)
                .boxed()
                .toList();
    }

    private static Stream<List<Integer>> stretches(List<Step> steps) {
        return Stream.iterate(steps.size() / 2, length -> length > 0, length -> length / 2)
                .flatMap(length -> IntStream.iterate(0, from -> from < steps.size(), from -> from + length)
                        .mapToObj(from -> IntStream.range(from, Math.min(from + length, steps.size()))
                                .boxed()
                                .toList()));
    }

    /** The pairs of steps with the same call, to be changed together: what is compared comes twice. */
    private static Stream<List<Integer>> alike(List<Step> steps) {
        return IntStream.range(0, steps.size())
                .boxed()
                .flatMap(one -> IntStream.range(one + 1, steps.size())
                        .filter(other -> what(steps.get(other)).equals(what(steps.get(one))))
                        .mapToObj(other -> List.of(one, other)));
    }

    private static Object what(Step step) {
        return step instanceof Asked asked ? asked.call() : step;
    }

    private static Stream<List<Step>> plainer(List<Step> steps, List<Integer> some) {
        return Stream.<UnaryOperator<Step>>of(
                        step -> step instanceof Asked asked ? Steps.mostPlain().how(plain(asked.how())) : first(step),
                        FewestSteps::small,
                        step -> step instanceof Asked asked ? asked.how(plain(asked.how())) : step)
                .flatMap(plainer -> with(steps, some, plainer));
    }

    private static Step first(Step step) {
        return step instanceof Backward ? new Backward(0) : step;
    }

    private static How plain(How how) {
        return how.retained() ? How.PLAIN.keep() : How.PLAIN;
    }

    /** The same step, with the rate and the input of the plain call. */
    private static Step small(Step step) {
        if (!(step instanceof Asked asked)) {
            return step;
        }
        Call plain = Steps.mostPlain().call().withTraining(asked.call().training());
        if (asked.call().gradOutput().isPresent()) {
            plain = plain.withGradOutput(plain.input());
        }
        return asked.with(
                asked.call().seed().isPresent()
                        ? plain.withSeed(asked.call().seed().getAsLong())
                        : plain);
    }

    private static List<Step> without(List<Step> steps, List<Integer> some) {
        return IntStream.range(0, steps.size())
                .filter(step -> !some.contains(step))
                .mapToObj(steps::get)
                .toList();
    }

    private static Stream<List<Step>> with(List<Step> steps, List<Integer> some, UnaryOperator<Step> plainer) {
        List<Step> all = new ArrayList<>(steps);
        some.forEach(step -> all.set(step, plainer.apply(steps.get(step))));
        return Stream.of(all);
    }
}
