package org.dropoutspec.condition;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The pairs, or triples, of levels of different factors that no row has met yet. For each level, or ordered pair of
 * levels, a set holds the levels that are still missing beside it, so that counting tuples is counting bits.
 */
final class Tuples {
    private static final int LEVELS = LevelSet.LEVELS;
    private static final int SPLIT = LevelSet.SHAPE_LEVELS;
    private static final int FACTORS = Factor.values().length;

    private final int strength;
    private final long[] shape;
    private final long[] call;
    /** How many tuples are left, by combination of factors. */
    private final int[] combinations;

    private int left;

    private Tuples(int strength) {
        this.strength = strength;
        int cells = strength == 2 ? LEVELS : LEVELS * LEVELS;
        this.shape = new long[cells];
        this.call = new long[cells];
        this.combinations = new int[FACTORS * FACTORS * FACTORS];
    }

    /**
     * The tuples that some row can meet.
     *
     * @param strength 2 or 3
     * @param frames the levels from which a row takes its own; a row may come from any of them
     * @param rules which levels go together
     * @param counted only tuples of these levels
     * @param must only tuples with at least one of these
     */
    static Tuples possible(int strength, List<LevelSet> frames, Rules rules, LevelSet counted, LevelSet must) {
        Tuples tuples = new Tuples(strength);
        for (LevelSet frame : frames) {
            tuples.add(frame.and(counted), rules);
        }
        tuples.keep(must);
        tuples.count();
        return tuples;
    }

    private void add(LevelSet allowed, Rules rules) {
        int[] numbers = allowed.numbers();
        for (int one : numbers) {
            LevelSet beside = rules.beside(one);
            long shapes = allowed.shape() & beside.shape();
            long calls = allowed.call() & beside.call();
            if (strength == 2) {
                shape[one] |= shapes;
                call[one] |= calls;
                continue;
            }
            for (int two : numbers) {
                if ((two < SPLIT ? shapes >>> two : calls >>> two - SPLIT) << 63 != 0) {
                    LevelSet both = rules.beside(two);
                    shape[one * LEVELS + two] |= shapes & both.shape();
                    call[one * LEVELS + two] |= calls & both.call();
                }
            }
        }
    }

    private void keep(LevelSet must) {
        for (int cell = 0; cell < shape.length; cell++) {
            boolean met =
                    strength == 2 ? must.contains(cell) : must.contains(cell / LEVELS) || must.contains(cell % LEVELS);
            if (!met) {
                shape[cell] &= must.shape();
                call[cell] &= must.call();
            }
        }
    }

    private void count() {
        for (int cell = 0; cell < shape.length; cell++) {
            int one = strength == 2 ? cell : cell / LEVELS;
            int two = strength == 2 ? -1 : cell % LEVELS;
            for (long bits = shape[cell]; bits != 0; bits &= bits - 1) {
                count(one, two, Long.numberOfTrailingZeros(bits));
            }
            for (long bits = call[cell]; bits != 0; bits &= bits - 1) {
                count(one, two, SPLIT + Long.numberOfTrailingZeros(bits));
            }
        }
    }

    /** Counts a tuple in one order of its levels only; the table holds it in every order. */
    private void count(int one, int two, int three) {
        int first = LevelSet.factorOf(one);
        int last = LevelSet.factorOf(three);
        int middle = two < 0 ? -1 : LevelSet.factorOf(two);
        if (first < last && (two < 0 || first < middle && middle < last)) {
            combinations[combination(first, middle, last)]++;
            left++;
        }
    }

    private static int combination(int first, int middle, int last) {
        return (first * FACTORS + Math.max(middle, 0)) * FACTORS + last;
    }

    int left() {
        return left;
    }

    /**
     * How many more tuples a row meets if it gets one more level.
     *
     * @param row the levels that it has, by number; only the first {@code size} entries
     * @param levels the same as a set
     */
    int gain(int level, int[] row, int size, LevelSet levels) {
        if (strength == 2) {
            return beside(level, levels);
        }
        int gain = 0;
        for (int i = 0; i < size; i++) {
            gain += beside(level * LEVELS + row[i], levels);
        }
        return gain / 2;
    }

    /** How many tuples these levels meet among themselves. */
    int gain(LevelSet levels) {
        return strength == 2 ? pairs(levels) : triples(levels);
    }

    private int pairs(LevelSet levels) {
        int gain = 0;
        for (long left = levels.shape(); left != 0; left &= left - 1) {
            gain += beside(Long.numberOfTrailingZeros(left), levels);
        }
        for (long left = levels.call(); left != 0; left &= left - 1) {
            gain += beside(SPLIT + Long.numberOfTrailingZeros(left), levels);
        }
        return gain / 2;
    }

    private int triples(LevelSet levels) {
        int[] numbers = levels.numbers();
        int gain = 0;
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < i; j++) {
                gain += beside(numbers[i] * LEVELS + numbers[j], levels);
            }
        }
        return gain / 3;
    }

    private int beside(int cell, LevelSet levels) {
        return Long.bitCount(shape[cell] & levels.shape()) + Long.bitCount(call[cell] & levels.call());
    }

    /** Removes all tuples that a row meets. */
    void meet(LevelSet row) {
        int[] numbers = row.numbers();
        for (int one : numbers) {
            for (int two : numbers) {
                if (strength == 2) {
                    strike(one, one, two);
                } else if (one != two) {
                    for (int three : numbers) {
                        strike(one * LEVELS + two, one, two, three);
                    }
                }
            }
        }
    }

    private void strike(int cell, int one, int three) {
        if (clear(cell, three) && LevelSet.factorOf(one) < LevelSet.factorOf(three)) {
            combinations[combination(LevelSet.factorOf(one), -1, LevelSet.factorOf(three))]--;
            left--;
        }
    }

    private void strike(int cell, int one, int two, int three) {
        if (clear(cell, three)
                && LevelSet.factorOf(one) < LevelSet.factorOf(two)
                && LevelSet.factorOf(two) < LevelSet.factorOf(three)) {
            combinations[combination(LevelSet.factorOf(one), LevelSet.factorOf(two), LevelSet.factorOf(three))]--;
            left--;
        }
    }

    /** Removes one level from a cell; returns whether it was there. */
    private boolean clear(int cell, int level) {
        long[] table = level < SPLIT ? shape : call;
        long bit = 1L << (level < SPLIT ? level : level - SPLIT);
        boolean there = (table[cell] & bit) != 0;
        table[cell] &= ~bit;
        return there;
    }

    /** A tuple that is left, drawn from the combination of factors that has most left. */
    LevelSet any(SplittableRandom random) {
        int most = 0;
        for (int combination = 1; combination < combinations.length; combination++) {
            most = combinations[combination] > combinations[most] ? combination : most;
        }
        int number = random.nextInt(combinations[most]);
        LevelSet first = LevelSet.ofFactor(most / (FACTORS * FACTORS));
        LevelSet middle = strength == 2 ? LevelSet.NONE : LevelSet.ofFactor(most / FACTORS % FACTORS);
        LevelSet last = LevelSet.ofFactor(most % FACTORS);
        for (int one : first.numbers()) {
            for (int two : strength == 2 ? new int[] {-1} : middle.numbers()) {
                int cell = two < 0 ? one : one * LEVELS + two;
                LevelSet missing = new LevelSet(shape[cell], call[cell]).and(last);
                int[] numbers = missing.numbers();
                if (number < numbers.length) {
                    LevelSet tuple = LevelSet.NONE.with(one).with(numbers[number]);
                    return two < 0 ? tuple : tuple.with(two);
                }
                number -= numbers.length;
            }
        }
        throw new IllegalStateException("the counts must agree with the table");
    }
}
