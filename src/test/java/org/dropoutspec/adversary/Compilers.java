package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;
import static org.dropoutspec.adversary.Layer.keep;
import static org.dropoutspec.adversary.Layer.size;
import static org.dropoutspec.adversary.Layer.threshold;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** What compilers of graphs merge, fold and unroll wrongly, schedulers of threads seed alike, and fast paths get wrong. */
final class Compilers {
    private static final String[] MASKS = {
        "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13"
    };

    private Compilers() {}

    static List<Broken> all() {
        return List.of(
                merging("takes an equal input for the same node of a graph, and its mask with it", 1),
                merging("takes an equal input for the same node among the last 64", 64),
                tracing(
                        "traces the mode of the first call of a shape and rate",
                        call -> List.of(call.shape(), call.rate())),
                tracing("traces the mode of the first call of a shape", Call::shape),
                tracing(
                        "traces the mode of the first call of a size, from 4,096 elements on",
                        call -> size(call) < 4096 ? new Object() : List.of(size(call))),
                Twist.rate(
                        "folds the rate with two decimals",
                        PLAIN,
                        call -> Math.round(call.rate() * 100) / 100.0,
                        "MASK-1",
                        "MASK-13"),
                Twist.rate(
                        "folds the rate with three decimals",
                        PLAIN,
                        call -> Math.round(call.rate() * 1000) / 1000.0,
                        "MASK-13"),
                Twist.rate(
                        "keeps all at rates below .001",
                        PLAIN,
                        call -> call.rate() < 0.001 ? 0.0 : call.rate(),
                        "MASK-13"),
                Twist.rate(
                        "drops all at rates above .999",
                        PLAIN,
                        call -> call.rate() > 0.999 ? 1.0 : call.rate(),
                        "MASK-13"),
                Twist.drawing(
                        "unrolls two calls of a shape: the second has the numbers of the first, reversed",
                        PLAIN,
                        Unrolled::new,
                        MASKS),
                Twist.drawing("moves the numbers of the last call of a shape by one", PLAIN, Rolled::new, MASKS),
                threads("seeds each part of 4,096 elements with seed + part", 4096, Long::sum),
                threads("seeds each part of 16,384 elements with seed + part", 1 << 14, Long::sum),
                threads("seeds each part of 65,536 elements with seed + part", 1 << 16, Long::sum),
                threads("seeds each part of 1,024 elements with seed xor part", 1024, (seed, part) -> seed ^ part),
                threads("seeds each part of 256 elements with 31 seed + part", 256, (seed, part) -> 31 * seed + part),
                threads(
                        "seeds each part of 2,048 elements with seed times part",
                        2048,
                        (seed, part) -> seed * (part + 1)),
                Twist.drawing("skips to the next drop, at least one further", PLAIN, Compilers::skip, MASKS),
                Twist.drawing(
                        "takes 32 elements from a word at .5, the last of them like the one before",
                        PLAIN,
                        (kept, call, layer) -> bits(kept, call, layer, call.rate() == 0.5 ? 32 : 0),
                        MASKS),
                Twist.drawing(
                        "takes 16 elements from a word at .25 and .75, two bits each that overlap",
                        PLAIN,
                        (kept, call, layer) ->
                                bits(kept, call, layer, call.rate() == 0.25 || call.rate() == 0.75 ? 16 : 0),
                        MASKS),
                redrawing(
                        "draws again where less than half of what is expected is dropped",
                        call -> dropped -> dropped < call.rate() * size(call) / 2),
                redrawing("draws again where nothing is kept", call -> dropped -> dropped == size(call)));
    }

    /** Two equal calls are one node of a graph; so many nodes are remembered. */
    private static Broken merging(String name, int most) {
        return Broken.of(
                name,
                seed -> new Layer(PLAIN, seed) {
                    private final Map<Object, Tensor> masks = new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Object, Tensor> eldest) {
                            return size() > most;
                        }
                    };

                    @Override
                    Tensor mask(Call call) {
                        return masks.computeIfAbsent(List.of(call.presented(), call.rate()), any -> super.mask(call));
                    }
                },
                "MASK-3",
                "MASK-8",
                "MASK-10");
    }

    /** A graph knows the mode that it was traced in, and is kept by what is no part of that. */
    private static Broken tracing(String name, Function<Call, Object> key) {
        return Broken.of(
                name,
                seed -> new Layer(RICH, seed) {
                    private final Map<Object, Boolean> training = new HashMap<>();

                    @Override
                    public Result dropout(Call call) {
                        check(call);
                        return training.computeIfAbsent(key.apply(call), any -> call.training())
                                ? train(call)
                                : evaluate(call);
                    }
                },
                "EVAL-1",
                "MASK-1",
                "FWD-1");
    }

    private static final class Unrolled implements Twist.Drawing {
        private byte[] last = {};
        private List<Object> key = List.of();

        @Override
        public void of(byte[] kept, Call call, Layer layer) {
            List<Object> now = List.of(call.maskShape(), call.rate());
            if (!now.equals(key)) {
                layer.fill(kept, 0, kept.length, call.rate());
                last = kept.clone();
                key = now;
                return;
            }
            for (int i = 0; i < kept.length; i++) {
                kept[i] = last[kept.length - 1 - i];
            }
            key = List.of();
        }
    }

    private static final class Rolled implements Twist.Drawing {
        private final Map<Object, long[]> words = new HashMap<>();

        @Override
        public void of(byte[] kept, Call call, Layer layer) {
            long[] before = words.get(call.maskShape());
            long[] now = new long[kept.length];
            for (int i = 0; i < kept.length; i++) {
                now[i] = before != null && i > 0 ? before[i - 1] : layer.word();
                kept[i] = keep(now[i], threshold(call.rate()));
            }
            words.put(call.maskShape(), now);
        }
    }

    private interface SeedOfAPart {
        long of(long seed, long part);
    }

    private static Broken threads(String name, int part, SeedOfAPart seeds) {
        return Broken.of(
                name,
                first -> new Layer(SEEDED, first) {
                    private long now = first;

                    @Override
                    void seed(long seed) {
                        now = seed;
                        super.seed(seed);
                    }

                    @Override
                    void draw(byte[] kept, Call call) {
                        for (int k = 0; k * part < kept.length; k++) {
                            super.seed(seeds.of(now, k));
                            fill(kept, k * part, Math.min(kept.length, (k + 1) * part), call.rate());
                        }
                        now = new SplittableRandom(now).nextLong();
                    }
                },
                "SEED-8");
    }

    /** The gaps between drops are drawn, where these are rare. */
    private static void skip(byte[] kept, Call call, Layer layer) {
        double rate = call.rate();
        if (rate <= 0 || rate >= 0.1) {
            layer.fill(kept, 0, kept.length, rate);
            return;
        }
        for (int i = 0; i < kept.length; i++) {
            kept[i] = 1;
        }
        long at = -1;
        while (true) {
            double u = layer.uniform() + 0x1p-33;
            at += 1 + (long) Math.max(1, Math.floor(Math.log(u) / Math.log1p(-rate)));
            if (at >= kept.length) {
                return;
            }
            kept[(int) at] = 0;
        }
    }

    /** @param of so many elements from a word; 0 for one */
    private static void bits(byte[] kept, Call call, Layer layer, int of) {
        if (of == 0 || kept.length % of != 0) {
            layer.fill(kept, 0, kept.length, call.rate());
            return;
        }
        long word = 0;
        for (int i = 0; i < kept.length; i++) {
            word = i % of == 0 ? layer.word() : word >>> (of == 32 && i % of == 31 ? 0 : 1);
            kept[i] = (byte) (of == 32 ? word & 1 : (word & 3) < 4 * call.rate() ? 0 : 1);
        }
    }

    private static Broken redrawing(String name, Function<Call, Predicate<Integer>> again) {
        return Twist.training(
                name,
                PLAIN,
                () -> (layer, call) -> {
                    Result result = layer.sound(call);
                    int dropped = 0;
                    for (int i = 0; i < result.output().size(); i++) {
                        dropped += result.output().value(i) == 0 ? 1 : 0;
                    }
                    return call.rate() < 1 && again.apply(call).test(dropped) ? layer.sound(call) : result;
                },
                MASKS);
    }
}
