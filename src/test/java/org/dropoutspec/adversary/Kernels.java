package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.isStrided;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.row;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Loops over vectors, blocks and grids, and what they leave out or do twice. */
final class Kernels {
    private static final String[] MASKS = {
        "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13"
    };

    private Kernels() {}

    static List<Broken> all() {
        return List.of(
                copies("uses a grid of 131,072 threads twice", PLAIN, call -> true, (i, n) -> i & 0x1FFFF),
                copies("counts with 16 bits", PLAIN, call -> true, (i, n) -> i & 0xFFFF),
                copies("counts with 16 bits where the input is strided", RICH, Layer::isStrided, (i, n) -> i & 0xFFFF),
                copies("counts blocks of 256 with 8 bits", PLAIN, call -> true, (i, n) -> i & 0xFFFF),
                keeps(
                        "keeps a tail below 1,024 from 2^18 elements on",
                        PLAIN,
                        (call, i, n) -> n >= 1 << 18 && i >= n - n % 1024),
                keeps("keeps all of exactly 4,096 elements", PLAIN, (call, i, n) -> n == 4096),
                keeps("keeps all of exactly 12,288 elements", PLAIN, (call, i, n) -> n == 12_288),
                keeps("keeps all of exactly 32,768 elements", PLAIN, (call, i, n) -> n == 32_768),
                keeps("keeps all of 10,000 to 11,000 elements", PLAIN, (call, i, n) -> n >= 10_000 && n <= 11_000),
                keeps("keeps all of 2,100 to 3,000 elements", PLAIN, (call, i, n) -> n >= 2100 && n <= 3000),
                keeps(
                        "keeps all of a power of two from 4,096 elements on",
                        PLAIN,
                        (call, i, n) -> n >= 4096 && Integer.bitCount(n) == 1),
                keeps(
                        "keeps all of a multiple of 1,024 that is no power of two",
                        PLAIN,
                        (call, i, n) -> n % 1024 == 0 && Integer.bitCount(n) > 1),
                keeps("keeps all where the last axis is 768", PLAIN, (call, i, n) -> row(call) == 768),
                keeps(
                        "keeps all where the last axis is 100 to 127",
                        PLAIN,
                        (call, i, n) -> row(call) >= 100 && row(call) < 128),
                keeps(
                        "keeps all in a batch of one",
                        PLAIN,
                        (call, i, n) -> rank(call) > 1 && call.shape().extent(0) == 1),
                keeps(
                        "keeps all where the last axis is 1 and there are others",
                        PLAIN,
                        (call, i, n) -> rank(call) > 1 && row(call) == 1 && n > 1),
                keeps(
                        "keeps all where an inner axis is 1",
                        PLAIN,
                        (call, i, n) -> rank(call) == 3 && call.shape().extent(1) == 1),
                keeps(
                        "keeps the last block of 256 where it is not full, from 4,096 elements on",
                        PLAIN,
                        (call, i, n) -> n >= 4096 && i >= n - n % 256),
                keeps("keeps the first element of each 4,096", PLAIN, (call, i, n) -> i % 4096 == 0),
                keeps("keeps index 70,000", PLAIN, (call, i, n) -> i == 70_000),
                keeps("keeps the element in the middle", PLAIN, (call, i, n) -> n > 2 && i == n / 2),
                keeps(
                        "keeps the last row of a matrix with 17 to 31 columns",
                        PLAIN,
                        (call, i, n) -> rank(call) == 2 && row(call) > 16 && row(call) < 32 && i >= n - row(call)),
                Twist.drawing(
                        "mirrors tiles of 32 by 32 in their diagonal",
                        PLAIN,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            Shape shape = call.maskShape();
                            int columns = row(call);
                            if (shape.rank() >= 2 && columns % 32 == 0 && shape.extent(shape.rank() - 2) % 32 == 0) {
                                for (int i = 0; i < kept.length; i++) {
                                    int r = i / columns % 32;
                                    int c = i % columns % 32;
                                    kept[i] = r > c ? kept[i - (r - c) * columns + r - c] : kept[i];
                                }
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "compares numbers of 8 bits from 4,096 elements on",
                        PLAIN,
                        (kept, call, layer) -> layer.fill(
                                kept,
                                0,
                                kept.length,
                                kept.length < 4096 ? call.rate() : Math.ceil(call.rate() * 256) / 256),
                        MASKS),
                Twist.drawing(
                        "draws half of a strided tensor of 65,536 elements and more as the contrary of the other half",
                        RICH,
                        (kept, call, layer) -> {
                            long[] words = new long[kept.length];
                            int half = kept.length / 2;
                            boolean contrary = kept.length >= 65_536 && isStrided(call);
                            for (int i = 0; i < kept.length; i++) {
                                words[i] = contrary && i >= half && i < 2 * half
                                        ? 0xFFFF_FFFFL - words[i - half]
                                        : layer.word();
                                kept[i] = Layer.keep(words[i], Layer.threshold(call.rate()));
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "begins with the last number of the call before",
                        PLAIN,
                        () -> new Twist.Drawing() {
                            private long last;

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                for (int i = 0; i < kept.length; i++) {
                                    last = i == 0 && last > 0 ? last : layer.word();
                                    kept[i] = Layer.keep(last, Layer.threshold(call.rate()));
                                }
                            }
                        },
                        MASKS),
                pool("keeps a hundred buffers of random numbers and uses them in turn", 100, 1),
                pool("keeps a thousand buffers of random numbers and uses them in turn", 1000, 1),
                pool("takes two thirds of the numbers of 100 calls before", 100, 0.67),
                copies(
                        "takes for a tail of less than 8 the numbers of the vector before",
                        PLAIN,
                        call -> size(call) > 16,
                        (i, n) -> i >= n - n % 8 ? i - 8 : i),
                copies(
                        "takes one number for a tail of less than 4",
                        PLAIN,
                        call -> size(call) > 8,
                        (i, n) -> i >= n - n % 4 ? n - n % 4 : i),
                Twist.drawing(
                        "takes at rate .5 the bits of a word one by one, and the last one twice",
                        PLAIN,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            for (int i = 32; i < kept.length && call.rate() == 0.5; i += 32) {
                                kept[i] = kept[i - 1];
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "takes four threads from one seed from 16,384 elements on, below 65,536",
                        PLAIN,
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            int quarter = kept.length / 4;
                            for (int i = quarter;
                                    kept.length >= 16_384 && kept.length < 65_536 && i < 4 * quarter;
                                    i++) {
                                kept[i] = kept[i - quarter];
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "plays one graph again from the tenth call of a shape on, from 1,024 elements on",
                        PLAIN,
                        () -> new Twist.Drawing() {
                            private final java.util.Map<Shape, Integer> calls = new java.util.HashMap<>();
                            private final java.util.Map<Shape, Long> seeds = new java.util.HashMap<>();

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                int number = calls.merge(call.shape(), 1, Integer::sum);
                                long seed = layer.word();
                                if (kept.length >= 1024 && number >= 10) {
                                    seed = seeds.computeIfAbsent(call.shape(), any -> layer.word());
                                }
                                fill(kept, call, new SplittableRandom(seed));
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "plays one graph again from the third call of a shape on, from 32,768 elements on",
                        PLAIN,
                        () -> new Twist.Drawing() {
                            private final java.util.Map<Shape, Integer> calls = new java.util.HashMap<>();
                            private final java.util.Map<Shape, Long> seeds = new java.util.HashMap<>();

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                int number = calls.merge(call.shape(), 1, Integer::sum);
                                long seed = layer.word();
                                if (kept.length >= 32_768 && number >= 3) {
                                    seed = seeds.computeIfAbsent(call.shape(), any -> layer.word());
                                }
                                fill(kept, call, new SplittableRandom(seed));
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "uses the last mask in each 16th call of 4,096 elements and more",
                        PLAIN,
                        () -> new Twist.Drawing() {
                            private int calls;
                            private long seed;

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                seed = kept.length >= 4096 && ++calls % 16 == 0 ? seed : layer.word();
                                fill(kept, call, new SplittableRandom(seed));
                            }
                        },
                        MASKS),
                Twist.drawing(
                        "draws float16 by the numbers of the last call of float32",
                        PLAIN.withDtypes(DType.FLOAT32, DType.FLOAT16),
                        () -> new Twist.Drawing() {
                            private long seed;

                            @Override
                            public void of(byte[] kept, Call call, Layer layer) {
                                seed = call.input().dtype() == DType.FLOAT16 ? seed : layer.word();
                                fill(kept, call, new SplittableRandom(seed));
                            }
                        },
                        MASKS));
    }

    private static void fill(byte[] kept, Call call, SplittableRandom random) {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Layer.keep(random.nextLong() >>> 32, Layer.threshold(call.rate()));
        }
    }

    private interface Source {
        int of(int index, int size);
    }

    private static Broken copies(String name, Description description, Predicate<Call> where, Source source) {
        return Twist.drawing(
                name,
                description,
                (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    for (int i = 0; i < kept.length && where.test(call); i++) {
                        kept[i] = kept[source.of(i, kept.length)];
                    }
                },
                MASKS);
    }

    private interface Kept {
        boolean at(Call call, int index, int size);
    }

    private static Broken keeps(String name, Description description, Kept always) {
        return Twist.drawing(
                name,
                description,
                (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    for (int i = 0; i < kept.length && call.rate() < 1; i++) {
                        kept[i] = always.at(call, i, size(call)) ? 1 : kept[i];
                    }
                },
                MASKS);
    }

    private static Broken pool(String name, int buffers, double share) {
        return Twist.drawing(
                name,
                PLAIN,
                () -> new Twist.Drawing() {
                    private final long[] seeds = new long[buffers];
                    private int calls;

                    @Override
                    public void of(byte[] kept, Call call, Layer layer) {
                        int at = calls++ % buffers;
                        seeds[at] = seeds[at] == 0 ? layer.word() + 1 : seeds[at];
                        SplittableRandom stored = new SplittableRandom(seeds[at]);
                        layer.fill(kept, 0, kept.length, call.rate());
                        byte[] other = new byte[kept.length];
                        fill(other, call, stored);
                        SplittableRandom which = new SplittableRandom(calls);
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = which.nextDouble() < share ? other[i] : kept[i];
                        }
                        Arrays.fill(other, (byte) 0);
                    }
                },
                MASKS);
    }
}
