package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.condition.Greedy.Row;
import org.dropoutspec.implementation.Capability;

/** Makes the rows of a design. */
final class Designer {
    /** Candidates for a row, by strength; more of them save few rows. */
    private static final int[] CANDIDATES = {0, 0, 12, 3};

    private static final int LAST_CLASS_OF_NOISE = Geometry.sizeClass(1 << 14);
    private static final int LARGE_CLASS = Geometry.sizeClass(1 << 20);

    /** What is drawn for a call and not for its shape: a signature says nothing of these. */
    private static final LevelSet DATA = LevelSet.allOf(Factor.RATE)
            .or(LevelSet.allOf(Factor.BEFORE))
            .or(LevelSet.allOf(Factor.AGE))
            .or(LevelSet.allOf(Factor.VALUES));

    private static final LevelSet NOISE =
            LevelSet.allOf(Factor.MASK_SHAPE).without(LevelSet.of(Factor.MASK_SHAPE, MaskShape.OWN.ordinal()));
    private static final LevelSet LARGE = LevelSet.of(Factor.SIZE, LARGE_CLASS);
    private static final LevelSet FIRST = LevelSet.of(Factor.AGE, Age.FIRST.ordinal());

    private final Scope scope;
    private final int strength;
    private final SplittableRandom random;
    private final ShapePool pool;
    private final Rules rules;
    private final RowDraw draw;
    /** All that can be asked later in a process. */
    private final LevelSet calls;

    Designer(Scope scope, int strength, int largest, long seed) {
        this.scope = scope;
        this.strength = strength;
        this.random = new SplittableRandom(seed);
        this.pool = new ShapePool(largest);
        this.rules = new Rules(scope);
        this.draw = new RowDraw(scope, largest, random);
        LevelSet asked = LevelSet.NONE;
        for (int level = 0; level < LevelSet.LEVELS; level++) {
            asked = scope.allows(LevelSet.level(level)) ? asked.with(level) : asked;
        }
        this.calls = asked.without(FIRST);
    }

    CoveringDesign design() {
        List<Frame> own = Frame.of(pool, 0, LARGE_CLASS - 1, calls.without(NOISE));
        List<Frame> noise = scope.can(Capability.NOISE_SHAPE)
                ? Frame.of(pool, 0, LAST_CLASS_OF_NOISE, calls.without(LevelSet.of(Factor.MASK_SHAPE, 0)))
                : List.of();
        List<Frame> large = Frame.of(pool, LARGE_CLASS, LARGE_CLASS, calls.without(NOISE));
        List<Row> ownRows = cover(strength, own, LevelSet.allOf(Factor.MASK_SHAPE), everything());
        List<Row> noiseRows = cover(strength, noise, LevelSet.NONE, NOISE);
        List<Row> largeRows = cover(2, large, LevelSet.allOf(Factor.MASK_SHAPE), LARGE);
        List<Row> firstRows = first(Stream.concat(ownRows.stream(), noiseRows.stream())
                .filter(row -> row.levels().contains(LevelSet.number(Factor.SEED.ordinal(), 0)))
                .toList());
        return new CoveringDesign(
                scope, draw.all(ownRows), draw.all(noiseRows), draw.all(largeRows), draw.all(firstRows), List.of());
    }

    private static LevelSet everything() {
        LevelSet all = LevelSet.NONE;
        for (Factor factor : Factor.values()) {
            all = all.or(LevelSet.allOf(factor));
        }
        return all;
    }

    private List<Row> cover(int strength, List<Frame> frames, LevelSet without, LevelSet must) {
        Tuples tuples = Tuples.possible(
                strength,
                frames.stream().map(Frame::allowed).toList(),
                rules,
                everything().without(without),
                must);
        return new Greedy(tuples, frames, rules, CANDIDATES[strength], random).rows(Integer.MAX_VALUE);
    }

    /** The same rows as the first of a process, as many as show that age with all that they show at all. */
    private List<Row> first(List<Row> rows) {
        LevelSet later = LevelSet.of(Factor.AGE, Age.LATER.ordinal());
        List<Row> aged = rows.stream()
                .map(row -> new Row(row.frame(), row.levels().without(later).or(FIRST)))
                .toList();
        Tuples tuples = Tuples.possible(strength, aged.stream().map(Row::levels).toList(), rules, everything(), FIRST);
        List<Row> chosen = new ArrayList<>();
        while (tuples.left() > 0) {
            Row best = null;
            int most = 0;
            for (Row row : aged) {
                int gain = tuples.gain(row.levels());
                if (gain > most) {
                    best = row;
                    most = gain;
                }
            }
            tuples.meet(best.levels());
            chosen.add(best);
        }
        return chosen;
    }
}
