package org.dropoutspec.condition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of levels, one bit each. Levels are numbered from 0: first those that depend on shapes, then those of calls.
 *
 * @param shape bits of the factors in {@link #OF_SHAPES}
 * @param call bits of all other factors
 */
record LevelSet(long shape, long call) {
    private static final List<Factor> OF_SHAPES = List.of(
            Factor.SIZE,
            Factor.RESIDUE,
            Factor.RANK,
            Factor.LARGE_AXIS,
            Factor.LAST_AXIS,
            Factor.LAYOUT,
            Factor.MASK_SHAPE);

    private static final Factor[] FACTORS = Factor.values();
    private static final int[] FIRST = new int[FACTORS.length];
    /** How many levels depend on shapes. They have the numbers below this. */
    static final int SHAPE_LEVELS;
    /** How many levels there are. */
    static final int LEVELS;

    private static final int[] FACTOR_OF;

    static final LevelSet NONE = new LevelSet(0, 0);
    private static final LevelSet[] OF_FACTOR = new LevelSet[FACTORS.length];
    /** Every level. */
    static final LevelSet ALL;

    static {
        int next = 0;
        for (Factor factor : OF_SHAPES) {
            FIRST[factor.ordinal()] = next;
            next += factor.size();
        }
        SHAPE_LEVELS = next;
        for (Factor factor : FACTORS) {
            if (!OF_SHAPES.contains(factor)) {
                FIRST[factor.ordinal()] = next;
                next += factor.size();
            }
        }
        LEVELS = next;
        FACTOR_OF = new int[LEVELS];
        LevelSet all = NONE;
        for (Factor factor : FACTORS) {
            for (int index = 0; index < factor.size(); index++) {
                FACTOR_OF[FIRST[factor.ordinal()] + index] = factor.ordinal();
            }
            LevelSet set = NONE;
            for (int index = 0; index < factor.size(); index++) {
                set = set.with(FIRST[factor.ordinal()] + index);
            }
            OF_FACTOR[factor.ordinal()] = set;
            all = all.or(set);
        }
        ALL = all;
    }

    /** The number of a level. */
    static int number(int factor, int index) {
        return FIRST[factor] + index;
    }

    /** The factor of the level with this number, by ordinal. */
    static int factorOf(int number) {
        return FACTOR_OF[number];
    }

    static Level level(int number) {
        return FACTORS[FACTOR_OF[number]].level(number - FIRST[FACTOR_OF[number]]);
    }

    static LevelSet of(Factor factor, int index) {
        return NONE.with(number(factor.ordinal(), index));
    }

    /** All levels of a factor. */
    static LevelSet allOf(Factor factor) {
        return OF_FACTOR[factor.ordinal()];
    }

    /** All levels of a factor, given its ordinal. */
    static LevelSet ofFactor(int factor) {
        return OF_FACTOR[factor];
    }

    /** All levels of these factors. */
    static LevelSet allOf(Factor... factors) {
        LevelSet set = NONE;
        for (Factor factor : factors) {
            set = set.or(allOf(factor));
        }
        return set;
    }

    /** The levels of a row. */
    static LevelSet of(int[] levels) {
        LevelSet set = NONE;
        for (int factor = 0; factor < levels.length; factor++) {
            set = set.with(number(factor, levels[factor]));
        }
        return set;
    }

    LevelSet with(int number) {
        return number < SHAPE_LEVELS
                ? new LevelSet(shape | 1L << number, call)
                : new LevelSet(shape, call | 1L << number - SHAPE_LEVELS);
    }

    boolean contains(int number) {
        return (number < SHAPE_LEVELS ? shape >>> number : call >>> number - SHAPE_LEVELS) << 63 != 0;
    }

    boolean containsAll(LevelSet other) {
        return (shape & other.shape) == other.shape && (call & other.call) == other.call;
    }

    LevelSet and(LevelSet other) {
        return new LevelSet(shape & other.shape, call & other.call);
    }

    LevelSet or(LevelSet other) {
        return new LevelSet(shape | other.shape, call | other.call);
    }

    LevelSet without(LevelSet other) {
        return new LevelSet(shape & ~other.shape, call & ~other.call);
    }

    int size() {
        return Long.bitCount(shape) + Long.bitCount(call);
    }

    /** The levels, in the order of the factors. */
    List<Level> levels() {
        return Arrays.stream(numbers())
                .mapToObj(LevelSet::level)
                .sorted(Comparator.comparing(Level::factor).thenComparing(Level::index))
                .toList();
    }

    /** The numbers of the levels, ascending. */
    int[] numbers() {
        int[] numbers = new int[size()];
        int next = 0;
        for (long left = shape; left != 0; left &= left - 1) {
            numbers[next++] = Long.numberOfTrailingZeros(left);
        }
        for (long left = call; left != 0; left &= left - 1) {
            numbers[next++] = SHAPE_LEVELS + Long.numberOfTrailingZeros(left);
        }
        return numbers;
    }
}
