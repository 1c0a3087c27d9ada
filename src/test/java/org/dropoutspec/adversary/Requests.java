package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.NOISY;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.isStrided;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Noise shapes, masks that are given or reported, rates of a kind, and what a call leaves behind. */
final class Requests {
    private static final Description IN_BITS =
            PLAIN.withCapabilities(Capability.SEED, Capability.KEPT_BITS, Capability.TILED_INPUT);
    private static final String[] NOISE = {
        "MASK-1", "MASK-2", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "SHAPE-3", "SHAPE-4"
    };
    private static final String[] RATES = {"MASK-1", "MASK-8", "MASK-13", "RATE-7", "RATE-8", "RATE-11", "MASK-9"};

    private Requests() {}

    static List<Broken> all() {
        return List.of(
                Twist.drawing(
                        "draws one row for all columns of a noise shape that shares the middle",
                        NOISY,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            int last = Layer.row(call);
                            if (sharesTheMiddle(call)) {
                                for (int i = last; i < kept.length; i++) {
                                    kept[i] = kept[i % last];
                                }
                            }
                        },
                        NOISE),
                Twist.rate(
                        "drops nothing where a noise shape shares the middle",
                        NOISY,
                        call -> sharesTheMiddle(call) ? 0 : call.rate(),
                        NOISE),
                Twist.rate(
                        "drops half as much where a noise shape shares the last two axes of four",
                        NOISY,
                        call -> rank(call) == 4
                                        && call.noiseShape().isPresent()
                                        && call.maskShape().extent(3) == 1
                                        && call.maskShape().extent(2) == 1
                                        && call.shape().extent(2) > 1
                                        && call.shape().extent(3) > 1
                                ? call.rate() / 2
                                : call.rate(),
                        NOISE),
                Twist.rate(
                        "drops nothing where a noise shape is the shape of the input",
                        NOISY,
                        call -> call.noiseShape().isPresent()
                                        && call.maskShape().equals(call.shape())
                                ? 0
                                : call.rate(),
                        NOISE),
                Twist.rate(
                        "drops half as much along a noise shape from 32,768 elements of the input on",
                        NOISY,
                        call -> call.noiseShape().isPresent() && size(call) >= 32_768 ? call.rate() / 2 : call.rate(),
                        NOISE),
                Twist.drawing(
                        "repeats the mask after 4,096 elements of a noise shape",
                        NOISY,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            for (int i = 4096;
                                    i < kept.length && call.noiseShape().isPresent();
                                    i++) {
                                kept[i] = kept[i - 4096];
                            }
                        },
                        NOISE),
                Twist.training(
                        "keeps a noise shape for the next call of the same shape",
                        NOISY,
                        () -> new Twist.Training() {
                            private final Map<Shape, Shape> last = new HashMap<>();

                            @Override
                            public Result of(Twist layer, Call call) {
                                Optional<Shape> kept = Optional.ofNullable(last.remove(call.shape()));
                                call.noiseShape().ifPresent(noise -> last.put(call.shape(), noise));
                                return layer.sound(
                                        call.noiseShape().isEmpty() && kept.isPresent()
                                                ? call.withNoiseShape(kept.get())
                                                : call);
                            }
                        },
                        NOISE),
                given("ignores a given mask from 4,096 elements on", call -> size(call) >= 4096, Request.IGNORE),
                given("ignores a given mask from 65,536 elements on", call -> size(call) >= 65_536, Request.IGNORE),
                given("ignores a given mask at rate 0", call -> call.rate() == 0, Request.IGNORE),
                given(
                        "ignores a given mask of a strided input from 1,024 elements on",
                        call -> size(call) >= 1024 && isStrided(call),
                        Request.IGNORE),
                given(
                        "inverts a given mask where there is a gradient from 2,500 elements on",
                        call -> size(call) >= 2500 && call.gradOutput().isPresent(),
                        Request.INVERT),
                given(
                        "inverts a given mask of a noise shape from 2,500 elements on",
                        call -> size(call) >= 2500 && call.noiseShape().isPresent(),
                        Request.INVERT),
                Twist.reporting("reports all kept at rate 1", call -> call.rate() == 1, bit -> 1, "MASK-4", "MASK-6"),
                Twist.reporting(
                        "reports all kept where the noise shape is a single element",
                        call -> call.noiseShape().isPresent()
                                && call.maskShape().size() == 1,
                        bit -> 1,
                        "MASK-4",
                        "MASK-6"),
                Twist.reporting(
                        "reports all kept of a strided input with a gradient from 30,000 elements on",
                        call -> isStrided(call) && call.gradOutput().isPresent() && size(call) >= 30_000,
                        bit -> 1,
                        "MASK-4",
                        "MASK-6"),
                Twist.reporting(
                        "reports all kept where a mask is given from 10,000 elements on",
                        call -> call.mask().isPresent() && size(call) >= 10_000,
                        bit -> 1,
                        "MASK-4",
                        "MASK-6"),
                bits(
                        "loses the last bits that do not fill a byte, from 10,000 elements on",
                        (i, n) -> n >= 10_000 && i >= n - n % 8),
                bits("sets every bit beyond 65,536", (i, n) -> i >= 65_536),
                Twist.rate(
                        "exchanges the rates .4 and .6",
                        PLAIN,
                        call -> is(call, 0.4) || is(call, 0.6) ? 1 - call.rate() : call.rate(),
                        RATES),
                Twist.rate(
                        "drops half as much at .8",
                        PLAIN,
                        call -> is(call, 0.8) ? call.rate() / 2 : call.rate(),
                        RATES),
                Twist.rate(
                        "drops nothing at .15 and .35",
                        PLAIN,
                        call -> is(call, 0.15) || is(call, 0.35) ? 0 : call.rate(),
                        RATES),
                Twist.rate("drops at most .95", PLAIN, call -> Math.min(0.95, call.rate()), RATES),
                Twist.rate(
                        "cuts rates above a half to 8 bits",
                        PLAIN,
                        call -> call.rate() > 0.5 ? Math.floor(call.rate() * 256) / 256 : call.rate(),
                        RATES),
                Twist.rate(
                        "counts the rate in percent where there is a gradient",
                        RICH,
                        call -> call.gradOutput().isPresent() ? Math.rint(call.rate() * 100) / 100 : call.rate(),
                        RATES),
                Twist.rate(
                        "drops half as much in float16 from 65,536 elements on",
                        PLAIN.withDtypes(org.dropoutspec.tensor.DType.FLOAT32, org.dropoutspec.tensor.DType.FLOAT16),
                        call -> size(call) >= 65_536 && call.input().dtype() == org.dropoutspec.tensor.DType.FLOAT16
                                ? call.rate() / 2
                                : call.rate(),
                        RATES),
                Twist.rate(
                        "drops half as much of what is strided and has a gradient",
                        RICH,
                        call -> isStrided(call) && call.gradOutput().isPresent() ? call.rate() / 2 : call.rate(),
                        RATES),
                Twist.rate(
                        "drops nothing of what is strided and has a gradient and a seed",
                        RICH,
                        call -> isStrided(call)
                                        && call.gradOutput().isPresent()
                                        && call.seed().isPresent()
                                ? 0
                                : call.rate(),
                        RATES),
                Twist.rate(
                        "drops a tenth less of two axes swapped in front",
                        RICH,
                        call -> Arrays.equals(call.permutation().orElse(null), new int[] {1, 0, 2})
                                ? call.rate() * 0.9
                                : call.rate(),
                        RATES),
                Twist.drawing(
                        "drops one in 65,536 at rate 0",
                        PLAIN,
                        (kept, call, layer) -> layer.fill(kept, 0, kept.length, Math.max(call.rate(), 0x1p-16)),
                        RATES),
                Twist.drawing(
                        "keeps one in 65,536 at rate 1",
                        PLAIN,
                        (kept, call, layer) -> layer.fill(kept, 0, kept.length, Math.min(call.rate(), 1 - 0x1p-16)),
                        RATES),
                Twist.drawing(
                        "keeps one in 1,000 at rate 1 where there is a gradient",
                        RICH,
                        (kept, call, layer) -> layer.fill(
                                kept,
                                0,
                                kept.length,
                                call.gradOutput().isPresent() ? Math.min(call.rate(), 0.999) : call.rate()),
                        RATES),
                after("drops nothing right after a call at rate 0", before -> before.rate() == 0),
                after("drops nothing right after a call at rate 1", before -> before.rate() == 1),
                after("drops nothing right after a strided call", Layer::isStrided),
                after("drops nothing right after an input with a NaN", Requests::hasNaN),
                after(
                        "drops nothing right after a call of more than a million elements",
                        before -> size(before) > 1_000_000),
                after("drops nothing right after a scalar", before -> rank(before) == 0),
                Twist.drawing(
                        "drops nothing in the first call of each shape",
                        PLAIN,
                        () -> new Twist.Drawing() {
                            private final java.util.Set<Shape> seen = new java.util.HashSet<>();

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                layer.fill(
                                        kept,
                                        0,
                                        kept.length,
                                        seen.add(call.shape()) && call.rate() < 1 ? 0 : call.rate());
                            }
                        },
                        RATES),
                Twist.drawing(
                        "drops nothing in the first call of each rate",
                        PLAIN,
                        () -> new Twist.Drawing() {
                            private final java.util.Set<Double> seen = new java.util.HashSet<>();

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                layer.fill(
                                        kept,
                                        0,
                                        kept.length,
                                        seen.add(call.rate()) && call.rate() < 1 ? 0 : call.rate());
                            }
                        },
                        RATES),
                Twist.rate(
                        "drops nothing where the input holds a NaN",
                        PLAIN,
                        call -> hasNaN(call) ? 0 : call.rate(),
                        "MASK-1",
                        "MASK-12"),
                Twist.rate(
                        "drops nothing of a seeded input that holds an infinity, from 4,096 elements on",
                        RICH,
                        call -> size(call) >= 4096 && hasInfinity(call) ? 0 : call.rate(),
                        "MASK-7"),
                Twist.rate(
                        "drops half as much of an input with a mean below 0",
                        PLAIN,
                        call -> sum(call) < 0 ? call.rate() / 2 : call.rate(),
                        "MASK-1",
                        "MASK-12",
                        "MASK-9",
                        "MASK-8"),
                Twist.rate(
                        "drops nothing of an input without negative numbers, beyond one",
                        PLAIN,
                        call -> size(call) > 1 && isPositive(call) ? 0 : call.rate(),
                        "MASK-1",
                        "MASK-12"));
    }

    private static boolean sharesTheMiddle(Call call) {
        Shape mask = call.maskShape();
        int rank = mask.rank();
        boolean shared = call.noiseShape().isPresent() && rank >= 3 && mask.extent(0) > 1 && mask.extent(rank - 1) > 1;
        for (int axis = 1; axis < rank - 1; axis++) {
            shared &= mask.extent(axis) == 1;
        }
        return shared && mask.size() < size(call);
    }

    private static boolean is(Call call, double rate) {
        return Math.abs(call.rate() - rate) < rate / 256;
    }

    static boolean hasNaN(Call call) {
        for (int i = 0; i < size(call); i++) {
            if (Double.isNaN(call.input().value(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasInfinity(Call call) {
        for (int i = 0; i < size(call); i++) {
            if (Double.isInfinite(call.input().value(i))) {
                return true;
            }
        }
        return false;
    }

    private static double sum(Call call) {
        double sum = 0;
        for (int i = 0; i < size(call); i++) {
            sum += call.input().value(i);
        }
        return sum;
    }

    private static boolean isPositive(Call call) {
        for (int i = 0; i < size(call); i++) {
            if (call.input().value(i) < 0) {
                return false;
            }
        }
        return true;
    }

    private static Broken after(String name, Predicate<Call> before) {
        return Twist.training(
                name,
                RICH,
                () -> new Twist.Training() {
                    private boolean off;

                    @Override
                    public Result of(Twist layer, Call call) {
                        boolean now = off && call.rate() < 1 && call.mask().isEmpty();
                        off = before.test(call);
                        return layer.sound(
                                now
                                        ? call.withMask(
                                                Tensor.full(org.dropoutspec.tensor.DType.BOOL, call.maskShape(), 1))
                                        : call);
                    }
                },
                "MASK-1",
                "MASK-9",
                "MASK-8",
                "MASK-3",
                "MASK-10",
                "SEED-1",
                "SEED-2");
    }

    private enum Request {
        IGNORE,
        INVERT
    }

    private static Broken given(String name, Predicate<Call> where, Request what) {
        return Twist.training(
                name,
                RICH,
                () -> (layer, call) -> {
                    if (call.mask().isEmpty() || !where.test(call)) {
                        return layer.sound(call);
                    }
                    Tensor mask = call.mask().get();
                    return layer.sound(call.withMask(
                            what == Request.IGNORE
                                    ? Tensor.full(mask.dtype(), mask.shape(), 1)
                                    : Layer.each(mask, i -> 1 - mask.value(i))));
                },
                "MASK-6");
    }

    private interface Bit {
        boolean isSet(int index, int size);
    }

    private static Broken bits(String name, Bit set) {
        return Broken.of(
                name,
                seed -> new Layer(IN_BITS, seed) {
                    @Override
                    public Bits kept(Call call) {
                        Tensor output = dropout(call).output();
                        return Bits.ofNonzero(each(output, i -> set.isSet(i, output.size()) ? 1 : output.value(i)));
                    }
                },
                "MASK-14");
    }
}
