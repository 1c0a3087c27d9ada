package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws rows one by one. Each is the best of a few candidates, the one that meets most new tuples (AETG: Cohen, Dalal,
 * Fredman and Patton 1997). A candidate starts from a tuple that is left and takes a frame. Then it takes the other
 * factors in random order, each at the level that meets most.
 */
final class Greedy {
    private static final int FACTORS = Factor.values().length;

    private final Tuples tuples;
    private final List<Frame> frames;
    private final Rules rules;
    private final int candidates;
    private final SplittableRandom random;

    /** The levels that the current draw has chosen so far. */
    private final int[] row = new int[FACTORS];

    private int size;
    private LevelSet chosen = LevelSet.NONE;

    /** A row: one level of each factor, out of a frame. */
    record Row(Frame frame, LevelSet levels) {}

    Greedy(Tuples tuples, List<Frame> frames, Rules rules, int candidates, SplittableRandom random) {
        this.tuples = tuples;
        this.frames = frames;
        this.rules = rules;
        this.candidates = candidates;
        this.random = random;
    }

    /** Draws rows until no tuple is left. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        while (tuples.left() > 0) {
            rows.add(next(tuples.any(random)));
        }
        return rows;
    }

    /** At most this many rows: as far as possible every one of the levels first, then as many tuples as possible. */
    List<Row> rows(int most, LevelSet levels) {
        List<Row> rows = new ArrayList<>();
        LevelSet missing = levels;
        while (tuples.left() > 0 && rows.size() < most) {
            int[] numbers = missing.numbers();
            LevelSet start = numbers.length == 0
                    ? tuples.any(random)
                    : LevelSet.NONE.with(numbers[random.nextInt(numbers.length)]);
            Row row = next(start);
            rows.add(row);
            missing = missing.without(row.levels());
        }
        return rows;
    }

    /** A row that has these levels among others. */
    private Row next(LevelSet start) {
        List<Frame> fitting = bestFrames(start);
        Frame first = fitting.get(random.nextInt(fitting.size()));
        int most = complete(first, start);
        Row best = new Row(first, chosen);
        for (int i = 1; i < candidates; i++) {
            Frame frame = fitting.get(random.nextInt(fitting.size()));
            int gain = complete(frame, start);
            if (gain > most) {
                best = new Row(frame, chosen);
                most = gain;
            }
        }
        tuples.meet(best.levels());
        return best;
    }

    /** The frames that hold the tuple and meet most by it. */
    private List<Frame> bestFrames(LevelSet start) {
        List<Frame> best = new ArrayList<>();
        int most = -1;
        for (Frame frame : frames) {
            if (frame.allowed().containsAll(start)) {
                int gain = tuples.gain(frame.fixed().or(start));
                if (gain > most) {
                    most = gain;
                    best.clear();
                }
                if (gain == most) {
                    best.add(frame);
                }
            }
        }
        return best;
    }

    private int complete(Frame frame, LevelSet start) {
        size = 0;
        chosen = LevelSet.NONE;
        LevelSet open = frame.allowed();
        int gain = 0;
        for (int level : frame.fixed().or(start).numbers()) {
            gain += take(level);
            open = open.and(rules.beside(level));
        }
        while (open.size() > 0) {
            int factor = anyFactor(open);
            int level = best(open.and(LevelSet.ofFactor(factor)));
            gain += take(level);
            open = open.and(rules.beside(level));
        }
        return gain;
    }

    private int take(int level) {
        int gain = tuples.gain(level, row, size, chosen);
        row[size++] = level;
        chosen = chosen.with(level);
        return gain;
    }

    private int anyFactor(LevelSet open) {
        int seen = 0;
        int drawn = -1;
        for (int factor = 0; factor < FACTORS; factor++) {
            if (open.and(LevelSet.ofFactor(factor)).size() > 0 && random.nextInt(++seen) == 0) {
                drawn = factor;
            }
        }
        return drawn;
    }

    private int best(LevelSet levels) {
        int best = -1;
        int most = -1;
        int ties = 0;
        for (int level : levels.numbers()) {
            int gain = tuples.gain(level, row, size, chosen);
            ties = gain > most ? 1 : gain == most ? ties + 1 : ties;
            if (gain > most || gain == most && random.nextInt(ties) == 0) {
                best = level;
                most = gain;
            }
        }
        return best;
    }
}
