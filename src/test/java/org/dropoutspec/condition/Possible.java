package org.dropoutspec.condition;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.dropoutspec.tensor.Shape;

/**
 * The pairs and triples of levels that a design has to meet, found apart from it: shapes are drawn at random with
 * nothing in mind, and every call that the scope allows is thought of for each.
 */
final class Possible {
    private static final int LEVELS = LevelSet.LEVELS;

    private final Scope scope;
    private final boolean[] together = new boolean[LEVELS * LEVELS];

    private Possible(Scope scope) {
        this.scope = scope;
        for (int pair = 0; pair < together.length; pair++) {
            int one = pair / LEVELS;
            int other = pair % LEVELS;
            together[pair] = LevelSet.factorOf(one) != LevelSet.factorOf(other)
                    && scope.allows(LevelSet.level(one), LevelSet.level(other));
        }
    }

    /**
     * All tuples, each as a number.
     *
     * @param strength 2 or 3
     * @param shapes how many are drawn
     * @param fits the shapes that are asked
     * @param masks the mask shapes that are asked
     */
    static BitSet tuples(
            int strength, Scope scope, int shapes, Predicate<Shape> fits, Predicate<MaskShape> masks, Age age) {
        return new Possible(scope).tuples(strength, shapes, fits, masks, age);
    }

    private BitSet tuples(int strength, int shapes, Predicate<Shape> fits, Predicate<MaskShape> masks, Age age) {
        BitSet seen = new BitSet();
        BitSet tuples = new BitSet();
        LevelSet calls = calls(age);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < shapes; i++) {
            Shape shape = shape(random);
            if (shape == null || !fits.test(shape)) {
                continue;
            }
            for (MaskShape mask : MaskShape.values()) {
                int kind = kind(shape, mask);
                if (masks.test(mask)
                        && mask.fits(shape)
                        && scope.allows(Factor.MASK_SHAPE.level(mask.ordinal()))
                        && !seen.get(kind)) {
                    seen.set(kind);
                    add(strength, calls.or(levels(shape, mask)).numbers(), tuples);
                }
            }
        }
        return tuples;
    }

    /** The same for shapes of which the same can be asked. */
    private static int kind(Shape shape, MaskShape mask) {
        int layouts = 0;
        for (Layout layout : Layout.values()) {
            layouts = layouts * 2 + (layout.fits(shape) ? 1 : 0);
        }
        return (Geometry.of(shape).code() * MaskShape.values().length + mask.ordinal()) * 32 + layouts;
    }

    private void add(int strength, int[] numbers, BitSet tuples) {
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < i; j++) {
                int pair = numbers[i] * LEVELS + numbers[j];
                if (!together[pair]) {
                    continue;
                }
                if (strength == 2) {
                    tuples.set(pair);
                }
                for (int k = 0; strength == 3 && k < j; k++) {
                    if (together[numbers[i] * LEVELS + numbers[k]] && together[numbers[j] * LEVELS + numbers[k]]) {
                        tuples.set(pair * LEVELS + numbers[k]);
                    }
                }
            }
        }
    }

    private LevelSet levels(Shape shape, MaskShape mask) {
        LevelSet levels = Geometry.of(shape).levels().or(LevelSet.of(Factor.MASK_SHAPE, mask.ordinal()));
        for (Layout layout : Layout.values()) {
            if (layout.fits(shape) && scope.allows(Factor.LAYOUT.level(layout.ordinal()))) {
                levels = levels.or(LevelSet.of(Factor.LAYOUT, layout.ordinal()));
            }
        }
        return levels;
    }

    private LevelSet calls(Age age) {
        Level thatAge = Factor.AGE.level(age.ordinal());
        LevelSet calls = LevelSet.of(Factor.AGE, age.ordinal());
        for (Factor factor : Factor.values()) {
            boolean ofShape = factor.isGeometry() || factor == Factor.LAYOUT || factor == Factor.MASK_SHAPE;
            for (Level level : factor.levels()) {
                if (!ofShape && factor != Factor.AGE && scope.allows(level) && scope.allows(level, thatAge)) {
                    calls = calls.or(LevelSet.of(factor, level.index()));
                }
            }
        }
        return calls;
    }

    /** Extents of up to a few bits each, often powers of two and their neighbours, and now and then one. */
    static Shape shape(SplittableRandom random) {
        int[] extents = new int[random.nextInt(7)];
        double size = 1;
        for (int axis = 0; axis < extents.length; axis++) {
            int bits = random.nextInt(random.nextInt(1, 22));
            extents[axis] = switch (random.nextInt(3)) {
                case 0 -> 1 << bits;
                case 1 -> Math.max(1, (1 << bits) + random.nextInt(3) - 1);
                default -> (1 << bits) + random.nextInt(1 << bits);
            };
            size *= extents[axis];
        }
        return size <= 1 << 21 ? Shape.of(extents) : null;
    }

    /** The tuples that rows meet, numbered in the same way. */
    static BitSet met(int strength, Iterable<Condition> rows) {
        BitSet tuples = new BitSet();
        for (Condition row : rows) {
            int[] numbers = LevelSet.of(row.levels()).numbers();
            for (int i = 0; i < numbers.length; i++) {
                for (int j = 0; j < i; j++) {
                    int pair = numbers[i] * LEVELS + numbers[j];
                    if (strength == 2) {
                        tuples.set(pair);
                    }
                    for (int k = 0; strength == 3 && k < j; k++) {
                        tuples.set(pair * LEVELS + numbers[k]);
                    }
                }
            }
        }
        return tuples;
    }

    /** Leaves those with this level. */
    static BitSet with(int strength, BitSet tuples, LevelSet must) {
        BitSet left = new BitSet();
        tuples.stream()
                .filter(tuple -> levels(strength, tuple).and(must).size() > 0)
                .forEach(left::set);
        return left;
    }

    /** The levels of a tuple. */
    static LevelSet levels(int strength, int tuple) {
        LevelSet levels = LevelSet.NONE.with(tuple % LEVELS).with(tuple / LEVELS % LEVELS);
        return strength == 2 ? levels : levels.with(tuple / LEVELS / LEVELS);
    }
}
