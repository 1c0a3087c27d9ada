package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.tensor.Shape;

/**
 * Shows what an answer broke again, under the plainest condition and with the fewest elements that still do. What is left
 * unusual about the call was tried without, and then nothing was seen.
 */
final class SmallestCall {
    private static final int CALLS = 600;
    private static final long ELEMENTS = 4_000_000;
    /** An element is dropped or kept by chance; so often is a condition asked before it is said not to show. */
    private static final int TIMES = 3;

    private final SamplingContext context;
    private final CoveringDesign design;
    private final Watch watch;
    private int callsLeft = CALLS;
    private long elementsLeft = ELEMENTS;
    private Analysis.Seen smallest;

    SmallestCall(SamplingContext context, CoveringDesign design, Analysis.Seen seen) {
        this.context = context;
        this.design = design;
        this.watch = new Watch(context.description());
        this.smallest = seen;
    }

    /** What was expected and seen, the smallest call, and the condition without which it was not seen. */
    String message() {
        Condition condition = smallest.asking().condition();
        boolean training = smallest.asking().call().training();
        boolean again = shows(condition, training);
        if (again) {
            condition = plainest(condition, training);
        }
        String only = words(condition, training);
        return smallest.sighting().what() + (again && !only.isEmpty() ? ", only under: " + only : "") + " ("
                + smallest.asking().call() + ")";
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
        for (Shape shape : smaller(condition)) {
            plainer.add(condition.with(shape, condition.layout(), condition.maskShape(), condition.noiseShape()));
        }
        plainer.removeIf(other -> !context.repertoire().contains(other.signature()));
        return plainer;
    }

    /** Rank 1 where the layout and the mask allow it; halves, and one element fewer. */
    private static List<Shape> smaller(Condition condition) {
        List<Shape> smaller = new ArrayList<>();
        Shape shape = condition.shape();
        if (shape.size() == 0 || condition.noiseShape().isPresent()) {
            return smaller;
        }
        if (condition.permutation().isEmpty()) {
            for (int size : new int[] {1, 2, 3, 4, 5, 7, 8, 16, 17, 33, 65}) {
                if (size < shape.size()) {
                    smaller.add(Shape.of(size));
                }
            }
            for (int part = 2; part <= 64 && shape.size() / part > 65; part *= 2) {
                smaller.add(Shape.of(shape.size() - shape.size() / part));
            }
            if (shape.rank() != 1) {
                smaller.add(Shape.of(shape.size()));
            } else if (shape.size() > 65) {
                smaller.add(Shape.of(shape.size() - 1));
            }
            return smaller;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            int[] extents = shape.extents();
            if (extents[axis] > 2) {
                extents[axis] = extents[axis] / 2;
                smaller.add(Shape.of(extents));
            }
        }
        return smaller;
    }

    private boolean shows(Condition condition, boolean training) {
        for (int time = 0; time < TIMES && callsLeft > 0 && elementsLeft > 0; time++) {
            if (condition.before() == Before.SAME_SHAPE_AND_RATE) {
                if (time == 0) {
                    answer(context.sampler().training(condition).call());
                }
            } else {
                answer(context.sampler()
                        .predecessor(condition, design.predecessor(condition))
                        .call());
            }
            Sampler.Asking asking = training
                    ? context.sampler().training(condition)
                    : context.sampler().evaluation(condition);
            Optional<Sighting> again = sighting(asking.call());
            if (again.isPresent()) {
                smallest = new Analysis.Seen(again.get(), asking);
                return true;
            }
        }
        return false;
    }

    private Optional<Sighting> sighting(Call call) {
        String requirement = smallest.sighting().requirement();
        count(call);
        try {
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

    private String words(Condition condition, boolean training) {
        List<String> words = new ArrayList<>();
        for (Level level : condition.unusual()) {
            boolean told = switch (level.factor()) {
                case LAYOUT, BEFORE, AGE, MASK_SHAPE -> true;
                case GRADIENT -> training;
                case TYPE, RATE, SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, SEED, VALUES -> false;
            };
            Condition without = condition.plainer(level.factor(), design.scope());
            if (told && context.repertoire().contains(without.signature())) {
                words.add(level.words());
            }
        }
        int size = condition.shape().size();
        boolean oneFewerWasAsked = !context.repertoire().isLimited();
        if (oneFewerWasAsked && condition.shape().rank() == 1 && size > 65 && callsLeft > 0 && elementsLeft > 0) {
            words.add(String.format(Locale.ROOT, "%,d elements, not %,d", size, size - 1));
        }
        return String.join("; ", words);
    }
}
