package org.dropoutspec.defect;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.dropoutspec.implementation.Description;

/** Draws defects whose expected evidence is about the evidence needed: from a quarter of it to eight times as much. */
public final class Generator {
    private static final double LEAST = 0.25;
    private static final double MOST = 8;
    private static final int TRIES = 100;

    private final long seed;
    private final int strength;
    private final Function<Description, Exposure> measured;
    private final Map<Description, Exposure> exposures = new HashMap<>();

    /**
     * @param strength how many levels are combined: 2 for pairs, 3 for triples
     * @param exposures what a run asks of a sound implementation with this description
     */
    public Generator(long seed, int strength, Function<Description, Exposure> exposures) {
        this.seed = seed;
        this.strength = strength;
        this.measured = exposures;
    }

    /**
     * A defect and the promise about it.
     *
     * @param index which draws it again
     * @param promised whether the formula says that it is found with a probability of .999
     * @param probability about how probable it is that it is found
     */
    public record Drawn(int index, Defect defect, Description description, boolean promised, double probability) {}

    /** Draws the defect of this index. The same seed and index give the same defect. */
    public Drawn draw(int index) {
        Grammar grammar = new Grammar(new SplittableRandom(seed + index * 0x9E37_79B9_7F4A_7C15L).nextLong());
        for (int time = 1; ; time++) {
            Where where = grammar.where(strength);
            Effect effect = grammar.effect();
            Description description = Grammar.description(where, effect);
            Exposure exposure = exposures.computeIfAbsent(description, measured);
            Prospect prospect = exposure.of(where, effect);
            // no call can be asked for two levels that no call shows together
            boolean exists = prospect.struck() > 0
                    || where.levels().isEmpty()
                    || where.levels().size() > 2;
            if (exists || time == TRIES) {
                double ratio = LEAST * Math.pow(MOST / LEAST, grammar.draw());
                double drawn = effect.isGradual() ? prospect.strengthFor(ratio) : 1;
                return new Drawn(
                        index,
                        new Defect(where, effect, drawn),
                        description,
                        prospect.isPromised(drawn),
                        prospect.probability(drawn));
            }
        }
    }
}
