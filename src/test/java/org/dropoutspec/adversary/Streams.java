package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;

/** Sound generators that are started where they should not be: per call, per thread, per block. */
final class Streams {
    private static final long MODULUS = (1L << 31) - 1;

    private Streams() {}

    static List<Broken> all() {
        return List.of(
                Broken.of(
                        "seeds std::default_random_engine with the number of the call",
                        seed -> new Layer(PLAIN, seed) {
                            private long calls = seed & 0xFFFF;

                            @Override
                            void draw(byte[] kept, Call call) {
                                long state = ++calls;
                                for (int i = 0; i < kept.length; i++) {
                                    state = state * 16_807 % MODULUS;
                                    kept[i] = keep(state << 1, threshold(call.rate()));
                                }
                            }
                        },
                        "MASK-8",
                        "MASK-3",
                        "MASK-1"),
                Broken.of(
                        "seeds java.util.Random with the number of the call",
                        seed -> new Layer(PLAIN, seed) {
                            private long calls = seed & 0xFFFF;

                            @Override
                            void draw(byte[] kept, Call call) {
                                Random random = new Random(++calls);
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] = (byte) (random.nextDouble() < call.rate() ? 0 : 1);
                                }
                            }
                        },
                        "MASK-8",
                        "MASK-3",
                        "MASK-1"),
                Broken.of(
                        "seeds four threads alike, from 32,768 elements on",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                int part = kept.length < 1 << 15 ? kept.length : (kept.length + 3) / 4;
                                fill(kept, 0, part, call.rate());
                                for (int i = part; i < kept.length; i++) {
                                    kept[i] = kept[i - part];
                                }
                            }
                        },
                        "MASK-10",
                        "MASK-2",
                        "MASK-9"),
                Broken.of(
                        "seeds four threads with call + thread, from 4,096 elements on",
                        seed -> new Layer(PLAIN, seed) {
                            private long calls = seed;

                            @Override
                            void draw(byte[] kept, Call call) {
                                int part = kept.length < 4096 ? Math.max(1, kept.length) : (kept.length + 3) / 4;
                                calls++;
                                for (int thread = 0; thread * part < kept.length; thread++) {
                                    seed(calls + thread);
                                    fill(kept, thread * part, Math.min(kept.length, (thread + 1) * part), call.rate());
                                }
                            }
                        },
                        "MASK-10",
                        "MASK-3",
                        "MASK-2"),
                Broken.of(
                        "seeds each block of 100 with a hash of 12 bits",
                        seed -> new Layer(PLAIN, seed) {
                            private final SplittableRandom seeds = new SplittableRandom(seed);

                            @Override
                            void draw(byte[] kept, Call call) {
                                for (int from = 0; from < kept.length; from += 100) {
                                    seed(seeds.nextInt(1 << 12));
                                    fill(kept, from, Math.min(kept.length, from + 100), call.rate());
                                }
                            }
                        },
                        "MASK-10"),
                Broken.of(
                        "counts calls in 8 bits",
                        seed -> new Layer(PLAIN, seed) {
                            private byte calls;

                            @Override
                            void draw(byte[] kept, Call call) {
                                seed(seed * 1000 + ++calls);
                                super.draw(kept, call);
                            }
                        },
                        "MASK-10",
                        "MASK-3"),
                Broken.of(
                        "seeds each call by a clock of coarse ticks: two or three calls in a row are alike",
                        seed -> new Layer(PLAIN, seed) {
                            private int calls;

                            @Override
                            void draw(byte[] kept, Call call) {
                                seed(seed * 1000 + ++calls * 2 / 5);
                                super.draw(kept, call);
                            }
                        },
                        "MASK-10",
                        "MASK-3"),
                Broken.of(
                        "counts the words that it used in a multiple of 8 rounded down",
                        seed -> new Layer(PLAIN, seed) {
                            private final long[] block = new long[1 << 21];
                            private int offset;

                            {
                                for (int i = 0; i < block.length; i++) {
                                    block[i] = word();
                                }
                            }

                            @Override
                            void draw(byte[] kept, Call call) {
                                if (offset + kept.length >= block.length) {
                                    offset = 0;
                                    for (int i = 0; i < block.length; i++) {
                                        block[i] = word();
                                    }
                                }
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] = keep(block[offset + i], threshold(call.rate()));
                                }
                                offset += kept.length & -8;
                            }
                        },
                        "MASK-3",
                        "MASK-10"));
    }
}
