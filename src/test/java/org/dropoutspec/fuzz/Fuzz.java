package org.dropoutspec.fuzz;

import java.util.Random;

/**
 * Rounds with a random source of their own each, so that one that fails is run again by its seed alone: {@code
 * -Dfuzz.seed=SEED}. {@code mvn -Pfuzz test} takes another seed every time and {@code fuzz.times} as many rounds.
 */
public final class Fuzz {
    private static final long SEED = Long.getLong("fuzz.seed", 20260101);
    private static final int TIMES = Integer.getInteger("fuzz.times", 1);

    /** What is tried once. */
    public interface Round {
        void with(Random random) throws Exception;
    }

    private Fuzz() {}

    /** @param few how many rounds belong to an ordinary build */
    public static void rounds(int few, Round round) {
        for (long seed = SEED; seed < SEED + (long) few * TIMES; seed++) {
            try {
                round.with(new Random(seed));
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError broken) {
                throw new AssertionError("at -Dfuzz.seed=" + seed + ": " + broken, broken);
            }
        }
    }

    /** One of them. */
    @SafeVarargs
    public static <T> T one(Random random, T... all) {
        return all[random.nextInt(all.length)];
    }
}
