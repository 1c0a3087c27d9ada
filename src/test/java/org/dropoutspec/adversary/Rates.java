package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongFunction;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;

/** Masks at another rate than the one that was asked for. */
final class Rates {
    private Rates() {}

    static List<Broken> all() {
        return List.of(
                rate("exchanges the rates 1/4 and 3/4", p -> p == 0.25 || p == 0.75 ? 1 - p : p),
                rate(
                        "takes .7 and .9 for .6 and .8: it cuts ten times the rate down to a number",
                        p -> isTenth(p) ? Math.floor(p * 10) / 10 : p),
                rate("counts the rate in percent", p -> Math.rint(p * 100) / 100, "MASK-13"),
                rate(
                        "counts the rate in sixteenths, except for small ones",
                        p -> p < 0.2 || p > 0.8 ? p : Math.rint(p * 16) / 16),
                rate("takes a rate below a hundredth for 0", p -> p < 0.01 ? 0 : p, "MASK-13"),
                rate("takes a rate above .99 for 1", p -> p > 0.99 ? 1 : p, "MASK-13", "RATE-1"),
                rate(
                        "compares bytes: drops where a byte is at most 255 p",
                        p -> p == 0 ? 0 : (Math.floor(p * 255) + 1) / 256),
                rate("squares the rates above .8", p -> p > 0.8 ? p * p : p),
                rate("drops a tenth more often at rates below a fifth", p -> p < 0.2 ? p * 1.1 : p),
                rate(
                        "drops at 1/3 what was asked to be dropped at 2/3",
                        p -> Math.abs(p - 2 / 3.0) < 1e-3 ? 1 / 3.0 : p),
                rate("has no rate but multiples of 1/20", p -> Math.rint(p * 20) / 20, "MASK-13"),
                when("drops twice as much in calls of 17 to 255 elements", (p, n) -> n >= 17 && n < 256 ? 2 * p : p),
                when(
                        "drops nothing where the number of elements is a power of two above 16",
                        (p, n) -> n > 16 && Integer.bitCount(n) == 1 ? 0 : p),
                when("drops half as much from 1,500 elements on", (p, n) -> n >= 1500 ? p / 2 : p),
                when("drops half as much from 100,000 elements on", (p, n) -> n >= 100_000 ? p / 2 : p),
                when("drops a quarter more below 8 elements", (p, n) -> n < 8 ? 1.25 * p : p),
                when("drops nothing in calls of one more than a multiple of 64", (p, n) -> n % 64 == 1 ? 0 : p),
                shape("drops half as much in tensors of 5 axes and more", call -> Layer.rank(call) >= 5 ? 0.5 : 1),
                shape("never drops a scalar", call -> Layer.rank(call) == 0 ? 0 : 1),
                shape(
                        "drops half as much where the last axis is a multiple of 128",
                        call -> Layer.row(call) % 128 == 0 ? 0.5 : 1),
                shape("drops half as much where the last axis is 32", call -> Layer.row(call) == 32 ? 0.5 : 1),
                shape(
                        "drops half as much in tensors of 3 axes whose middle one is the longest",
                        call -> Layer.rank(call) == 3
                                        && call.shape().extent(1)
                                                > 4 * call.shape().extent(0)
                                        && call.shape().extent(1)
                                                > 4 * call.shape().extent(2)
                                ? 0.5
                                : 1));
    }

    private static boolean isTenth(double p) {
        return Math.abs(p * 10 - Math.rint(p * 10)) < 1e-6;
    }

    private interface BySize {
        double of(double rate, int size);
    }

    private interface ByShape {
        double factor(Call call);
    }

    private static Broken rate(String name, DoubleUnaryOperator effective, String... others) {
        return broken(name, seed -> drawing(seed, call -> effective.applyAsDouble(call.rate())), others);
    }

    private static Broken when(String name, BySize effective) {
        return broken(name, seed -> drawing(seed, call -> effective.of(call.rate(), Layer.size(call))));
    }

    private static Broken shape(String name, ByShape shape) {
        return broken(name, seed -> drawing(seed, call -> call.rate() * shape.factor(call)));
    }

    private interface Effective {
        double of(Call call);
    }

    private static Implementation drawing(long seed, Effective effective) {
        return new Layer(PLAIN, seed) {
            @Override
            void draw(byte[] kept, Call call) {
                boolean edge = call.rate() == 0 || call.rate() == 1;
                fill(kept, 0, kept.length, edge ? call.rate() : Math.min(1, effective.of(call)));
            }
        };
    }

    private static Broken broken(String name, LongFunction<Implementation> implementation, String... others) {
        String[] requirements = new String[others.length + 3];
        requirements[0] = "MASK-1";
        requirements[1] = "MASK-8";
        requirements[2] = "MASK-9";
        System.arraycopy(others, 0, requirements, 3, others.length);
        return Broken.of(name, implementation, requirements);
    }
}
