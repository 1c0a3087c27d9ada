package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Masks that are not the same again after the same seed, under one condition only. */
final class ConditionalReplayMutants {
    private static final int BLOCK = 1024;

    private ConditionalReplayMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "seed-ignored-from-1024-elements-on",
                        "SEED-1",
                        "draws large masks in blocks, by a second generator that no seed reaches",
                        unseeded(call -> call.shape().size() >= BLOCK)),
                new Mutant(
                        "seed-ignored-when-strided",
                        "SEED-1",
                        "copies a strided input and draws by the generator of the copy",
                        unseeded(call -> call.permutation().isPresent())),
                new Mutant(
                        "seed-ignored-with-a-gradient",
                        "SEED-1",
                        "seeds the generator of inference and not that of the recorded graph",
                        unseeded(call -> call.gradOutput().isPresent())),
                new Mutant(
                        "seed-ignored-under-a-noise-shape",
                        "SEED-1",
                        "draws the noise of a broadcast mask by the generator of the whole process",
                        unseeded(call -> call.noiseShape().isPresent())),
                new Mutant(
                        "seed-ignored-beyond-16-bits-of-indices",
                        "SEED-1",
                        "takes another kernel beyond 65,536 elements, which is not told the seed",
                        unseeded(call -> call.shape().size() > 1 << 16)),
                new Mutant(
                        "seed-lost-after-an-empty-tensor",
                        "SEED-1",
                        "an empty tensor leaves its grid of no blocks behind, and the next call draws by its own count",
                        seed -> new Afterwards(
                                seed, call -> call.training() && call.input().size() == 0)),
                new Mutant(
                        "seed-lost-after-a-rejected-call",
                        "SEED-1",
                        "a rejected call leaves the generator half set up",
                        seed -> new Afterwards(seed, call -> !(call.rate() >= 0 && call.rate() <= 1))),
                new Mutant(
                        "mask-follows-the-input-when-strided",
                        "MASK-7",
                        "mixes the first number of a strided input into the seed",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                if (call.permutation().isPresent()
                                        && call.input().size() > 0) {
                                    super.reseed(
                                            call.seed().orElse(1) ^ call.input().bits(0) << 7);
                                }
                                return super.draw(call);
                            }
                        }),
                new Mutant(
                        "gradient-follows-the-input-in-bfloat16",
                        "BWD-6",
                        "multiplies the gradient by output over input in bfloat16, which is NaN where the input is infinite",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private @Nullable Tensor x;

                            @Override
                            Result train(Call call) {
                                x = call.presented();
                                return super.train(call);
                            }

                            @Override
                            long backward(Call call, long dy, boolean kept, int index) {
                                Tensor input = x;
                                return kept
                                                && dtype(call) == DType.BFLOAT16
                                                && input != null
                                                && input.size() >= 256
                                                && Double.isInfinite(input.value(index))
                                        ? dtype(call).round(Double.NaN)
                                        : super.backward(call, dy, kept, index);
                            }
                        }),
                new Mutant(
                        "gradient-changes-the-draw-under-a-noise-shape",
                        "BWD-10",
                        "expands the noise before it draws, where a gradient is asked for",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Tensor draw(Call call) {
                                if (call.gradOutput().isPresent()
                                        && call.noiseShape().isPresent()) {
                                    nextMask(call.maskShape(), 0.5);
                                }
                                return super.draw(call);
                            }
                        }));
    }

    private static LongFunction<SoundDropout> unseeded(Predicate<Call> where) {
        return seed -> new SoundDropout(EVERYTHING, seed) {
            private long own;

            @Override
            Tensor draw(Call call) {
                if (where.test(call)) {
                    super.reseed(1L << 60 | own++);
                }
                return super.draw(call);
            }
        };
    }

    /** Ignores the seed of a call that comes right after a call of a certain kind. */
    private static final class Afterwards extends SoundDropout {
        private final Predicate<Call> such;
        private boolean after;

        Afterwards(long seed, Predicate<Call> such) {
            super(EVERYTHING, seed);
            this.such = such;
        }

        @Override
        public Result dropout(Call call) {
            boolean lost = after;
            after = such.test(call);
            return super.dropout(lost ? call.withoutSeed() : call);
        }
    }
}
