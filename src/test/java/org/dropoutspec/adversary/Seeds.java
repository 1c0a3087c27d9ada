package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.SEEDED;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** Seeds that do not decide, or decide alike. */
final class Seeds {
    private static final String[] RELATED = {"SEED-8", "SEED-4", "SEED-3", "MASK-3", "MASK-8", "MASK-10"};
    private static final String[] IGNORED = {"SEED-1", "SEED-2", "MASK-7"};

    private Seeds() {}

    static List<Broken> all() {
        return List.of(
                keyed("draws call d + 1 of a seed as call d of the next seed", (seed, draw) -> seed + draw),
                keyed("draws call d of a seed as call 1 of d times the seed", (seed, draw) -> seed * (draw + 1)),
                keyed("uses the seed for the first draw alone", (seed, draw) -> draw == 0 ? seed : -draw),
                keyed("uses the seed for all but the second draw", (seed, draw) -> draw == 1 ? -1 : seed * 64 + draw),
                keyed(
                        "lets the second draws of neighbours be one",
                        (seed, draw) -> (draw > 0 ? seed / 2 : seed) * 64 + draw),
                keyed(
                        "cuts seeds to float32: large neighbours are one",
                        (seed, draw) -> (long) (float) seed * 64 + draw),
                Broken.of("takes a seed for an offset of 1,000 words", seed -> new Counting(seed, 1000), RELATED),
                Broken.of("takes a seed for an offset of one word", seed -> new Counting(seed, 1), RELATED),
                Broken.of(
                        "copies every second element from the neighbouring seed",
                        seed -> new Keyed(seed, (s, d) -> s * 64 + d) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                byte[] other = new byte[kept.length];
                                long draw = draws;
                                start(1 + (seed() & -2), draw);
                                fill(other, 0, other.length, call.rate());
                                super.draw(kept, call);
                                for (int i = 0; i < kept.length; i += 2) {
                                    kept[i] = other[i];
                                }
                            }
                        },
                        RELATED),
                Broken.of(
                        "seeds java.util.Random",
                        seed -> new Layer(SEEDED, seed) {
                            private Random random;

                            @Override
                            void seed(long value) {
                                random = new Random(value);
                            }

                            @Override
                            void draw(byte[] kept, Call call) {
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] = (byte) (random.nextDouble() < call.rate() ? 0 : 1);
                                }
                            }
                        },
                        RELATED),
                Broken.of(
                        "seeds the Lehmer generator 16,807",
                        seed -> new Layer(SEEDED, seed) {
                            private long state;

                            @Override
                            void seed(long value) {
                                state = 1 + value % 0x7FFF_FFFEL;
                            }

                            @Override
                            long word() {
                                state = state * 16_807 % 0x7FFF_FFFFL;
                                return state << 1;
                            }
                        },
                        RELATED),
                ignoring("ignores the seed from 65,536 elements on", SEEDED, call -> Layer.size(call) >= 1 << 16),
                ignoring("ignores the seed below 16 elements", SEEDED, call -> Layer.size(call) < 16),
                ignoring(
                        "ignores the seed of a strided input",
                        SEEDED.withCapabilities(Capability.SEED, Capability.PERMUTED_INPUT),
                        Layer::isStrided),
                ignoring(
                        "ignores the seed where there is a gradient",
                        SEEDED.withCapabilities(Capability.SEED, Capability.BACKWARD),
                        call -> call.gradOutput().isPresent()),
                ignoring(
                        "ignores the seed where there is a noise shape",
                        SEEDED.withCapabilities(Capability.SEED, Capability.NOISE_SHAPE),
                        call -> call.noiseShape().isPresent()),
                ignoring("ignores seeds above 2^32", SEEDED, call -> call.seed().getAsLong() > 1L << 32),
                ignoring("ignores seed 0", SEEDED, call -> call.seed().getAsLong() == 0),
                Broken.of(
                        "draws for an evaluation from 1,000 elements on",
                        seed -> new Layer(SEEDED, seed) {
                            @Override
                            Result evaluate(Call call) {
                                if (size(call) >= 1000) {
                                    word();
                                }
                                return super.evaluate(call);
                            }
                        },
                        "EVAL-3"),
                Broken.of(
                        "draws for a given mask from 1,000 elements on",
                        seed -> new Layer(SEEDED.withCapabilities(Capability.SEED, Capability.MASK_INPUT), seed) {
                            @Override
                            Tensor forward(Call call, Tensor x, Tensor mask) {
                                if (call.mask().isPresent() && size(call) >= 1000) {
                                    word();
                                }
                                return super.forward(call, x, mask);
                            }
                        },
                        "SEED-7"),
                Broken.of(
                        "continues otherwise after a strided call",
                        seed -> new Layer(SEEDED.withCapabilities(Capability.SEED, Capability.PERMUTED_INPUT), seed) {
                            private final SplittableRandom clock = new SplittableRandom(seed);

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                if (isStrided(call)) {
                                    seed(clock.nextLong());
                                }
                            }
                        },
                        "SEED-2"));
    }

    private interface Key {
        long of(long seed, long draw);
    }

    private static class Keyed extends Layer {
        private final Key key;
        private long seed;
        long draws;

        Keyed(long seed, Key key) {
            super(SEEDED, seed);
            this.key = key;
        }

        @Override
        void seed(long value) {
            seed = value;
            draws = 0;
        }

        final long seed() {
            return seed;
        }

        final void start(long other, long draw) {
            super.seed(key.of(other, draw) * 0x9E37_79B9L);
        }

        @Override
        void draw(byte[] kept, Call call) {
            start(seed, draws++);
            super.draw(kept, call);
        }
    }

    /** One stream, which a seed enters somewhere. */
    private static final class Counting extends Layer {
        private final long width;
        private long position;

        Counting(long seed, long width) {
            super(SEEDED, seed);
            this.width = width;
        }

        @Override
        void seed(long value) {
            position = value * Math.max(1, width);
        }

        @Override
        long word() {
            long z = ++position * 0x9E37_79B9_7F4A_7C15L;
            z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
            z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
            return (z ^ z >>> 31) >>> 32;
        }
    }

    private interface When {
        boolean holds(Call call);
    }

    private static Broken keyed(String name, Key key) {
        return Broken.of(name, seed -> new Keyed(seed, key), RELATED);
    }

    private static Broken ignoring(String name, Description description, When when) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    private final SplittableRandom own = new SplittableRandom(seed);

                    @Override
                    Result train(Call call) {
                        if (call.seed().isPresent() && when.holds(call)) {
                            seed(own.nextLong());
                            return super.train(call.withoutSeed());
                        }
                        return super.train(call);
                    }
                },
                IGNORED);
    }
}
