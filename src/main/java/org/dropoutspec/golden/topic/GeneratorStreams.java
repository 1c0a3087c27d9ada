package org.dropoutspec.golden.topic;

import java.util.List;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;

/** Streams of the reference's generator, bit for bit: which calls draw, and the number of each draw. */
final class GeneratorStreams {
    private final Topic topic;

    GeneratorStreams(Topic topic) {
        this.topic = topic;
    }

    void add() {
        Call first = call(0.5, 5).withSeed(42);
        Call next = call(0.5, 5);
        between("draws", "each call draws anew", first, next, call(0.25, 2, 3), call(0.75, 7));
        between(
                "evaluation",
                "an evaluation draws nothing",
                first,
                call(0.25, 3).withTraining(false),
                next);
        Call masked = call(0.5, 6);
        between(
                "mask",
                "a given mask draws nothing",
                first,
                masked.withMask(ScriptedWords.mask(masked.shape(), "10")),
                next);
        between("rate-0", "rate 0 draws", first, call(0, 5), next);
        between("rate-1", "rate 1 draws", first, call(1, 5), next);
        between("empty", "an empty tensor draws", first, call(0.5, 0), call(0.5, 2, 0), next);
        between("scalar", "a scalar draws, and uses one word", first, call(0.5), call(0.25), next);
        between("noise", "a noise shape draws once", first, call(0.5, 2, 3).withNoiseShape(Shape.of(2, 1)), next);
        between("view", "a view draws in its own order", first, call(0.5, 2, 3).withPermutation(1, 0), next);
        Call backward = call(0.5, 5);
        between("gradient", "a gradient draws no more", first, backward.withGradOutput(backward.input()), next);
        between("reseeded", "a seed begins anew", first, next, first, next, next.withSeed(43), next, first);
        between("seed-2-32", "all of the seed counts", next.withSeed(1L << 32), next, next.withSeed(0), next);
        between("seed-largest", "all of the seed counts", next.withSeed(Call.SEED_LIMIT - 1), next, next);
        between(
                "types",
                "the type of the elements does not matter",
                first,
                next.withInput(ScriptedWords.counting(Ieee.FLOAT16, Shape.of(5))),
                next.withInput(ScriptedWords.counting(Ieee.FLOAT64, Shape.of(5))),
                next);
        between(
                "all",
                "evaluations and a given mask between draws of every kind",
                first,
                call(0.25, 3).withTraining(false),
                next,
                masked.withMask(ScriptedWords.mask(masked.shape(), "110")),
                call(0.5, 2, 3).withNoiseShape(Shape.of(3)),
                call(0.75, 2, 3).withTraining(false),
                call(0, 4),
                call(0.5, 0),
                call(0.25, 2, 3).withPermutation(1, 0),
                next);
    }

    private static Call call(double rate, int... extents) {
        return Call.training(rate, ScriptedWords.counting(Ieee.FLOAT32, Shape.of(extents)));
    }

    private void between(String name, String comment, Call... calls) {
        topic.add(
                "stream-draws-" + name,
                Requirements.GENERATOR,
                comment,
                List.of(calls),
                List.of(),
                Flag.GENERATOR_COUNTER,
                Flag.STREAM_MOVED,
                Flag.STREAM_NOT_REPLAYED);
    }
}
