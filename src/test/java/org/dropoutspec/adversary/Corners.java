package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.BACKWARD;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;
import static org.dropoutspec.adversary.Layer.isStrided;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.row;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Calls that are right one by one in each of their fields, and wrong where two fields meet. */
final class Corners {
    private static final Description TYPES =
            RICH.withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64);
    private static final String[] TRAINING = {
        "FWD-1", "FWD-2", "FWD-3", "FWD-4", "FWD-7", "NUM-1", "NUM-2", "NUM-3", "NUM-4", "NUM-5", "NUM-7", "RATE-7",
        "RATE-8", "SHAPE-6", "SHAPE-1", "MASK-1", "MASK-12"
    };
    private static final String[] GRADIENT = {
        "BWD-1", "BWD-2", "BWD-3", "BWD-4", "BWD-5", "BWD-6", "BWD-7", "BWD-8", "RATE-7", "RATE-8", "NUM-2", "NUM-5",
        "SHAPE-6"
    };
    private static final String[] EVALUATION = {"EVAL-1", "EVAL-2", "EVAL-4", "SHAPE-7", "BWD-4"};
    private static final String[] SEEDS = {
        "SEED-1", "SEED-2", "SEED-3", "SEED-4", "SEED-5", "SEED-7", "SEED-8", "MASK-3", "MASK-10", "EVAL-3"
    };
    private static final String[] RATES = {"RATE-2", "RATE-3", "RATE-4", "RATE-5", "RATE-6"};

    private Corners() {}

    static List<Broken> all() {
        return List.of(
                Twist.forward(
                        "scales bfloat16 by a scale in bfloat16 where there is a noise shape",
                        TYPES,
                        (call, i, x, y) ->
                                is(call, DType.BFLOAT16) && call.noiseShape().isPresent() && y != 0
                                        ? x * scale(call, DType.BFLOAT16)
                                        : y,
                        TRAINING),
                Twist.forward(
                        "scales float16 by a scale in float16 where the number of elements is a multiple of 8",
                        TYPES,
                        (call, i, x, y) -> is(call, DType.FLOAT16) && size(call) % 8 == 0 && y != 0
                                ? x * scale(call, DType.FLOAT16)
                                : y,
                        TRAINING),
                Twist.forward(
                        "scales float64 in float32 where it is strided",
                        TYPES,
                        (call, i, x, y) -> is(call, DType.FLOAT64) && isStrided(call) && y != 0 ? (float) y : y,
                        TRAINING),
                Twist.forward(
                        "scales float64 by a scale in float32 where there is a gradient",
                        TYPES,
                        (call, i, x, y) ->
                                is(call, DType.FLOAT64) && call.gradOutput().isPresent() && y != 0
                                        ? x * (float) (1 / (1 - call.rate()))
                                        : y,
                        TRAINING),
                Twist.forward(
                        "doubles what it keeps of float16 at rates above .9",
                        TYPES,
                        (call, i, x, y) -> is(call, DType.FLOAT16) && call.rate() > 0.9 ? 2 * y : y,
                        TRAINING),
                Twist.forward(
                        "saturates bfloat16 where there is a seed",
                        TYPES,
                        (call, i, x, y) -> is(call, DType.BFLOAT16)
                                        && call.seed().isPresent()
                                        && Double.isInfinite(y)
                                        && !Double.isInfinite(x)
                                ? Math.copySign(DType.BFLOAT16.largest(), y)
                                : y,
                        TRAINING),
                Twist.forward(
                        "leaves what is kept below 2^-14 unscaled in float16",
                        TYPES,
                        (call, i, x, y) -> is(call, DType.FLOAT16) && y != 0 && Math.abs(x) < 0x1p-13 ? x : y,
                        TRAINING),
                Twist.forward(
                        "makes everything NaN where the first element is infinite and the rate is 0",
                        PLAIN,
                        (call, i, x, y) -> call.rate() == 0
                                        && Double.isInfinite(call.presented().value(0))
                                ? Double.NaN
                                : y,
                        TRAINING),
                Twist.forward(
                        "adds a millionth of the largest element to what it keeps",
                        PLAIN,
                        (call, i, x, y) -> y != 0 && Math.abs(x) > 1 ? y * (1 + 0x1p-20) : y,
                        TRAINING),
                Twist.forward(
                        "scales by 1.1111112 at .1 and by 10 at .9, in decimal tables of 4 digits",
                        PLAIN,
                        (call, i, x, y) -> y != 0 && !Double.isNaN(y) && !Double.isInfinite(y)
                                ? x * Math.rint(10_000 / (1 - call.rate())) / 10_000
                                : y,
                        TRAINING),
                Twist.forward(
                        "lets the first row's scale be that of the last rate",
                        PLAIN,
                        (call, i, x, y) -> rank(call) == 3 && i < row(call) && y != 0 ? y * (1 + call.rate()) : y,
                        TRAINING),
                Twist.forward(
                        "drops what is exactly 1",
                        PLAIN,
                        (call, i, x, y) -> x == 1 && call.rate() > 0 ? 0 : y,
                        "MASK-1",
                        "MASK-12",
                        "MASK-7",
                        "MASK-8",
                        "MASK-9",
                        "FWD-1"),
                Twist.backward(
                        "masks no gradient where its upstream is huge",
                        BACKWARD,
                        (call, i, dy, dx) -> Math.abs(dy) > 0x1p60 && call.rate() < 1 ? dy / (1 - call.rate()) : dx,
                        GRADIENT),
                Twist.backward(
                        "computes the gradient of float32 in float16",
                        BACKWARD,
                        (call, i, dy, dx) -> DType.FLOAT16.value(DType.FLOAT16.round(dx)),
                        GRADIENT),
                Twist.backward(
                        "computes the gradient of float64 in float32 from 256 elements on",
                        TYPES,
                        (call, i, dy, dx) -> is(call, DType.FLOAT64) && size(call) >= 256 ? (float) dx : dx,
                        GRADIENT),
                Twist.backward(
                        "scales the gradient of float16 twice where there is a noise shape",
                        TYPES,
                        (call, i, dy, dx) ->
                                is(call, DType.FLOAT16) && call.noiseShape().isPresent() && dx != 0
                                        ? dx / (1 - call.rate())
                                        : dx,
                        GRADIENT),
                Twist.backward(
                        "makes the gradient at rate 0 zero",
                        BACKWARD,
                        (call, i, dy, dx) -> call.rate() == 0 ? 0 : dx,
                        GRADIENT),
                Twist.backward(
                        "makes NaN of the gradient at rate 1",
                        BACKWARD,
                        (call, i, dy, dx) -> call.rate() == 1 ? Double.NaN : dx,
                        GRADIENT),
                Twist.backward(
                        "makes NaN of the gradient at rate 1 where there is a noise shape",
                        RICH,
                        (call, i, dy, dx) ->
                                call.rate() == 1 && call.noiseShape().isPresent() ? Double.NaN : dx,
                        GRADIENT),
                Twist.backward(
                        "loses the gradient where the output overflowed",
                        TYPES,
                        (call, i, dy, dx) -> !isStrided(call)
                                        && Double.isInfinite(call.input().value(i) / (1 - call.rate()))
                                ? 0
                                : dx,
                        GRADIENT),
                Twist.backward(
                        "does not scale the gradient of bfloat16 with a seed",
                        TYPES,
                        (call, i, dy, dx) ->
                                is(call, DType.BFLOAT16) && call.seed().isPresent() && dx != 0 ? dy : dx,
                        GRADIENT),
                Twist.backward(
                        "does not mask the gradient where a mask is given and the input is strided",
                        RICH,
                        (call, i, dy, dx) -> call.mask().isPresent() && isStrided(call) && call.rate() < 1
                                ? dy / (1 - call.rate())
                                : dx,
                        GRADIENT),
                Twist.backward(
                        "masks no gradient of 1",
                        BACKWARD,
                        (call, i, dy, dx) -> dy == 1 && call.rate() < 1 ? 1 / (1 - call.rate()) : dx,
                        GRADIENT),
                Twist.backward("takes the absolute gradient", BACKWARD, (call, i, dy, dx) -> Math.abs(dx), GRADIENT),
                Twist.backward(
                        "multiplies the gradient by the sign of the input",
                        BACKWARD,
                        (call, i, dy, dx) -> dx * (call.presented().value(i) < 0 ? -1 : 1),
                        GRADIENT),
                Twist.passedOn(
                        "makes the gradient of an evaluation zero where the rate is above a half",
                        BACKWARD,
                        (call, i, dy, dx) -> call.rate() > 0.5 ? 0 : dx,
                        EVALUATION),
                Twist.passedOn(
                        "makes the gradient of an evaluation zero where there is a noise shape",
                        RICH,
                        (call, i, dy, dx) -> call.noiseShape().isPresent() ? 0 : dx,
                        EVALUATION),
                Twist.evaluated(
                        "evaluates float16 by way of bfloat16 where it is strided",
                        TYPES,
                        (call, i, x, y) -> is(call, DType.FLOAT16) && isStrided(call)
                                ? DType.BFLOAT16.value(DType.BFLOAT16.round(y))
                                : y,
                        EVALUATION),
                Twist.evaluated(
                        "evaluates float64 by way of float32 where there is a gradient",
                        TYPES,
                        (call, i, x, y) ->
                                is(call, DType.FLOAT64) && call.gradOutput().isPresent() ? (float) y : y,
                        EVALUATION),
                Twist.evaluated(
                        "scales in evaluation where there is a noise shape",
                        RICH,
                        (call, i, x, y) -> call.noiseShape().isPresent() ? y * (1 - call.rate()) : y,
                        EVALUATION),
                Twist.evaluated(
                        "makes 0 of everything in evaluation at rate 1",
                        PLAIN,
                        (call, i, x, y) -> call.rate() == 1 ? 0 : y,
                        EVALUATION),
                accepting("looks at no rate of an empty input", PLAIN, call -> size(call) == 0),
                accepting(
                        "looks at no rate where a mask is given",
                        RICH,
                        call -> call.mask().isPresent()),
                accepting(
                        "looks at no rate where there is a noise shape",
                        RICH,
                        call -> call.noiseShape().isPresent()),
                accepting("looks at no rate of a strided input", RICH, Layer::isStrided),
                accepting(
                        "looks at no rate of a strided evaluation", RICH, call -> isStrided(call) && !call.training()),
                accepting(
                        "looks at no rate where there is a gradient",
                        RICH,
                        call -> call.gradOutput().isPresent()),
                accepting("looks at no rate of float16", TYPES, call -> is(call, DType.FLOAT16)),
                accepting(
                        "clamps rates that are outside by less than a thousandth",
                        PLAIN,
                        call -> call.rate() > -1e-3 && call.rate() < 1 + 1e-3),
                accepting("clamps rates below 0", PLAIN, call -> call.rate() < 0),
                accepting(
                        "takes percentages: clamps 1.5 and the like, and rejects 100",
                        PLAIN,
                        call -> call.rate() > 1 && call.rate() < 100),
                accepting("takes minus infinity for 0", PLAIN, call -> call.rate() == Double.NEGATIVE_INFINITY),
                accepting(
                        "takes NaN for 0 in evaluation", PLAIN, call -> Double.isNaN(call.rate()) && !call.training()),
                accepting(
                        "takes NaN for 0 from 1,024 elements on",
                        PLAIN,
                        call -> Double.isNaN(call.rate()) && size(call) >= 1024),
                seeding("takes a seed whose low 32 bits are 0 for none", seed -> (seed & 0xFFFF_FFFFL) == 0),
                seeding("takes the seed 2^32 - 1 for none", seed -> seed == 0xFFFF_FFFFL),
                seeding("takes seeds with bit 31 for none", seed -> (seed >>> 31 & 1) == 1),
                seeding("takes seeds with bit 31 alone above for none", seed -> seed >>> 31 == 1),
                seeding("takes seeds above 2^52 for none", seed -> seed > 1L << 52),
                reseeding("makes seeds odd", (call, seed) -> seed | 1),
                reseeding("adds the number of elements to the seed", (call, seed) -> seed + size(call)),
                reseeding(
                        "multiplies the seed by the number of elements",
                        (call, seed) -> seed * Math.max(1, size(call)) & (1L << 53) - 1),
                reseeding(
                        "adds up the digits of the seed",
                        (call, seed) ->
                                Long.toString(seed).chars().map(c -> c - '0').sum()),
                reseeding("takes seeds for float32 from 2^24 on", (call, seed) -> (long) (float) seed & (1L << 53) - 1),
                counting("combines seed and number of the draw by an exclusive or", (seed, draw) -> seed ^ draw),
                counting(
                        "adds the number of the draw to a hash of the seed",
                        (seed, draw) -> (seed * 0x9E37_79B9_7F4A_7C15L >>> 44) + draw),
                counting("adds the square of the draw's number to the seed", (seed, draw) -> seed + draw * draw),
                counting("shifts the seed by four bits and adds the draw", (seed, draw) -> (seed << 4) + draw),
                counting(
                        "counts draws of a seed in 2 bits", (seed, draw) -> seed * 0x9E37_79B9_7F4A_7C15L + (draw & 3)),
                Broken.of(
                        "sets the seed of a call with elements only",
                        seed -> new Layer(SEEDED, seed) {
                            @Override
                            Result train(Call call) {
                                return super.train(size(call) == 0 ? call.withoutSeed() : call);
                            }
                        },
                        SEEDS),
                Broken.of(
                        "sets the seed of a call at a rate above 0 only",
                        seed -> new Layer(SEEDED, seed) {
                            @Override
                            Result train(Call call) {
                                return super.train(call.rate() == 0 || call.rate() == 1 ? call.withoutSeed() : call);
                            }
                        },
                        SEEDS),
                Broken.of(
                        "draws by a generator of the seed's own and leaves the stream as it was",
                        seed -> new Layer(SEEDED, seed) {
                            private long word = seed;
                            private boolean own;

                            @Override
                            Result train(Call call) {
                                own = call.seed().isPresent();
                                return super.train(call);
                            }

                            @Override
                            void seed(long value) {
                                super.seed(value);
                                word = value == seed ? value : word;
                            }

                            @Override
                            long word() {
                                word += own ? 0 : 0x9E37_79B9_7F4A_7C15L;
                                return own ? super.word() : (word ^ word >>> 29) * 0xBF58_476D_1CE4_E5B9L >>> 32;
                            }
                        },
                        SEEDS),
                Broken.of(
                        "sets three of its four lanes anew by a seed",
                        seed -> new Layer(SEEDED, seed) {
                            private final java.util.SplittableRandom fourth = new java.util.SplittableRandom(seed);

                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                for (int i = 3; i < kept.length && call.rate() > 0; i += 4) {
                                    kept[i] = keep(fourth.nextLong() >>> 32, threshold(call.rate()));
                                }
                            }
                        },
                        SEEDS),
                Broken.of(
                        "draws in an order that changes, from a million elements on",
                        seed -> new Layer(SEEDED, seed) {
                            private int times;

                            @Override
                            void draw(byte[] kept, Call call) {
                                boolean later = kept.length >= 1 << 20 && ++times % 2 == 0;
                                int half = kept.length / 2;
                                fill(kept, later ? half : 0, later ? kept.length : half, call.rate());
                                fill(kept, later ? 0 : half, later ? half : kept.length, call.rate());
                            }
                        },
                        SEEDS),
                Twist.reporting(
                        "reports the opposite where there is a gradient",
                        call -> call.gradOutput().isPresent(),
                        bit -> 1 - bit,
                        "MASK-4"),
                Twist.reporting(
                        "reports the opposite where there is a noise shape and a seed",
                        call -> call.noiseShape().isPresent() && call.seed().isPresent(),
                        bit -> 1 - bit,
                        "MASK-4"),
                Twist.reporting(
                        "reports the opposite of a given mask",
                        call -> call.mask().isPresent(),
                        bit -> 1 - bit,
                        "MASK-4"),
                Twist.reporting(
                        "reports the opposite at rates above .9", call -> call.rate() > 0.9, bit -> 1 - bit, "MASK-4"),
                memory());
    }

    private static boolean is(Call call, DType dtype) {
        return call.input().dtype() == dtype;
    }

    private static double scale(Call call, DType dtype) {
        return dtype.value(dtype.round(1 / (1 - call.rate())));
    }

    /** Takes what it is given for a rate, the nearest that is one, where this holds. */
    private static Broken accepting(String name, Description description, Predicate<Call> where) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    @Override
                    public Result dropout(Call call) {
                        boolean good = call.rate() >= 0 && call.rate() <= 1;
                        return super.dropout(good || !where.test(call) ? call : call.withRate(call.rate() > 1 ? 1 : 0));
                    }
                },
                RATES);
    }

    private static Broken seeding(String name, LongPredicate none) {
        return asked(name, call -> none.test(call.seed().getAsLong()) ? call.withoutSeed() : call);
    }

    private interface Reseeding {
        long of(Call call, long seed);
    }

    private static Broken reseeding(String name, Reseeding reseeding) {
        return asked(name, call -> call.withSeed(reseeding.of(call, call.seed().getAsLong())));
    }

    /** Another call than the one asked for, where that has a seed. */
    private static Broken asked(String name, UnaryOperator<Call> other) {
        return Twist.training(
                name,
                RICH,
                () -> (layer, call) -> layer.sound(call.seed().isPresent() ? other.apply(call) : call),
                SEEDS);
    }

    private interface Counting {
        long of(long seed, long draw);
    }

    private static Broken counting(String name, Counting counting) {
        return Broken.of(
                name,
                first -> new Layer(SEEDED, first) {
                    private long given = first;
                    private long draws;

                    @Override
                    Result train(Call call) {
                        if (call.seed().isPresent()) {
                            given = call.seed().getAsLong();
                            draws = 0;
                        }
                        super.seed(counting.of(given, draws++));
                        return super.train(call.withoutSeed());
                    }
                },
                SEEDS);
    }

    private static Broken memory() {
        return Twist.training(
                "takes the mask of a seed from a store that knows seed and number of elements alone",
                RICH,
                () -> new Twist.Training() {
                    private final Map<String, Tensor> store = new HashMap<>();

                    @Override
                    public Result of(Twist layer, Call call) {
                        if (call.seed().isEmpty() || call.mask().isPresent()) {
                            return layer.sound(call);
                        }
                        String key =
                                call.seed().getAsLong() + " " + call.maskShape().size();
                        Tensor last = store.get(key);
                        layer.seed(call.seed().getAsLong());
                        Tensor mask = layer.mask(call);
                        if (last == null) {
                            store.put(key, mask);
                        } else {
                            mask = Tensor.wrap(DType.BOOL, call.maskShape(), bytes(last));
                        }
                        return layer.sound(call.withoutSeed().withMask(mask));
                    }
                },
                "RATE-11",
                "MASK-1",
                "MASK-10",
                "SEED-1",
                "SEED-8",
                "RATE-7",
                "RATE-8");
    }

    private static byte[] bytes(Tensor mask) {
        byte[] bytes = new byte[mask.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) mask.bool(i);
        }
        return bytes;
    }
}
