package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Masks, or what they are made of, that are kept from call to call to save time. */
final class Caches {
    private Caches() {}

    static List<Broken> all() {
        return List.of(
                Broken.of(
                        "reuses its mask while shape and rate stay the same",
                        seed -> new WhileTheSame(seed, call -> List.of(call.maskShape(), call.rate())),
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "reuses its mask while the shape stays the same, whatever the rate",
                        seed -> new WhileTheSame(seed, Call::maskShape),
                        "MASK-3",
                        "MASK-10",
                        "MASK-1"),
                Broken.of(
                        "reuses its mask while the number of elements stays the same, above 1,024",
                        seed -> new WhileTheSame(
                                seed, call -> Layer.size(call) < 1024 ? new Object() : List.of(Layer.size(call))),
                        "MASK-3",
                        "MASK-10",
                        "MASK-1"),
                Broken.of(
                        "keeps one mask for each shape and rate for good",
                        seed -> new ForGood(seed, Integer.MAX_VALUE, 1),
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "keeps the masks of the last 8 shapes and rates",
                        seed -> new ForGood(seed, 8, 1),
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "keeps three masks for each shape and rate and uses them in turn",
                        seed -> new ForGood(seed, Integer.MAX_VALUE, 3),
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "keeps twenty masks for each shape and rate and uses them in turn",
                        seed -> new ForGood(seed, Integer.MAX_VALUE, 20),
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "draws the uniform numbers once for each size and compares them with every rate",
                        UniformsBySize::new,
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "draws anew at every second call only, of calls of one size",
                        EverySecond::new,
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "cuts masks below 2,000 elements out of one block of 4,096 that it draws once",
                        CutOutOfABlock::new,
                        "MASK-3",
                        "MASK-10"));
    }

    private static final class WhileTheSame extends Layer {
        private final Function<Call, Object> key;
        private Object last = "";
        private Tensor mask;

        WhileTheSame(long seed, Function<Call, Object> key) {
            super(PLAIN, seed);
            this.key = key;
        }

        @Override
        Tensor mask(Call call) {
            Object now = key.apply(call);
            if (!now.equals(last)) {
                mask = super.mask(call);
            }
            last = now;
            return mask.reshaped(call.maskShape());
        }
    }

    private static final class ForGood extends Layer {
        private final int ring;
        private final Map<List<Object>, Tensor> masks;
        private final Map<List<Object>, Integer> turns = new HashMap<>();

        ForGood(long seed, int most, int ring) {
            super(PLAIN, seed);
            this.ring = ring;
            this.masks = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Object>, Tensor> eldest) {
                    return size() > most;
                }
            };
        }

        @Override
        Tensor mask(Call call) {
            List<Object> key = List.of(call.maskShape(), call.rate());
            int turn = turns.merge(key, 1, Integer::sum) % ring;
            return masks.computeIfAbsent(List.of(key, turn), any -> super.mask(call));
        }
    }

    private static final class UniformsBySize extends Layer {
        private final Map<Integer, long[]> words = new HashMap<>();

        UniformsBySize(long seed) {
            super(PLAIN, seed);
        }

        @Override
        void draw(byte[] kept, Call call) {
            long[] own = words.computeIfAbsent(kept.length, size -> {
                long[] fresh = new long[size];
                for (int i = 0; i < size; i++) {
                    fresh[i] = word();
                }
                return fresh;
            });
            for (int i = 0; i < kept.length; i++) {
                kept[i] = keep(own[i], threshold(call.rate()));
            }
        }
    }

    private static final class EverySecond extends Layer {
        private final Map<List<Object>, Tensor> unused = new HashMap<>();

        EverySecond(long seed) {
            super(PLAIN, seed);
        }

        @Override
        Tensor mask(Call call) {
            List<Object> key = List.of(call.maskShape(), call.rate());
            Tensor second = unused.remove(key);
            if (second != null) {
                return second;
            }
            Tensor first = super.mask(call);
            unused.put(key, first);
            return first;
        }
    }

    private static final class CutOutOfABlock extends Layer {
        private static final int BLOCK = 4096;
        private final long[] words = new long[BLOCK];

        CutOutOfABlock(long seed) {
            super(PLAIN, seed);
            for (int i = 0; i < BLOCK; i++) {
                words[i] = word();
            }
        }

        @Override
        void draw(byte[] kept, Call call) {
            if (kept.length >= 2000) {
                super.draw(kept, call);
                return;
            }
            int from = (int) (word() % (BLOCK - 2000));
            for (int i = 0; i < kept.length; i++) {
                kept[i] = keep(words[from + i], threshold(call.rate()));
            }
        }
    }
}
