package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.BACKWARD;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;
import static org.dropoutspec.adversary.Layer.isStrided;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.row;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** What cannot express some calls and says so, and what draws where another one would not. */
final class SoundLimits {
    private SoundLimits() {}

    static List<Sound> all() {
        return List.of(
                without("has no tensors of more than four axes", RICH, call -> rank(call) > 4),
                without("has no tensors of one axis or none", RICH, call -> rank(call) < 2),
                without("has nothing but matrices", RICH, call -> rank(call) != 2),
                without("has nothing but four axes", PLAIN, call -> rank(call) != 4),
                without("has nothing but lines", SEEDED, call -> rank(call) != 1),
                without("has no tensors of more than 65,536 elements", RICH, call -> size(call) > 65_536),
                without("has no tensors of more than 1,024 elements", PLAIN, call -> size(call) > 1024),
                without("has no scalars and no empty tensors", RICH, call -> rank(call) == 0 || size(call) == 0),
                without("has no tensors of fewer than four elements", PLAIN, call -> size(call) < 4),
                without(
                        "has no tensors of fewer than 1,024 elements",
                        PLAIN,
                        call -> size(call) < 1024 && size(call) != 6),
                without(
                        "has no noise shapes but those that share the last axis",
                        RICH,
                        call -> call.noiseShape().isPresent()
                                && !call.maskShape().equals(lastShared(call.shape()))),
                without(
                        "has no transposes but of the last two axes",
                        RICH,
                        call -> isStrided(call) && !isSwapped(call.permutation().orElseThrow())),
                without(
                        "has no gradient where there is a noise shape",
                        RICH,
                        call -> call.gradOutput().isPresent()
                                && call.noiseShape().isPresent()),
                without(
                        "has no gradient in evaluation",
                        RICH,
                        call -> call.gradOutput().isPresent() && !call.training()),
                without("has no seeds above 2^32", RICH, call -> call.seed().orElse(0) > 1L << 32),
                without("has no rates below a thousandth", RICH, call -> call.rate() >= 0 && call.rate() < 1e-3),
                without("has no rates above .99", RICH, call -> call.rate() > 0.99 && call.rate() <= 1),
                without(
                        "has no rates but tenths",
                        PLAIN,
                        call -> call.rate() >= 0
                                && call.rate() <= 1
                                && Math.abs(call.rate() * 10 - Math.rint(call.rate() * 10)) > 1e-2),
                without("has no last axis above 1,024", RICH, call -> row(call) > 1024),
                without("has no last axis but multiples of 8", PLAIN, call -> row(call) % 8 != 0 && size(call) != 6),
                without(
                        "takes no mask where there is a gradient",
                        RICH,
                        call -> call.mask().isPresent() && call.gradOutput().isPresent()),
                without(
                        "has no float16 of more than 100,000 elements",
                        RICH.withDtypes(DType.FLOAT32, DType.FLOAT16),
                        call -> call.input().dtype() == DType.FLOAT16 && size(call) > 100_000),
                without(
                        "has no float16 with a gradient",
                        RICH.withDtypes(DType.FLOAT32, DType.FLOAT16),
                        call -> call.input().dtype() == DType.FLOAT16
                                && call.gradOutput().isPresent()),
                new Sound("gives each shape a stream of its own", seed -> new Layer(PLAIN, seed) {
                    private final Map<Shape, SplittableRandom> streams = new HashMap<>();
                    private SplittableRandom now;

                    @Override
                    void draw(byte[] kept, Call call) {
                        now = streams.computeIfAbsent(
                                call.shape(), any -> new SplittableRandom(super.word() << 32 | super.word()));
                        super.draw(kept, call);
                    }

                    @Override
                    long word() {
                        return now.nextLong() >>> 32;
                    }
                }),
                new Sound("seeds each 1,024 elements of a call by a hash", seed -> new Layer(SEEDED, seed) {
                    @Override
                    void draw(byte[] kept, Call call) {
                        long key = word() << 32 | word();
                        for (int from = 0; from < kept.length; from += 1024) {
                            SplittableRandom block = new SplittableRandom(key + from * 0x9E37_79B9_7F4A_7C15L);
                            for (int i = from; i < Math.min(kept.length, from + 1024); i++) {
                                kept[i] = keep(block.nextLong() >>> 32, threshold(call.rate()));
                            }
                        }
                    }
                }),
                new Sound("sets a seed that an evaluation carries", seed -> new Layer(SEEDED, seed) {
                    @Override
                    Result evaluate(Call call) {
                        call.seed().ifPresent(this::seed);
                        return super.evaluate(call);
                    }
                }),
                new Sound("draws for a call that it rejects, and for an empty one", seed -> new Layer(SEEDED, seed) {
                    @Override
                    public Result dropout(Call call) {
                        if (call.training() && !(call.rate() >= 0 && call.rate() <= 1)) {
                            word();
                            throw new RejectedCall("bad rate " + call.rate());
                        }
                        if (call.training() && size(call) == 0) {
                            word();
                        }
                        return super.dropout(call);
                    }
                }),
                new Sound("takes two elements from a word of 64 bits", seed -> new Layer(PLAIN, seed) {
                    private long left = -1;

                    @Override
                    long word() {
                        if (left >= 0) {
                            long word = left;
                            left = -1;
                            return word;
                        }
                        long word = super.word() << 32 | super.word();
                        left = word >>> 32;
                        return word & 0xFFFF_FFFFL;
                    }

                    @Override
                    void seed(long value) {
                        left = -1;
                        super.seed(value);
                    }
                }),
                new Sound("adds the keep probability to a number and cuts, in float32", seed -> new Layer(RICH, seed) {
                    @Override
                    void draw(byte[] kept, Call call) {
                        float keep = 1 - (float) call.rate();
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = (byte) Math.floor(Math.min(keep + (word() >>> 9) * 0x1p-23f, 1f) == 1f ? 1 : 0);
                        }
                    }
                }),
                new Sound(
                        "reports masks of every shape",
                        seed -> new Layer(
                                PLAIN.withCapabilities(
                                        Capability.SEED,
                                        Capability.BACKWARD,
                                        Capability.MASK_INPUT,
                                        Capability.MASK_OUTPUT,
                                        Capability.NOISE_SHAPE,
                                        Capability.PERMUTED_INPUT),
                                seed)),
                new Sound(
                        "tells bits and takes tiles",
                        seed -> new Layer(
                                PLAIN.withCapabilities(
                                        Capability.KEPT_BITS,
                                        Capability.TILED_INPUT,
                                        Capability.BACKWARD,
                                        Capability.NOISE_SHAPE,
                                        Capability.PERMUTED_INPUT),
                                seed)),
                new Sound("flushes subnormal numbers in training", seed -> new Layer(BACKWARD, seed) {
                    @Override
                    Tensor forward(Call call, Tensor x, Tensor mask) {
                        Tensor y = super.forward(call, x, mask);
                        return each(y, i -> x.value(i) != 0 && Math.abs(x.value(i)) < 0x1p-126 ? 0 : y.value(i));
                    }
                }),
                new Sound(
                        "draws a mask of float64 for every type",
                        seed -> new Layer(RICH.withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT64), seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                for (int i = 0; i < kept.length; i++) {
                                    double u = ((word() << 21) ^ word()) * 0x1p-53;
                                    kept[i] = (byte) (u >= call.rate() ? 1 : 0);
                                }
                            }
                        }),
                new Sound("draws again for the backward pass from the same key", seed -> new Layer(RICH, seed) {
                    private long key;

                    @Override
                    Tensor mask(Call call) {
                        key = word() << 32 | word();
                        return drawn(call);
                    }

                    private Tensor drawn(Call call) {
                        SplittableRandom random = new SplittableRandom(key);
                        byte[] kept = new byte[call.maskShape().size()];
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = keep(random.nextLong() >>> 32, threshold(call.rate()));
                        }
                        return Tensor.wrap(DType.BOOL, call.maskShape(), kept);
                    }

                    @Override
                    Tensor backward(Call call, Tensor dy, Tensor mask) {
                        return super.backward(call, dy, call.mask().isPresent() ? mask : drawn(call));
                    }
                }));
    }

    private static Shape lastShared(Shape shape) {
        int[] extents = shape.extents();
        if (extents.length > 0) {
            extents[extents.length - 1] = 1;
        }
        return Shape.of(extents);
    }

    private static boolean isSwapped(int[] axes) {
        int[] swapped = new int[axes.length];
        Arrays.setAll(swapped, i -> i < axes.length - 2 ? i : 2 * axes.length - 3 - i);
        return Arrays.equals(axes, swapped);
    }

    private static Sound without(String name, Description description, Predicate<Call> what) {
        return new Sound(name, seed -> new Layer(description, seed) {
            @Override
            public Result dropout(Call call) {
                if (what.test(call)) {
                    throw new UnsupportedCall(name);
                }
                return super.dropout(call);
            }
        });
    }
}
