package org.dropoutspec.mutant;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.reference.BernoulliMask;

/** Masks in which some position is dropped more or less often than others. */
final class PositionMutants {
    private static final int STUCK = 1000;

    private PositionMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "position-tail-kept",
                        "MASK-8",
                        "works in vectors of 8 and keeps what is left over",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fillSoundly(kept, call.rate());
                                Arrays.fill(kept, kept.length - kept.length % 8, kept.length, keeps(call));
                            }
                        }),
                new Mutant("position-first-kept", "MASK-8", "begins at index 1", seed -> new SoundMasks(seed) {
                    @Override
                    void fill(byte[] kept, Call call) {
                        fillSoundly(kept, call.rate());
                        Arrays.fill(kept, 0, Math.min(1, kept.length), keeps(call));
                    }
                }),
                new Mutant("position-last-kept", "MASK-8", "ends one index early", seed -> new SoundMasks(seed) {
                    @Override
                    void fill(byte[] kept, Call call) {
                        fillSoundly(kept, call.rate());
                        Arrays.fill(kept, Math.max(0, kept.length - 1), kept.length, keeps(call));
                    }
                }),
                new Mutant(
                        "position-1000-kept",
                        "MASK-8",
                        "never drops the element at index 1000",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fillSoundly(kept, call.rate());
                                if (kept.length > STUCK) {
                                    kept[STUCK] = keeps(call);
                                }
                            }
                        }),
                new Mutant(
                        "position-gradient",
                        "MASK-8",
                        "drops a tenth less often at the head than asked, and a tenth more often at the tail",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                double half = Math.max(1, kept.length - 1) / 2.0;
                                double slope = Math.min(0.1 * call.rate(), 1 - call.rate());
                                for (int i = 0; i < kept.length; i++) {
                                    double rate = call.rate() + slope * (i - half) / half;
                                    kept[i] = keep(word(key, i), (long) (rate * 0x1p32));
                                }
                            }
                        }),
                new Mutant(
                        "position-by-generator-reseeded-in-order",
                        "MASK-8",
                        "seeds a minimal-standard generator with s, s + 1, ... at every call, whose first numbers hardly move (ONNX Runtime 1.30 on a CPU)",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                new MinimalStandard(MinimalStandard.MULTIPLIER_1988, seed() + nextDraw())
                                        .fill(kept, call.rate());
                            }
                        }));
    }

    /** The mask element of a position that is never dropped: 1, unless the rate is 1. */
    private static byte keeps(Call call) {
        return SoundMasks.keep(BernoulliMask.threshold(1) - 1, BernoulliMask.threshold(call.rate()));
    }
}
