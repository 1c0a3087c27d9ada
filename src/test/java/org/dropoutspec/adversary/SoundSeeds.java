package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.implementation.Seeding.Stream;

/** Seeds of few bits, and none that leave anything behind. */
final class SoundSeeds {
    private SoundSeeds() {}

    static List<Sound> all() {
        return List.of(
                new Sound("takes seeds of 32 bits, as declared", seed -> limited(seed, 32)),
                new Sound("takes seeds of 31 bits, as declared", seed -> limited(seed, 31)),
                new Sound("takes seeds of 16 bits, as declared", seed -> limited(seed, 16)),
                folding("folds seeds to 32 bits", value -> (int) value),
                folding("folds seeds to 31 bits", value -> value & 0x7FFF_FFFF),
                folding("folds seeds to 32 bits by an exclusive or", value -> (int) (value ^ value >>> 32)),
                folding("folds seeds modulo 2^31 - 1", value -> value % 0x7FFF_FFFFL),
                new Sound(
                        "has no stream, as declared",
                        seed -> new Layer(SEEDED.with(Seeding.defaults().with(Stream.NONE)), seed) {
                            private final SplittableRandom fresh = new SplittableRandom(seed);

                            @Override
                            Result train(Call call) {
                                if (call.seed().isEmpty()) {
                                    seed(fresh.nextLong());
                                }
                                return super.train(call);
                            }
                        }),
                new Sound(
                        "has no stream and no seeds",
                        seed -> new Layer(PLAIN.with(Seeding.defaults().with(Stream.NONE)), seed) {
                            private final SplittableRandom fresh = new SplittableRandom(seed);

                            @Override
                            void draw(byte[] kept, Call call) {
                                seed(fresh.nextLong());
                                super.draw(kept, call);
                            }
                        }));
    }

    private static Layer limited(long first, int bits) {
        Description description = SEEDED.with(Seeding.defaults().withBits(bits));
        return new Layer(description, first) {
            @Override
            void check(Call call) {
                super.check(call);
                if (call.seed().isPresent() && call.seed().getAsLong() >> bits != 0) {
                    throw new RejectedCall("seed must be below 2^" + bits);
                }
            }
        };
    }

    /** Not declared: that some far seeds are one is advised against, and no more. */
    private static Sound folding(String name, LongUnaryOperator fold) {
        return new Sound(name, seed -> new Layer(SEEDED, seed) {
            @Override
            void seed(long value) {
                super.seed(fold.applyAsLong(value));
            }
        });
    }
}
