package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Parts of a mask that are left over from another one. */
final class Stale {
    private Stale() {}

    static List<Broken> all() {
        return List.of(
                Broken.of(
                        "leaves the tail of its buffer as the last call left it",
                        seed -> new Buffer(seed) {
                            @Override
                            void refill(byte[] buffer, int size, Call call) {
                                fill(buffer, 0, size - size % 8, call.rate());
                            }
                        },
                        "MASK-3",
                        "MASK-8",
                        "MASK-1",
                        "MASK-10"),
                Broken.of(
                        "draws the first half of each buffer and takes the rest from the call before",
                        seed -> new Buffer(seed) {
                            @Override
                            void refill(byte[] buffer, int size, Call call) {
                                fill(buffer, 0, size < 2048 ? size : size / 2, call.rate());
                            }
                        },
                        "MASK-3",
                        "MASK-1",
                        "MASK-10"),
                Broken.of(
                        "refills one element in four from the call before, at the same place",
                        seed -> new Buffer(seed) {
                            @Override
                            void refill(byte[] buffer, int size, Call call) {
                                for (int i = 0; i < size; i++) {
                                    if (uniform() >= 0.25) {
                                        buffer[i] = keep(word(), threshold(call.rate()));
                                    }
                                }
                            }
                        },
                        "MASK-3",
                        "MASK-1"),
                Broken.of(
                        "uses the previous mask of the same size and rate in reverse at every second call",
                        Reversed::new,
                        "MASK-3"),
                Broken.of(
                        "uses one less the uniform numbers of the call before at every second call",
                        Antithetic::new,
                        "MASK-3"),
                Broken.of(
                        "begins each mask with the last 16 elements of the one before",
                        EndsAsItBegins::new,
                        "MASK-3",
                        "MASK-10"),
                Broken.of(
                        "rotates the last mask of the same shape and rate by one row",
                        Rotated::new,
                        "MASK-3",
                        "MASK-10"),
                Broken.of("keeps what was dropped in the last call of the same shape", NeverTwice::new, "MASK-3"));
    }

    /** One buffer for all calls, grown when it must. */
    private abstract static class Buffer extends Layer {
        private byte[] buffer = new byte[0];

        Buffer(long seed) {
            super(PLAIN, seed);
        }

        abstract void refill(byte[] buffer, int size, Call call);

        @Override
        void draw(byte[] kept, Call call) {
            int old = buffer.length;
            if (kept.length > old) {
                buffer = Arrays.copyOf(buffer, kept.length);
                fill(buffer, old, kept.length, call.rate());
            }
            refill(buffer, kept.length, call);
            if (call.rate() == 0 || call.rate() == 1) {
                Arrays.fill(buffer, (byte) (1 - call.rate()));
            }
            System.arraycopy(buffer, 0, kept, 0, kept.length);
        }
    }

    private static final class Reversed extends Layer {
        private final Map<List<Object>, byte[]> masks = new HashMap<>();

        Reversed(long seed) {
            super(PLAIN, seed);
        }

        @Override
        void draw(byte[] kept, Call call) {
            byte[] last = masks.remove(List.of(kept.length, call.rate()));
            if (last == null) {
                super.draw(kept, call);
                masks.put(List.of(kept.length, call.rate()), kept.clone());
                return;
            }
            for (int i = 0; i < kept.length; i++) {
                kept[i] = last[kept.length - 1 - i];
            }
        }
    }

    private static final class Antithetic extends Layer {
        private long[] last;

        Antithetic(long seed) {
            super(PLAIN, seed);
        }

        @Override
        void draw(byte[] kept, Call call) {
            boolean second = last != null && last.length >= kept.length;
            long[] words = new long[kept.length];
            for (int i = 0; i < kept.length; i++) {
                words[i] = second ? 0xFFFF_FFFFL - last[i] : word();
                kept[i] = keep(words[i], threshold(call.rate()));
            }
            last = second ? null : words;
        }
    }

    private static final class EndsAsItBegins extends Layer {
        private byte[] end = new byte[0];
        private double rate;

        EndsAsItBegins(long seed) {
            super(PLAIN, seed);
        }

        @Override
        void draw(byte[] kept, Call call) {
            super.draw(kept, call);
            if (call.rate() == rate && kept.length >= end.length) {
                System.arraycopy(end, 0, kept, 0, end.length);
            }
            rate = call.rate();
            end = Arrays.copyOfRange(kept, Math.max(0, kept.length - 16), kept.length);
        }
    }

    private static final class Rotated extends Layer {
        private final Map<List<Object>, Tensor> masks = new HashMap<>();

        Rotated(long seed) {
            super(PLAIN, seed);
        }

        @Override
        Tensor mask(Call call) {
            List<Object> key = List.of(call.maskShape(), call.rate());
            Tensor last = masks.get(key);
            int size = size(call);
            Tensor next =
                    last == null || size == 0 ? super.mask(call) : each(last, i -> last.value((i + row(call)) % size));
            masks.put(key, next);
            return next;
        }
    }

    private static final class NeverTwice extends Layer {
        private final Map<Object, byte[]> masks = new HashMap<>();

        NeverTwice(long seed) {
            super(PLAIN, seed);
        }

        @Override
        void draw(byte[] kept, Call call) {
            byte[] last = masks.get(call.maskShape());
            super.draw(kept, call);
            for (int i = 0; last != null && call.rate() < 1 && i < kept.length; i++) {
                kept[i] |= (byte) (1 - last[i]);
            }
            masks.put(call.maskShape(), kept.clone());
        }
    }
}
