package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.reference.BernoulliMask;

/** Masks of one seed that depend on the masks of another seed. */
final class SeedDependenceMutants {
    private SeedDependenceMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "seed-shifts-the-mask",
                        "SEED-8",
                        "enters one stream at the seed, so that the masks of s and s + 1 overlap",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fill(kept, 0, kept.length, call.rate(), key(0, nextDraw()), seed());
                            }
                        }),
                new Mutant(
                        "seed-coincides-in-part",
                        "SEED-8",
                        "draws every fifth element without the lowest bit of the seed",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long threshold = BernoulliMask.threshold(call.rate());
                                long draw = nextDraw();
                                long own = key(seed(), draw);
                                long shared = key(seed() & -2, draw);
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] = keep(word(i % 5 == 0 ? shared : own, i), threshold);
                                }
                            }
                        }),
                new Mutant(
                        "seed-of-a-minimal-standard-generator",
                        "SEED-8",
                        "seeds a minimal-standard generator, whose first numbers of s and s + 1 are next to each other",
                        Congruential::new));
    }

    private static final class Congruential extends SoundMasks {
        private Uniform uniform;

        Congruential(long seed) {
            super(seed);
            reseed(seed);
        }

        @Override
        void reseed(long value) {
            uniform = new MinimalStandard(MinimalStandard.MULTIPLIER_1993, value);
        }

        @Override
        void fill(byte[] kept, Call call) {
            uniform.fill(kept, call.rate());
        }
    }
}
