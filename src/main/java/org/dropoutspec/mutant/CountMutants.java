package org.dropoutspec.mutant;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Call;

/** Masks that drop the right share on average, but too evenly or too unevenly from call to call. */
final class CountMutants {
    private static final double JITTER = 0.02;

    private CountMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "count-fixed-in-a-call",
                        "MASK-9",
                        "drops the same number of elements at every call",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                dropFixedNumber(kept, 0, kept.length, call.rate(), key(seed(), nextDraw()));
                            }
                        }),
                new Mutant(
                        "count-fixed-in-a-row",
                        "MASK-9",
                        "drops the same number of elements in every row",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                for (int from = 0; from < kept.length; from += row(call)) {
                                    dropFixedNumber(kept, from, from + row(call), call.rate(), key);
                                }
                            }
                        }),
                new Mutant(
                        "rate-jitters",
                        "MASK-9",
                        "drops at a rate that varies from call to call with standard deviation .02",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                fill(kept, 0, kept.length, moved(call.rate(), JITTER * gaussian(key)), key, 0);
                            }
                        }),
                new Mutant(
                        "count-never-all",
                        "MASK-9",
                        "draws again when all of two or more elements were dropped",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                byte[] nothing = new byte[kept.length];
                                boolean again = kept.length > 1 && call.rate() < 1 - 0x1p-6;
                                do {
                                    fillSoundly(kept, call.rate());
                                } while (again && Arrays.equals(kept, nothing));
                            }
                        }));
    }

    /** Drops the rate's share of a range, rounded at random so that the mean is right; picks by Knuth's method S. */
    private static void dropFixedNumber(byte[] kept, int from, int to, double rate, long key) {
        double left = Math.floor((to - from) * rate + SoundMasks.uniform(~key, from));
        for (int i = from; i < to; i++) {
            boolean drop = SoundMasks.uniform(key, i) * (to - i) < left;
            left -= drop ? 1 : 0;
            kept[i] = (byte) (drop ? 0 : 1);
        }
    }

    /** A nearly normal number: the sum of twelve uniform numbers, less 6. */
    private static double gaussian(long key) {
        double sum = -6;
        for (int i = 1; i <= 12; i++) {
            sum += SoundMasks.uniform(~key, i);
        }
        return sum;
    }
}
