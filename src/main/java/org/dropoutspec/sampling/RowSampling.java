package org.dropoutspec.sampling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Stratum;

/** Asks under the rows of the design and under conditions beside them, and hands the answers to the analysis. */
final class RowSampling {
    /** Of so many calls that could be asked in bits, one is asked in full, which shows values too. */
    private static final int IN_FULL = 16;

    /** Stands for a condition that is no row of the design. */
    private static final int NO_ROW = -1;

    private final SamplingContext context;
    private final CoveringDesign design;
    private final Analysis analysis;
    private final InterimLooks looks;
    private final List<Condition> rows;
    private final Map<Condition, Integer> numbers = new HashMap<>();
    private final Set<Integer> dead = new HashSet<>();
    private final Reach reach = new Reach();
    private final BothWays bothWays;
    private final SplittableRandom ways;
    /** The elements of masks so far. */
    private final Map<Stratum, Long> drawn = new HashMap<>();
    /** Those of them of whose input something is known. */
    private final Map<Stratum, Long> known = new HashMap<>();

    private boolean covering = true;
    private boolean agreed = true;
    private long asked;

    RowSampling(SamplingContext context, CoveringDesign design, Analysis analysis, InterimLooks looks) {
        this.context = context;
        this.design = design;
        this.analysis = analysis;
        this.looks = looks;
        this.rows = design.all();
        this.bothWays = new BothWays(context.description(), context.sampler());
        this.ways = new SplittableRandom(context.seedFor("ways"));
        for (int row = 0; row < rows.size(); row++) {
            numbers.put(rows.get(row), row);
        }
    }

    int number(Condition row) {
        return Objects.requireNonNull(numbers.get(row), "a row of the design");
    }

    /** Whether the implementation did not answer under this row of the design. */
    boolean isDead(Condition row) {
        return dead.contains(numbers.get(row));
    }

    /** The design's own rows, but for dead ones. */
    Stream<Condition> answered() {
        return design.own().stream().filter(row -> !isDead(row));
    }

    /** The elements of all calls so far. */
    long asked() {
        return asked;
    }

    /** The elements of the stratum's masks so far. */
    long drawn(Stratum stratum) {
        return drawn.getOrDefault(stratum, 0L);
    }

    /** The elements of masks with known inputs: of moderate values, contiguous, in the shape of the mask. */
    long known(Stratum stratum) {
        return known.getOrDefault(stratum, 0L);
    }

    /** The elements that were drawn under each condition. */
    Reach reach() {
        return reach;
    }

    /** Notes that every row was asked: from now on bits are trusted, unless they contradicted an answer in full. */
    void covered() {
        covering = false;
        context.sampler().trustBits(agreed);
    }

    /**
     * Asks under a row of the design, after the call that it wants before it.
     *
     * @param condition the row, or a condition with the same levels
     */
    void askAfterItsPredecessor(Condition row, Condition condition) {
        if (isDead(row)) {
            return;
        }
        if (row.before() == Before.SAME_SHAPE_AND_RATE) {
            ask(row, condition);
        } else {
            precede(condition);
        }
        ask(row, condition);
    }

    /** Asks under a row of the design after a call of another kind than it wants before it. */
    void askAfter(Before other, Condition row) {
        precede(row.with(other));
        ask(row);
    }

    private void precede(Condition row) {
        Predecessor before = CheapPredecessor.of(context, row, design.predecessor(row));
        Asking asking = context.draw().predecessor(row, before);
        boolean bad = !(before.rate() >= 0 && before.rate() <= 1);
        boolean draws =
                asking.call().training() && asking.call().mask().isEmpty() && before.rate() > 0 && before.rate() < 1;
        put(asking, draws ? Optional.of(NO_ROW) : Optional.empty(), bad);
    }

    void ask(Condition condition) {
        ask(condition, condition);
    }

    /** Asks under a condition that is the row, or has its levels, or is none of the design. */
    private void ask(Condition row, Condition condition) {
        Integer number = numbers.get(row);
        boolean draws = condition.rate() > 0 && condition.rate() < 1;
        Optional<Integer> counted = draws ? Optional.of(number == null ? NO_ROW : number) : Optional.empty();
        boolean answered = put(context.draw().training(condition), counted, false);
        if (!answered && number != null && condition.equals(row)) {
            dead.add(number);
        }
    }

    void evaluate(Condition condition) {
        put(context.draw().evaluation(condition), Optional.empty(), false);
    }

    /** Evaluates where the implementation can be asked to. */
    void evaluateIfAskable(Condition row) {
        boolean askable = row.noiseShape().isEmpty() || !context.repertoire().isLimited();
        if (design.scope().evaluation() && askable) {
            Asking asking = context.draw().evaluation(row);
            if (context.repertoire().contains(asking.call())) {
                put(asking, Optional.empty(), false);
            }
        }
    }

    /** Puts a call and adds its answer; false when it is not answered: rejected, or impossible to express. */
    private boolean put(Asking asking, Optional<Integer> row, boolean bad) {
        if (looks.isOver()) {
            return true;
        }
        if (row.isPresent() && !bad && context.sampler().prefersBits(asking) && ways.nextInt(IN_FULL) > 0) {
            if (putInBits(asking, row.get())) {
                return true;
            }
        }
        Optional<Result> result;
        try {
            result = context.sampler().put(asking.call());
        } catch (RejectedCall rejection) {
            if (!bad) {
                analysis.rejected(asking, rejection.getMessage());
            }
            return false;
        }
        if (result.isEmpty()) {
            return false;
        }
        if (!bad) {
            analysis.add(asking, result.get(), row);
            if (row.isPresent()) {
                compare(asking, result.get());
            }
            count(asking, row);
        }
        return true;
    }

    /** Asks for the mask alone, without the values; false if the call is not answered in bits. */
    private boolean putInBits(Asking asking, int row) {
        Optional<PackedMask> mask = Optional.empty();
        try {
            mask = context.sampler().putInBits(asking.call());
        } catch (RejectedCall rejection) {
            // the call is asked in full next: an answer there contradicts this rejection
        }
        mask.ifPresent(drawn -> {
            analysis.add(asking, drawn, row);
            count(asking, Optional.of(row));
        });
        return mask.isPresent();
    }

    /** Asks the same in bits and notes a contradiction; the answer in bits is not counted. */
    private void compare(Asking asking, Result inFull) {
        boolean asks = covering
                ? BothWays.canAsk(asking, context.description())
                : context.sampler().prefersBits(asking);
        if (asks && Analysis.isFormed(asking.call(), inFull)) {
            bothWays.contradiction(asking.call(), inFull.output()).ifPresent(seen -> {
                agreed = false;
                context.sampler().trustBits(false);
                analysis.saw(seen, asking);
            });
        }
    }

    private void count(Asking asking, Optional<Integer> row) {
        int elements = asking.call().maskShape().size();
        asked += asking.call().input().size();
        if (row.isPresent()) {
            Stratum stratum =
                    new Stratum(asking.call().input().dtype(), asking.call().rate());
            drawn.merge(stratum, (long) elements, Long::sum);
            if (asking.features().length > 0) {
                known.merge(stratum, (long) elements, Long::sum);
            }
        }
        row.filter(number -> number != NO_ROW).ifPresent(number -> reach.add(rows.get(number), elements));
        looks.asked(asked);
    }
}
