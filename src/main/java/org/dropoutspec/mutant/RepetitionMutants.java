package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.reference.BernoulliMask;

/** Masks, or parts of masks, that repeat after a while. */
final class RepetitionMutants {
    private static final int CHUNK = 4096;
    private static final int BLOCK = 100;

    private RepetitionMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "repeats-a-ring-of-16-masks",
                        "MASK-10",
                        "draws 16 masks and uses them in turn",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fill(kept, 0, kept.length, call.rate(), key(seed(), nextDraw() % 16), 0);
                            }
                        }),
                pool("repeats-seeds-of-6-bits", "draws a fresh seed for every call and keeps 6 bits of it", 1 << 6),
                pool(
                        "repeats-a-pool-of-4096",
                        "draws a fresh seed for every call, from 4,096 (read in MXNet's MKL path)",
                        1 << 12),
                pool("repeats-a-pool-of-32768", "seeds every call by C's rand, which has 15 bits", 1 << 15),
                new Mutant(
                        "repeats-blocks-of-100",
                        "MASK-10",
                        "draws each block of 100 elements from one of 4,096 seeds",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                for (int from = 0; from < kept.length; from += BLOCK) {
                                    int to = Math.min(from + BLOCK, kept.length);
                                    long drawn = word(key, from) % 4096;
                                    fill(kept, from, to, call.rate(), key(drawn, 0), 0);
                                }
                            }
                        }),
                new Mutant(
                        "repeats-chunks-of-the-call-before",
                        "MASK-10",
                        "seeds each chunk of 4,096 with the number of the call plus that of the chunk",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long draw = nextDraw();
                                for (int from = 0; from < kept.length; from += CHUNK) {
                                    int to = Math.min(from + CHUNK, kept.length);
                                    fill(kept, from, to, call.rate(), key(seed(), draw + from / CHUNK), 0);
                                }
                            }
                        }),
                period("repeats-after-65536", 1 << 16),
                period("repeats-after-4096", 1 << 12),
                period("repeats-after-12345", 12_345),
                new Mutant(
                        "index-wraps-at-16-bits",
                        "MASK-10",
                        "counts elements in too few bits, so that a large mask repeats itself (16 here for 32, since 2^32 elements fit no run)",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                for (int from = 0; from < kept.length; from += 1 << 16) {
                                    fill(kept, from, Math.min(from + (1 << 16), kept.length), call.rate(), key, 0);
                                }
                            }
                        }));
    }

    private static Mutant pool(String name, String defect, int size) {
        return new Mutant(name, "MASK-10", defect, seed -> new SoundMasks(seed) {
            @Override
            void fill(byte[] kept, Call call) {
                long drawn = word(key(seed(), 0), nextDraw()) % size;
                fill(kept, 0, kept.length, call.rate(), key(drawn, 0), 0);
            }
        });
    }

    private static Mutant period(String name, int period) {
        String defect = "draws by a generator that begins again after " + period + " words";
        return new Mutant(name, "MASK-10", defect, seed -> new SoundMasks(seed) {
            private int position;

            @Override
            void reseed(long value) {
                super.reseed(value);
                position = 0;
            }

            @Override
            void fill(byte[] kept, Call call) {
                long threshold = BernoulliMask.threshold(call.rate());
                long key = key(seed(), 0);
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = keep(word(key, position), threshold);
                    position = position + 1 < period ? position + 1 : 0;
                }
            }
        });
    }
}
