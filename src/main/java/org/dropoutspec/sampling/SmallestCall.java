package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;

/**
 * Shows again that a requirement is broken, under the plainest condition and with the fewest elements that still show
 * it. If something unusual is left about the call, then without it nothing was seen.
 */
final class SmallestCall {
    private static final int CALLS = 600;
    private static final long ELEMENTS = 4_000_000;
    /** How often a condition is asked before it is said not to show it, since elements are dropped by chance. */
    private static final int TIMES = 3;

    private final SamplingContext context;
    private final CoveringDesign design;
    private final Watch watch;
    private int callsLeft = CALLS;
    private long elementsLeft = ELEMENTS;
    private Analysis.Seen smallest;
    private List<Call> shown;

    SmallestCall(SamplingContext context, CoveringDesign design, Analysis.Seen seen) {
        this.context = context;
        this.design = design;
        this.watch = new Watch(context.description());
        this.smallest = seen;
        this.shown = List.of(seen.asking().call());
    }

    /** The conclusion: what was expected and seen, the smallest call, and the conditions that it takes to see it. */
    Conclusion conclusion() {
        Condition condition = smallest.asking().condition();
        boolean training = smallest.asking().call().training();
        boolean again = shows(condition, training);
        if (again) {
            condition = plainest(condition, training);
        }
        String only = words(condition, training);
        String message = smallest.sighting().what() + (again && !only.isEmpty() ? ", only under: " + only : "") + " ("
                + smallest.asking().call() + ")";
        return new Conclusion.Rejected(message, smallest.evidence(), shown);
    }

    private Condition plainest(Condition from, boolean training) {
        Condition condition = from;
        boolean changed = true;
        while (changed && callsLeft > 0) {
            changed = false;
            for (Condition candidate : plainer(condition)) {
                if (shows(candidate, training)) {
                    condition = candidate;
                    changed = true;
                    break;
                }
            }
        }
        return condition;
    }

    private List<Condition> plainer(Condition condition) {
        List<Condition> plainer = new ArrayList<>();
        for (Factor factor : List.of(
                Factor.LAYOUT,
                Factor.MASK_SHAPE,
                Factor.BEFORE,
                Factor.GRADIENT,
                Factor.SEED,
                Factor.AGE,
                Factor.VALUES,
                Factor.TYPE,
                Factor.RATE)) {
            Condition other = condition.plainer(factor, design.scope());
            if (!other.equals(condition)) {
                plainer.add(other);
            }
        }
        plainer.addAll(condition.smaller());
        plainer.removeIf(other -> !context.repertoire().contains(other.signature()));
        return plainer;
    }

    private boolean shows(Condition condition, boolean training) {
        for (int time = 0; time < TIMES && callsLeft > 0 && elementsLeft > 0; time++) {
            Call before = condition.before() == Before.SAME_SHAPE_AND_RATE
                    ? context.draw().training(condition).call()
                    : context.draw()
                            .predecessor(condition, design.predecessor(condition))
                            .call();
            if (time == 0 || condition.before() != Before.SAME_SHAPE_AND_RATE) {
                answer(before);
            }
            Asking asking = training
                    ? context.draw().training(condition)
                    : context.draw().evaluation(condition);
            Optional<Sighting> again = sighting(asking.call());
            if (again.isPresent()) {
                smallest = new Analysis.Seen(again.get(), asking, smallest.whole());
                shown = List.of(before, asking.call());
                return true;
            }
        }
        return false;
    }

    private Optional<Sighting> sighting(Call call) {
        String requirement = smallest.sighting().requirement();
        count(call);
        try {
            if (requirement.equals(BothWays.REQUIREMENT)) {
                return context.sampler()
                        .put(call)
                        .filter(result -> Analysis.isFormed(call, result))
                        .flatMap(result -> new BothWays(context.description(), context.sampler())
                                .contradiction(call, result.output()));
            }
            return context.sampler()
                    .put(call)
                    .flatMap(result -> watch.look(call, result).sightings().stream()
                            .filter(sighting -> sighting.requirement().equals(requirement))
                            .findFirst());
        } catch (RejectedCall rejection) {
            return requirement.equals("RATE-1")
                    ? Optional.of(new Sighting(requirement, "rejected: " + rejection.getMessage()))
                    : Optional.empty();
        }
    }

    private Optional<Result> answer(Call call) {
        count(call);
        try {
            return context.sampler().put(call);
        } catch (RejectedCall rejection) {
            return Optional.empty();
        }
    }

    private void count(Call call) {
        callsLeft--;
        elementsLeft -= call.input().size();
    }

    /** What is unusual about the condition, without type, rate, shape and seed: the call itself shows these. */
    private String words(Condition condition, boolean training) {
        Set<Factor> told = EnumSet.of(Factor.LAYOUT, Factor.BEFORE, Factor.AGE, Factor.MASK_SHAPE);
        if (training) {
            told.add(Factor.GRADIENT);
        }
        told.removeIf(factor -> !context.repertoire()
                .contains(condition.plainer(factor, design.scope()).signature()));
        List<String> words = new ArrayList<>(condition.peculiarities(told));
        if (callsLeft > 0 && elementsLeft > 0 && !context.repertoire().isLimited()) {
            condition.leastSize().ifPresent(words::add);
        }
        return String.join("; ", words);
    }
}
