package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The order in which rows are asked, round after round. A round asks each row once, each time in another order, so that
 * soon every level has come right before every other. The order is a greedy chain: next is the row that gives most new
 * pairs (level of the row before, level of this row).
 */
public final class Rounds {
    private final List<Condition> rows;
    private final LevelSet[] levels;
    private final SplittableRandom random;
    /** For each level, the levels that have come right after it. */
    private final LevelSet[] shown = new LevelSet[LevelSet.LEVELS];

    private final int possible;
    private int count;
    private int last = -1;

    /** Rounds of these rows. The same seed gives the same orders. */
    public Rounds(List<Condition> rows, long seed) {
        this.rows = List.copyOf(rows);
        this.levels = this.rows.stream().map(row -> LevelSet.of(row.levels())).toArray(LevelSet[]::new);
        this.random = new SplittableRandom(seed);
        Arrays.fill(shown, LevelSet.NONE);
        LevelSet all = LevelSet.NONE;
        for (LevelSet row : levels) {
            all = all.or(row);
        }
        this.possible = all.size() * all.size();
    }

    /** All rows, in the order of the next round. */
    public List<Condition> next() {
        int[] order = shuffled();
        for (int at = 0; at < order.length && count < possible; at++) {
            int best = at;
            int most = -1;
            for (int i = at; i < order.length; i++) {
                int gain = gain(order[i]);
                if (gain > most) {
                    best = i;
                    most = gain;
                }
            }
            int row = order[best];
            order[best] = order[at];
            order[at] = row;
            follow(row);
        }
        last = order.length == 0 ? -1 : order[order.length - 1];
        List<Condition> round = new ArrayList<>();
        for (int row : order) {
            round.add(rows.get(row));
        }
        return round;
    }

    private int[] shuffled() {
        int[] order = new int[rows.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private int gain(int row) {
        int gain = 0;
        if (last >= 0) {
            for (long left = levels[last].shape(); left != 0; left &= left - 1) {
                gain += unseen(shown[Long.numberOfTrailingZeros(left)], levels[row]);
            }
            for (long left = levels[last].call(); left != 0; left &= left - 1) {
                gain += unseen(shown[LevelSet.SHAPE_LEVELS + Long.numberOfTrailingZeros(left)], levels[row]);
            }
        }
        return gain;
    }

    private static int unseen(LevelSet shown, LevelSet row) {
        return Long.bitCount(row.shape() & ~shown.shape()) + Long.bitCount(row.call() & ~shown.call());
    }

    private void follow(int row) {
        if (last >= 0) {
            for (int level : levels[last].numbers()) {
                count += unseen(shown[level], levels[row]);
                shown[level] = shown[level].or(levels[row]);
            }
        }
        last = row;
    }

    /** The share of all pairs (level of a row, level of the row after it) that the rounds have shown so far. */
    public double transitionsShown() {
        return possible == 0 ? 1 : (double) count / possible;
    }
}
