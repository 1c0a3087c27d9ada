package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.isStrided;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;

/** Masks that are not what a seed and the calls since it say. */
final class Replayed {
    private static final String[] IGNORED = {"SEED-1", "SEED-2"};
    private static final String[] RELATED = {"SEED-8", "SEED-4", "MASK-10", "MASK-3"};

    private Replayed() {}

    static List<Broken> all() {
        return List.of(
                ignoring(
                        "ignores the seed from 4,096 to 65,535 elements",
                        call -> size(call) >= 4096 && size(call) < 65_536),
                ignoring(
                        "ignores the seed of a strided input from 4,096 elements on",
                        call -> size(call) >= 4096 && isStrided(call)),
                ignoring(
                        "ignores the seed from 16,384 elements on where there is a gradient",
                        call -> size(call) >= 16_384 && call.gradOutput().isPresent()),
                ignoring(
                        "ignores the seed from 8,192 elements on where there is a noise shape",
                        call -> size(call) >= 8192 && call.noiseShape().isPresent()),
                ignoring("ignores the seed at rates above .8", call -> call.rate() > 0.8),
                ignoring(
                        "ignores the seed of float16",
                        call -> call.input().dtype() == DType.FLOAT16,
                        RICH.withDtypes(DType.FLOAT32, DType.FLOAT16)),
                ignoring(
                        "ignores the seed of float16 from 4,096 elements on",
                        call -> call.input().dtype() == DType.FLOAT16 && size(call) >= 4096,
                        RICH.withDtypes(DType.FLOAT32, DType.FLOAT16)),
                evaluating(
                        "draws for the evaluation of a strided input of 4,096 elements and more",
                        call -> size(call) >= 4096 && isStrided(call)),
                evaluating(
                        "draws for an evaluation with a gradient",
                        call -> call.gradOutput().isPresent()),
                evaluating(
                        "draws for an evaluation with a gradient from 4,096 elements on",
                        call -> call.gradOutput().isPresent() && size(call) >= 4096),
                evaluating("draws for an evaluation at rates above a half", call -> call.rate() > 0.5),
                given(
                        "draws for a given mask where there is a gradient",
                        call -> call.gradOutput().isPresent()),
                given(
                        "draws for a given mask of a noise shape from 4,096 elements on",
                        call -> call.noiseShape().isPresent() && size(call) >= 4096),
                Twist.training(
                        "sets no seed that is the one set last",
                        RICH,
                        () -> new Twist.Training() {
                            private long last = -1;

                            @Override
                            public org.dropoutspec.implementation.Result of(Twist layer, Call call) {
                                boolean same =
                                        call.seed().isPresent() && call.seed().getAsLong() == last;
                                last = call.seed().orElse(last);
                                return layer.sound(same ? call.withoutSeed() : call);
                            }
                        },
                        IGNORED),
                Twist.training(
                        "takes the words left of a large call first, also after a seed",
                        RICH,
                        () -> new Twist.Training() {
                            private boolean left;

                            @Override
                            public org.dropoutspec.implementation.Result of(Twist layer, Call call) {
                                call.seed().ifPresent(layer::seed);
                                if (left) {
                                    layer.word();
                                }
                                left = size(call) > 2048 && size(call) % 4 != 0;
                                return layer.sound(call.withoutSeed());
                            }
                        },
                        IGNORED),
                Twist.seeding(
                        "cuts the seed of large tensors to 12 bits",
                        RICH,
                        call -> size(call) >= 4096,
                        seed -> seed & 0xFFF,
                        RELATED),
                Twist.seeding(
                        "takes neighbouring seeds of large tensors for one",
                        RICH,
                        call -> size(call) >= 4096,
                        seed -> seed >> 1,
                        RELATED),
                Twist.seeding(
                        "takes neighbouring seeds of very large tensors for one",
                        RICH,
                        call -> size(call) >= 65_536,
                        seed -> seed >> 1,
                        RELATED),
                Twist.seeding(
                        "takes the magnitude of a signed seed of 32 bits",
                        RICH,
                        call -> true,
                        seed -> Math.abs((int) seed),
                        RELATED),
                Twist.seeding("takes seeds modulo 10,000", RICH, call -> true, seed -> seed % 10_000, RELATED),
                Twist.seeding(
                        "hashes seeds to 20 bits",
                        RICH,
                        call -> true,
                        seed -> new SplittableRandom(seed).nextLong() >>> 44,
                        RELATED),
                Twist.seeding("takes seeds modulo 1,000", RICH, call -> true, seed -> seed % 1000, RELATED),
                Twist.seeding(
                        "folds the halves of a seed of 32 bits",
                        RICH,
                        call -> true,
                        seed -> (seed ^ seed >> 16) & 0xFFFF,
                        RELATED),
                Twist.training(
                        "draws another mask where there is a gradient, from 4,096 elements on",
                        RICH,
                        () -> (layer, call) -> layer.sound(
                                call.seed().isPresent() && call.gradOutput().isPresent() && size(call) >= 4096
                                        ? call.withSeed(call.seed().getAsLong() ^ 0x5555)
                                        : call),
                        "BWD-10"));
    }

    private static Broken ignoring(String name, Predicate<Call> where) {
        return ignoring(name, where, RICH);
    }

    private static Broken ignoring(
            String name, Predicate<Call> where, org.dropoutspec.implementation.Description description) {
        SplittableRandom own = new SplittableRandom(name.hashCode());
        return Twist.seeding(name, description, where, seed -> own.nextLong() >>> 11, IGNORED);
    }

    private static Broken evaluating(String name, Predicate<Call> where) {
        return Broken.of(
                name,
                seed -> new Layer(RICH, seed) {
                    @Override
                    org.dropoutspec.implementation.Result evaluate(Call call) {
                        if (where.test(call)) {
                            word();
                        }
                        return super.evaluate(call);
                    }
                },
                "EVAL-3");
    }

    private static Broken given(String name, Predicate<Call> where) {
        return Twist.training(
                name,
                RICH,
                () -> (layer, call) -> {
                    if (call.mask().isPresent() && where.test(call)) {
                        layer.word();
                    }
                    return layer.sound(call);
                },
                "SEED-7");
    }
}
