package org.dropoutspec.mutant;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Masks that depend on the numbers of the input. */
final class InputMutants {
    private InputMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "input-sign-moves-the-rate",
                        "MASK-12",
                        "drops positive numbers a tenth more often than asked, and negative ones a tenth less often",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fillSoundly(kept, call.rate());
                                if (!shown(call)) {
                                    return;
                                }
                                Tensor x = call.presented();
                                long key = key(seed(), nextDraw());
                                double by = Math.min(0.1 * call.rate(), 1 - call.rate());
                                for (int i = 0; i < kept.length; i++) {
                                    double rate = call.rate() + by * Math.signum(x.floatAt(i));
                                    kept[i] = keep(word(key, i), (long) (rate * 0x1p32));
                                }
                            }
                        }),
                new Mutant(
                        "input-largest-kept",
                        "MASK-12",
                        "never drops the hundredth of the elements that is largest in magnitude",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fillSoundly(kept, call.rate());
                                if (!shown(call) || kept.length < 100) {
                                    return;
                                }
                                float[] magnitudes = magnitudes(call.presented());
                                float[] sorted = magnitudes.clone();
                                Arrays.sort(sorted);
                                float largest = sorted[sorted.length - sorted.length / 100];
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] |= (byte) (magnitudes[i] > largest ? 1 : 0);
                                }
                            }
                        }));
    }

    /** Whether the mask has one element for each element of the input, at a rate strictly between 0 and 1. */
    private static boolean shown(Call call) {
        return call.maskShape().equals(call.shape()) && call.rate() > 0 && call.rate() < 1;
    }

    private static float[] magnitudes(Tensor x) {
        float[] magnitudes = new float[x.size()];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(x.floatAt(i));
        }
        return magnitudes;
    }
}
