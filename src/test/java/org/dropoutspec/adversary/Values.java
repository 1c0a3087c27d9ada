package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.REPORTING;
import static org.dropoutspec.adversary.Layer.STRIDED;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** What is kept, or evaluated, comes out as something else. */
final class Values {
    private Values() {}

    static List<Broken> all() {
        return List.of(
                scale(
                        "scales by 1/rate from 32,768 elements on",
                        PLAIN,
                        call -> Layer.size(call) >= 1 << 15,
                        (x, p) -> x / p),
                scale(
                        "does not scale from 1,048,576 elements on",
                        PLAIN,
                        call -> Layer.size(call) >= 1 << 20,
                        (x, p) -> x),
                scale(
                        "does not scale where the last axis is a multiple of 128",
                        PLAIN,
                        call -> Layer.row(call) % 128 == 0,
                        (x, p) -> x),
                scale("does not scale in tensors of 6 axes", PLAIN, call -> Layer.rank(call) >= 6, (x, p) -> x),
                scale(
                        "scales twice in strided tensors of 3 axes",
                        STRIDED,
                        call -> Layer.isStrided(call) && Layer.rank(call) == 3,
                        (x, p) -> x / (1 - p) / (1 - p)),
                scale(
                        "cuts the keep probability to 8 bits from 1,024 elements on",
                        PLAIN,
                        call -> Layer.size(call) >= 1024,
                        (x, p) -> x / (Math.rint((1 - p) * 256) / 256)),
                scale(
                        "takes a third for .33",
                        PLAIN,
                        call -> Math.abs(call.rate() - 1 / 3.0) < 1e-3,
                        (x, p) -> x / 0.67),
                scale("scales by 64 at most", PLAIN, call -> true, (x, p) -> x * Math.min(64, 1 / (1 - p))),
                scale(
                        "overflows at an eighth of the largest number",
                        PLAIN,
                        call -> Layer.size(call) > 100,
                        (x, p) -> Math.abs(x) > Float.MAX_VALUE / 8 ? x * Double.POSITIVE_INFINITY : x / (1 - p)),
                scale(
                        "loses what is below 2^-120 in strided tensors",
                        STRIDED,
                        Layer::isStrided,
                        (x, p) -> Math.abs(x) < 0x1p-120 ? 0 : x / (1 - p)),
                each(
                        "does not scale a tail of less than 16, from 256 elements on",
                        PLAIN,
                        (call, i, x, y) ->
                                Layer.size(call) >= 256 && i >= Layer.size(call) - Layer.size(call) % 16 && y != 0
                                        ? x
                                        : y),
                each(
                        "leaks a millionth of what is dropped from 4,096 elements on",
                        PLAIN,
                        (call, i, x, y) -> y == 0 && call.rate() < 1 && Layer.size(call) >= 4096 ? x * 1e-6 : y),
                each(
                        "writes the neighbour's value into the last element of 32 elements and more",
                        PLAIN,
                        (call, i, x, y) -> i == 31 && Layer.size(call) == 32 && y != 0 ? 2 * x : y),
                each(
                        "makes -0 of what is kept and negative at rate 0",
                        PLAIN,
                        (call, i, x, y) -> call.rate() == 0 && x < 0 && Layer.size(call) > 64 ? -0.0 : y),
                Broken.of(
                        "drops an input of one value as a whole",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                for (int i = 1; i < kept.length; i++) {
                                    if (call.input().bits(i) != call.input().bits(0)) {
                                        return;
                                    }
                                }
                                Arrays.fill(kept, kept.length == 0 ? 0 : kept[0]);
                            }
                        },
                        "MASK-2",
                        "MASK-9",
                        "MASK-10",
                        "MASK-12",
                        "MASK-3"),
                evaluates(
                        "drops in evaluation from 1,024 elements on",
                        PLAIN,
                        (call, i, x) -> Layer.size(call) >= 1024 && (i * 31 & 1) == 0 && call.rate() > 0 ? 0 : x),
                evaluates(
                        "drops in evaluation from 100,000 elements on",
                        PLAIN,
                        (call, i, x) -> Layer.size(call) >= 100_000 && (i * 31 & 1) == 0 && call.rate() > 0 ? 0 : x),
                evaluates(
                        "scales in evaluation where the input is strided",
                        STRIDED,
                        (call, i, x) -> Layer.isStrided(call) && call.rate() < 1 ? x / (1 - call.rate()) : x),
                evaluates(
                        "scales in evaluation in tensors of 5 axes and more",
                        PLAIN,
                        (call, i, x) -> Layer.rank(call) >= 5 ? x * (1 - call.rate()) : x),
                evaluates(
                        "forgets the last element in evaluation where the number is one more than a power of two",
                        PLAIN,
                        (call, i, x) -> i == Layer.size(call) - 1 && i > 16 && Integer.bitCount(i) == 1 ? 0 : x),
                Broken.of(
                        "reports the mask in the order of memory where the input is strided",
                        seed -> new Layer(REPORTING, seed) {
                            @Override
                            Tensor reported(Call call, Tensor mask) {
                                return call.permutation()
                                        .map(axes ->
                                                mask.permuted(inverse(axes)).reshaped(mask.shape()))
                                        .orElse(mask);
                            }
                        },
                        "MASK-4"),
                Broken.of(
                        "reports all kept from 10,000 elements on",
                        seed -> new Layer(REPORTING, seed) {
                            @Override
                            Tensor reported(Call call, Tensor mask) {
                                return size(call) < 10_000 ? mask : each(mask, i -> 1);
                            }
                        },
                        "MASK-4"));
    }

    static int[] inverse(int[] axes) {
        int[] inverse = new int[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            inverse[axes[axis]] = axis;
        }
        return inverse;
    }

    interface When {
        boolean holds(Call call);
    }

    private interface Scaled {
        double of(double x, double rate);
    }

    private interface Element {
        double of(Call call, int index, double x, double y);
    }

    private interface Evaluated {
        double of(Call call, int index, double x);
    }

    private static Broken scale(String name, Description description, When when, Scaled scaled) {
        return each(
                name,
                description,
                (call, i, x, y) -> y != 0 && call.rate() > 0 && when.holds(call) ? scaled.of(x, call.rate()) : y);
    }

    private static Broken each(String name, Description description, Element element) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    @Override
                    Tensor forward(Call call, Tensor x, Tensor mask) {
                        Tensor y = super.forward(call, x, mask);
                        return each(y, i -> element.of(call, i, x.value(i), y.value(i)));
                    }
                },
                "MASK-1",
                "FWD-1",
                "FWD-2",
                "NUM-1",
                "NUM-5",
                "SHAPE-6",
                "NUM-7",
                "RATE-7");
    }

    private static Broken evaluates(String name, Description description, Evaluated evaluated) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    @Override
                    Result evaluate(Call call) {
                        Tensor x = call.presented();
                        Result result = Result.of(each(x, i -> evaluated.of(call, i, x.value(i))));
                        return call.gradOutput().map(result::withGradInput).orElse(result);
                    }
                },
                "EVAL-1",
                "EVAL-4",
                "SHAPE-7");
    }
}
