package org.dropoutspec.mutant;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.dropoutspec.implementation.Call;

/** Masks in which elements depend on others of the same mask. */
final class DependenceMutants {
    private static final int LANES = 4;

    private DependenceMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant("rows-alike", "draws one row and uses it for all", (i, row, kept) -> i >= row ? i - row : i),
                mutant(
                        "lanes-alike",
                        "uses four words for eight lanes: lane j + 4 is lane j",
                        (i, row, kept) -> i % (2 * LANES) >= LANES ? i - LANES : i),
                mutant("pairs-alike", "draws once for each two neighbours", (i, row, kept) -> i - i % 2),
                mutant(
                        "chunks-overlap-by-one",
                        "begins each chunk of 4,096 at the word that ended the one before",
                        (i, row, kept) -> i > 0 && i % 4096 == 0 ? i - 1 : i),
                mutant(
                        "tail-by-the-head",
                        "begins its words anew for what is left over behind vectors of 16",
                        (i, row, kept) -> kept.length > 16 && i >= kept.length - kept.length % 16
                                ? i - (kept.length - kept.length % 16)
                                : i),
                new Mutant(
                        "examples-alike", "MASK-2", "draws one mask for all examples of a batch", ExamplesAlike::new),
                new Mutant(
                        "channels-in-fours-alike",
                        "MASK-2",
                        "draws once for each group of four channels",
                        ChannelsAlike::new),
                correlated("lag-1-by-a-twentieth", 1, 0.05),
                correlated("lag-7-by-a-twentieth", 7, 0.05),
                correlated("row-by-a-twentieth", 0, 0.05),
                correlated("lag-1-by-a-hundredth", 1, 0.01),
                new Mutant(
                        "rows-antithetic",
                        "MASK-2",
                        "uses u in one row and 1 - u in the next",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                int row = row(call);
                                for (int i = 0; i < kept.length; i++) {
                                    boolean second = i / row % 2 == 1;
                                    double u = uniform(key, second ? i - row : i);
                                    kept[i] = (byte) ((second ? 1 - 0x1p-32 - u : u) < call.rate() ? 0 : 1);
                                }
                            }
                        }),
                new Mutant(
                        "every-third-a-sum",
                        "MASK-11",
                        "takes (u1 + u2) mod 1 for every third uniform: each two of the three are independent",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                long key = key(seed(), nextDraw());
                                for (int i = 0; i < kept.length; i++) {
                                    double u = i % 3 == 2
                                            ? (uniform(key, i - 1) + uniform(key, i - 2)) % 1
                                            : uniform(key, i);
                                    kept[i] = (byte) (u < call.rate() ? 0 : 1);
                                }
                            }
                        }),
                stream("generator-randu", "MASK-11", "draws by RANDU", Randu::new),
                stream("generator-of-low-bits", "MASK-10", "draws by the low bits of a 32-bit LCG", Lcg32::new));
    }

    /** The index of the element that an element is copied from. */
    private interface Source {
        int of(int index, int row, byte[] kept);
    }

    private static Mutant mutant(String name, String defect, Source source) {
        return new Mutant(name, "MASK-2", defect, seed -> new SoundMasks(seed) {
            @Override
            void fill(byte[] kept, Call call) {
                fillSoundly(kept, call.rate());
                int row = row(call);
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = kept[source.of(i, row, kept)];
                }
            }
        });
    }

    private static final class ExamplesAlike extends SoundMasks {
        ExamplesAlike(long seed) {
            super(seed);
        }

        @Override
        void fill(byte[] kept, Call call) {
            fillSoundly(kept, call.rate());
            int[] extents = call.maskShape().extents();
            int example = extents.length < 2 ? kept.length : kept.length / Math.max(1, extents[0]);
            for (int i = example; i < kept.length; i++) {
                kept[i] = kept[i - example];
            }
        }
    }

    private static final class ChannelsAlike extends SoundMasks {
        ChannelsAlike(long seed) {
            super(seed);
        }

        @Override
        void fill(byte[] kept, Call call) {
            fillSoundly(kept, call.rate());
            int[] extents = call.maskShape().extents();
            if (extents.length < 2 || kept.length == 0) {
                return;
            }
            int inner = Arrays.stream(extents).skip(2).reduce(1, (a, b) -> a * b);
            for (int i = 0; i < kept.length; i++) {
                kept[i] = i / inner % extents[1] % 4 == 0 ? kept[i] : kept[i - inner];
            }
        }
    }

    /** A chain: an element's rate moves by rho towards the element {@code lag} before it (0: a row before it). */
    private static Mutant correlated(String name, int lag, double rho) {
        String defect =
                "an element is correlated by " + rho + " with the one " + (lag == 0 ? "above it" : lag + " before it");
        return new Mutant(name, "MASK-2", defect, seed -> new SoundMasks(seed) {
            @Override
            void fill(byte[] kept, Call call) {
                long key = key(seed(), nextDraw());
                int distance = lag == 0 ? row(call) : lag;
                double rate = call.rate();
                long afterDropped = (long) ((rate + rho * (1 - rate)) * 0x1p32);
                long afterKept = (long) ((rate - rho * rate) * 0x1p32);
                fill(kept, 0, Math.min(distance, kept.length), rate, key, 0);
                boolean apart = rate > 0 && rate < 1;
                for (int i = distance; i < kept.length; i++) {
                    long threshold = kept[i - distance] == 0 ? afterDropped : afterKept;
                    kept[i] = apart ? keep(word(key, i), threshold) : kept[i - distance];
                }
            }
        });
    }

    private static Mutant stream(
            String name, String requirement, String defect, LongFunction<? extends Uniform> generator) {
        return new Mutant(name, requirement, defect, seed -> new SoundMasks(seed) {
            private Uniform uniform = generator.apply(key(seed, 0));

            @Override
            void reseed(long value) {
                uniform = generator.apply(key(value, 0));
            }

            @Override
            void fill(byte[] kept, Call call) {
                uniform.fill(kept, call.rate());
            }
        });
    }
}
