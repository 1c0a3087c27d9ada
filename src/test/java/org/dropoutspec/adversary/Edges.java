package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.NOISY;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Tails of one type alone, offsets that are counted in another unit than they are used in, and words of kept elements. */
final class Edges {
    private static final Description TYPES =
            RICH.withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64);

    private Edges() {}

    private static boolean isLastOfOdd(Call call, int i, int of) {
        int n = size(call);
        return n > of && i >= n - n % of;
    }

    /** The number of an element is hashed, and so far each call is moved on. */
    private static Broken moved(String name, IntUnaryOperator by, String... requirements) {
        return Broken.of(
                name,
                seed -> new Layer(SEEDED, seed) {
                    private long key;
                    private long offset;

                    @Override
                    void seed(long seed) {
                        key = mixed(seed);
                        offset = 0;
                    }

                    @Override
                    void draw(byte[] kept, Call call) {
                        long threshold = threshold(call.rate());
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = keep(mixed(key + (offset + i) * 0x9E37_79B9_7F4A_7C15L) >>> 32, threshold);
                        }
                        offset += by.applyAsInt(kept.length);
                    }
                },
                requirements);
    }

    private static long mixed(long word) {
        long z = (word ^ word >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Bits of a byte, or of a word, in another order. */
    private static Broken bits(String name, IntUnaryOperator from) {
        return Broken.of(
                name,
                seed ->
                        new Layer(
                                PLAIN.withCapabilities(Capability.SEED, Capability.KEPT_BITS, Capability.TILED_INPUT),
                                seed) {
                            @Override
                            public Bits kept(Call call) {
                                Tensor y = dropout(call).output();
                                return Bits.ofNonzero(each(y, i -> {
                                    int other = from.applyAsInt(i);
                                    return other < y.size() ? y.value(other) : 0;
                                }));
                            }
                        },
                "MASK-14");
    }

    static List<Broken> all() {
        return List.of(
                Twist.forward(
                        "leaves the last of an odd number unscaled in bfloat16",
                        TYPES,
                        (call, i, x, y) ->
                                call.input().dtype() == DType.BFLOAT16 && isLastOfOdd(call, i, 2) && y != 0 ? x : y,
                        "FWD-1",
                        "NUM-2"),
                Twist.backward(
                        "leaves the tail of a vector of 8 of the gradient unscaled in float16",
                        TYPES,
                        (call, i, dy, dx) ->
                                call.input().dtype() == DType.FLOAT16 && isLastOfOdd(call, i, 8) && dx != 0 ? dy : dx,
                        "BWD-2"),
                Twist.drawing(
                        "keeps the tail of a vector of 8 in float16",
                        TYPES,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            for (int i = kept.length - kept.length % 8;
                                    i < kept.length && kept.length > 8 && call.rate() < 1;
                                    i++) {
                                kept[i] = call.input().dtype() == DType.FLOAT16 ? 1 : kept[i];
                            }
                        },
                        "MASK-8",
                        "MASK-1"),
                Twist.drawing(
                        "takes the numbers of the first half of a vector of 8 for the second in bfloat16",
                        TYPES,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            for (int i = 0; i < kept.length; i++) {
                                kept[i] = call.input().dtype() == DType.BFLOAT16 && i % 8 >= 4 ? kept[i - 4] : kept[i];
                            }
                        },
                        "MASK-2"),
                moved("moves on by a quarter of what it used", n -> (n + 3) / 4, "MASK-3", "MASK-10"),
                moved("moves on by as many blocks of 4 as it filled", n -> n / 4 * 4, "MASK-3", "MASK-10"),
                moved("moves on by 4 in each call, as for one block of a thread", n -> 4, "MASK-3", "MASK-10"),
                moved("moves on by what it used modulo 1,024", n -> n % 1024, "MASK-3", "MASK-10"),
                Twist.rate(
                        "keeps with the rate where a mask is shared along the last axis",
                        NOISY,
                        call -> call.noiseShape().isPresent()
                                        && rank(call) > 1
                                        && call.maskShape()
                                                        .extent(call.maskShape().rank() - 1)
                                                == 1
                                ? 1 - call.rate()
                                : call.rate(),
                        "MASK-1",
                        "RATE-7"),
                Twist.rate(
                        "takes the rate in float16 in float16",
                        TYPES,
                        call -> call.input().dtype() == DType.FLOAT16
                                ? DType.FLOAT16.value(DType.FLOAT16.round(call.rate()))
                                : call.rate(),
                        "MASK-1",
                        "MASK-13",
                        "RATE-11"),
                bits("puts the highest bit of a byte first", i -> i / 8 * 8 + 7 - i % 8),
                bits(
                        "puts the bytes of a word of 32 bits in the other order",
                        i -> i / 32 * 32 + 24 - i % 32 / 8 * 8 + i % 8),
                Twist.evaluated(
                        "scales in the evaluation of a single element in bfloat16",
                        TYPES,
                        (call, i, x, y) -> call.input().dtype() == DType.BFLOAT16 && size(call) == 1 && call.rate() < 1
                                ? x / (1 - call.rate())
                                : y,
                        "EVAL-1"));
    }
}
