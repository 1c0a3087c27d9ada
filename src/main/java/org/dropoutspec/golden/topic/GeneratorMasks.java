package org.dropoutspec.golden.topic;

import java.util.List;
import org.dropoutspec.golden.exact.PaperPhilox;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** The vectors of the generator that go through dropout: from seeds to masks. */
final class GeneratorMasks {
    private static final String FIRST_DRAW = "the first draw after seeding, in the mask's row-major order";

    private final Topic topic;

    GeneratorMasks(Topic topic) {
        this.topic = topic;
    }

    void add() {
        shapesAndSeeds();
        views();
        atTheThreshold();
        besideTheThreshold();
        types();
        sizes();
    }

    private void shapesAndSeeds() {
        int[][] shapes = {{12}, {2, 3}, {3, 2, 2}};
        for (long seed : new long[] {0, 1, 7, 42, 0x1_0000_0000L, Call.SEED_LIMIT - 1}) {
            for (int[] extents : shapes) {
                for (double rate : new double[] {0.25, 0.5}) {
                    Shape shape = Shape.of(extents);
                    Call call = Call.training(rate, ScriptedWords.counting(Ieee.FLOAT32, shape))
                            .withSeed(seed);
                    add(
                            "gen-mask-seed" + seed + "-rank" + shape.rank() + "-r" + rate,
                            Requirements.GENERATOR,
                            call,
                            Flag.GENERATOR_COUNTER,
                            Flag.GENERATOR_ROUNDS,
                            Flag.MASK_REPORTED_WRONG);
                }
            }
        }
    }

    private void views() {
        Shape shape = Shape.of(2, 3);
        Call strided =
                Call.training(0.5, ScriptedWords.counting(Ieee.FLOAT32, shape)).withSeed(3);
        add("gen-mask-strided", Requirements.STRIDED, strided.withPermutation(1, 0), Flag.STRIDES_IGNORED);
        add(
                "gen-mask-noise-2x1",
                Requirements.NOISE_SHAPE,
                strided.withNoiseShape(Shape.of(2, 1)),
                Flag.NOISE_SHAPE_IGNORED);
        add(
                "gen-mask-noise-3",
                Requirements.NOISE_SHAPE,
                strided.withNoiseShape(Shape.of(3)),
                Flag.NOISE_SHAPE_IGNORED);
        for (Ieee format : Ieee.values()) {
            Call call = Call.training(0.5, ScriptedWords.counting(format, Shape.of(8)))
                    .withSeed(11);
            add(
                    "gen-mask-" + format.dtype(),
                    Requirements.MASK_AGREES,
                    call.withGradOutput(call.input()),
                    Flag.MASK_REPORTED_WRONG);
        }
    }

    /** Rates at which the word of one element is exactly threshold - 1, threshold or threshold + 1. */
    private void atTheThreshold() {
        for (long seed = 100; seed < 106; seed++) {
            for (int offset : new int[] {-1, 0, 1}) {
                String where = List.of("below", "at", "above").get(offset + 1) + "-word";
                String id = "gen-mask-seed" + seed + "-threshold-" + where;
                @Nullable Flag[] flags = {offset == -1 ? null : Flag.THRESHOLD_OFF_BY_ONE, Flag.THRESHOLD_COARSE};
                if (seed == 105 && offset < 1) {
                    String instead = "gen-draw-seed105-rate-" + where;
                    topic.retire(
                            id,
                            "it asked for a float32 output to a few ulp at a rate that float32 does not hold, where"
                                    + " rounding the rate moves the output by 32",
                            instead);
                    maskAlone(instead, seed, offset, flags);
                } else {
                    add(id, Requirements.GENERATOR, beside(seed, offset), flags);
                }
            }
        }
    }

    /** Rates between two words, where a threshold rounded down keeps an element that must be dropped. */
    private void besideTheThreshold() {
        for (long seed = 100; seed < 106; seed++) {
            String id = "gen-draw-seed" + seed + "-rate-";
            maskAlone(id + "half-above-word", seed, 0.5, Flag.THRESHOLD_ROUNDED, Flag.THRESHOLD_COARSE);
            maskAlone(id + "quarter-above-word", seed, 0.25, Flag.THRESHOLD_ROUNDED, Flag.THRESHOLD_COARSE);
            maskAlone(id + "half-below-word", seed, -0.5, Flag.THRESHOLD_OFF_BY_ONE, Flag.THRESHOLD_COARSE);
        }
    }

    private void maskAlone(String id, long seed, double offset, @Nullable Flag... flags) {
        topic.addMaskAlone(
                id,
                Requirements.GENERATOR,
                "the mask alone: not every implementation holds this rate when it scales",
                beside(seed, offset),
                flags);
    }

    /** A seeded call at a rate {@code offset} above the word of one of its elements; exact, since it is far from 0. */
    private static Call beside(long seed, double offset) {
        long word = PaperPhilox.word(seed, 0, (int) (seed % 5));
        return Call.training(Math.scalb(word + offset, -32), ScriptedWords.counting(Ieee.FLOAT32, Shape.of(5)))
                .withSeed(seed);
    }

    private void types() {
        for (Ieee format : new Ieee[] {Ieee.FLOAT16, Ieee.BFLOAT16, Ieee.FLOAT64}) {
            for (long seed : new long[] {5, 0x1_0000_0005L, 0x10_0000_0000_0005L}) {
                for (double rate : new double[] {0.25, 0.75}) {
                    Call call = Call.training(rate, ScriptedWords.counting(format, Shape.of(9)))
                            .withSeed(seed);
                    add(
                            "gen-mask-" + format.dtype() + "-seed" + seed + "-r" + rate,
                            Requirements.GENERATOR,
                            call.withGradOutput(call.input()),
                            Flag.GENERATOR_COUNTER,
                            Flag.GENERATOR_ROUNDS);
                }
            }
        }
    }

    private void sizes() {
        for (int size : new int[] {13, 17, 33, 65}) {
            Call call = Call.training(0.5, ScriptedWords.tile(Ieee.FLOAT32, Shape.of(size), "1 -2 3 -4 5"))
                    .withSeed(21);
            add("gen-mask-size" + size, Requirements.GENERATOR, call, Flag.GENERATOR_COUNTER, Flag.TAIL_LOST);
        }
    }

    private void add(String id, String requirement, Call call, @Nullable Flag... flags) {
        topic.add(id, requirement, FIRST_DRAW, call, flags);
    }
}
