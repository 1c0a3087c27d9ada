package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;
import static org.dropoutspec.mutant.SoundDropout.WITH_PHILOX;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Seeds that are ignored, truncated or half applied. */
final class SeedMutants {
    private SeedMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "seed-ignored",
                        "SEED-1",
                        "takes a seed and goes on with its own stream",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void reseed(long value) {}
                        }),
                new Mutant(
                        "seed-leaves-buffered-words",
                        "SEED-1",
                        "resets the generator and not the words that are left over from the call before",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private boolean odd;

                            @Override
                            Result train(Call call) {
                                if (call.seed().isPresent()) {
                                    reseed(call.seed().getAsLong() ^ (odd ? 1L << 60 : 0));
                                }
                                odd = call.input().size() % 2 == 1;
                                return super.train(call.withoutSeed());
                            }
                        }),
                new Mutant(
                        "seed-mixed-with-the-clock",
                        "SEED-1",
                        "adds its own call count to the seed",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private long calls;

                            @Override
                            void reseed(long value) {
                                super.reseed(value + (calls++ << 53));
                            }
                        }),
                new Mutant(
                        "seed-zero-is-the-time",
                        "SEED-1",
                        "takes a slow clock in the place of seed 0; two calls at one tick draw the same mask",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private long calls;

                            @Override
                            void reseed(long value) {
                                super.reseed(value == 0 ? -1 - calls / 100 : value);
                            }

                            @Override
                            Result train(Call call) {
                                calls++;
                                return super.train(call);
                            }
                        }),
                new Mutant(
                        "stream-not-reset",
                        "SEED-2",
                        "resets the seed of the first draw, and counts the later ones on",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private long calls;
                            private boolean first;

                            @Override
                            void reseed(long value) {
                                super.reseed(value);
                                first = true;
                            }

                            @Override
                            Tensor draw(Call call) {
                                if (!first) {
                                    super.reseed(1L << 60 | calls++);
                                }
                                first = false;
                                return super.draw(call);
                            }
                        }),
                new Mutant(
                        "stream-stands-still",
                        "SEED-3",
                        "sets the seed anew at every call, so that a seeded layer always draws the same mask (a tfjs 4.22 layer does)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private long value;

                            @Override
                            void reseed(long to) {
                                value = to;
                            }

                            @Override
                            Tensor draw(Call call) {
                                super.reseed(value);
                                return super.draw(call);
                            }
                        }),
                new Mutant(
                        "seed-0-stands-for-1",
                        "SEED-3",
                        "begins each call with seed, seed + 1, ... and takes 0, which its generator cannot begin with, for 1: two calls alike (ONNX Runtime 1.30 on a CPU)",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            private long value;
                            private long calls;

                            @Override
                            void reseed(long to) {
                                super.reseed(to);
                                value = to;
                                calls = 0;
                            }

                            @Override
                            Tensor draw(Call call) {
                                if (value == 0 && calls++ == 1) {
                                    super.reseed(0);
                                }
                                return super.draw(call);
                            }
                        }),
                new Mutant(
                        "seed-loses-its-lowest-bit",
                        "SEED-4",
                        "shifts the seed down before use",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            void reseed(long value) {
                                super.reseed(value >> 1);
                            }
                        }),
                new Mutant(
                        "seed-truncated-to-32-bits",
                        "SEED-5",
                        "keeps the low 32 bits",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            @SuppressWarnings("UnnecessaryLongToIntConversion") // it is the defect
                            void reseed(long value) {
                                super.reseed((int) value);
                            }
                        }),
                new Mutant(
                        "philox-key-swapped",
                        "SEED-6",
                        "claims philox4x32_10, with the words of the key exchanged",
                        seed -> new SoundDropout(WITH_PHILOX, seed) {
                            @Override
                            void reseed(long value) {
                                super.reseed(Long.rotateLeft(value, 32));
                            }
                        }),
                new Mutant(
                        "philox-counts-only-half",
                        "SEED-6",
                        "claims philox4x32_10, and advances its call counter by two",
                        seed -> new SoundDropout(WITH_PHILOX, seed) {
                            @Override
                            Tensor draw(Call call) {
                                Tensor mask = super.draw(call);
                                nextMask(call.maskShape(), 0);
                                return mask;
                            }
                        }),
                new Mutant(
                        "mask-given-draws-too",
                        "SEED-7",
                        "draws before it looks whether a mask was given",
                        seed -> new SoundDropout(EVERYTHING, seed) {
                            @Override
                            Result train(Call call) {
                                if (call.mask().isPresent()) {
                                    nextMask(call.maskShape(), call.rate());
                                }
                                return super.train(call);
                            }
                        }),
                new Mutant(
                        "seed-zero-is-stuck",
                        "SEED-9",
                        "takes the seed for the state of a generator that never leaves 0, as an xorshift",
                        seed -> new StuckAt(seed, 0)),
                new Mutant(
                        "seed-modulus-is-stuck",
                        "SEED-9",
                        "takes the seed for the state of a generator modulo 2^31 - 1, where it is 0",
                        seed -> new StuckAt(seed, (1L << 31) - 1)));
    }

    /** Drops everything after one certain seed, until another seed is set. */
    private static final class StuckAt extends SoundDropout {
        private final long stuckAt;
        private boolean stuck;

        StuckAt(long seed, long stuckAt) {
            super(EVERYTHING, seed);
            this.stuckAt = stuckAt;
        }

        @Override
        void reseed(long value) {
            super.reseed(value);
            stuck = value == stuckAt;
        }

        @Override
        Tensor draw(Call call) {
            Tensor mask = super.draw(call);
            return stuck && call.rate() > 0 ? Tensor.full(DType.BOOL, mask.shape(), 0) : mask;
        }
    }
}
