package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Streams that lose their place, or that move on at a call that must draw nothing, under one condition only. */
final class ConditionalStreamMutants {
    private static final int THOUSAND = 1000;

    private ConditionalStreamMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "stream-forgets-its-place-in-float16",
                        "SEED-2",
                        "keeps the offset of the stream apart for half types, where no seed resets it",
                        forgetting(call -> call.input().dtype() == DType.FLOAT16)),
                new Mutant(
                        "stream-forgets-its-place-when-strided",
                        "SEED-2",
                        "draws for a strided input by the generator of its copy, where no seed resets it",
                        forgetting(call -> call.permutation().isPresent())),
                new Mutant(
                        "stream-forgets-its-place-with-a-gradient",
                        "SEED-2",
                        "draws for the recorded graph by a second generator, which only the call with the seed resets",
                        forgetting(call -> call.gradOutput().isPresent())),
                new Mutant(
                        "stream-forgets-its-place-under-a-noise-shape",
                        "SEED-2",
                        "draws broadcast noise by a second generator, which only the call with the seed resets",
                        forgetting(call -> call.noiseShape().isPresent())),
                new Mutant(
                        "stream-forgets-its-place-from-1000-elements-on",
                        "SEED-2",
                        "draws large masks by a second generator, which only the call with the seed resets",
                        forgetting(call -> call.shape().size() >= THOUSAND)),
                new Mutant(
                        "evaluation-draws-when-strided",
                        "EVAL-3",
                        "draws a mask in evaluation and throws it away, where the input is strided",
                        drawing(call -> !call.training() && call.permutation().isPresent())),
                new Mutant(
                        "evaluation-draws-with-a-gradient",
                        "EVAL-3",
                        "draws a mask in evaluation and throws it away, where a gradient is asked for",
                        drawing(call -> !call.training() && call.gradOutput().isPresent())),
                new Mutant(
                        "evaluation-draws-from-1000-elements-on",
                        "EVAL-3",
                        "draws a mask in evaluation and throws it away, where it is large",
                        drawing(call -> !call.training() && call.shape().size() >= THOUSAND)),
                new Mutant(
                        "given-mask-draws-under-a-noise-shape",
                        "SEED-7",
                        "draws the mask that it is given besides, to broadcast it",
                        drawing(call ->
                                call.mask().isPresent() && call.noiseShape().isPresent())),
                new Mutant(
                        "given-mask-draws-when-strided",
                        "SEED-7",
                        "copies a strided input and draws for the copy, though the mask is given",
                        drawing(call ->
                                call.mask().isPresent() && call.permutation().isPresent())),
                new Mutant(
                        "given-mask-draws-from-1000-elements-on",
                        "SEED-7",
                        "fills its buffer of random numbers for large inputs before it looks whether a mask was given",
                        drawing(call -> call.mask().isPresent() && call.shape().size() >= THOUSAND)));
    }

    /** Where the condition holds, draws the masks of unseeded calls by a generator that no seed reaches. */
    private static LongFunction<SoundDropout> forgetting(Predicate<Call> where) {
        return seed -> new SoundDropout(EVERYTHING, seed) {
            private long own;

            @Override
            Tensor draw(Call call) {
                if (where.test(call) && call.seed().isEmpty()) {
                    super.reseed(1L << 60 | own++);
                }
                return super.draw(call);
            }
        };
    }

    private static LongFunction<SoundDropout> drawing(Predicate<Call> where) {
        return seed -> new SoundDropout(EVERYTHING, seed) {
            @Override
            public Result dropout(Call call) {
                Result result = super.dropout(call);
                if (where.test(call)) {
                    nextMask(call.shape(), 0.5);
                }
                return result;
            }
        };
    }
}
