package org.dropoutspec.mutant;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.reference.BernoulliMask;

/** Masks that depend on the masks of the calls just before. */
final class StreamMutants {
    private static final int GROUP = 8;

    private StreamMutants() {}

    static List<Mutant> all() {
        return List.of(
                keyed("stream-the-same-at-every-call", "draws the same mask at every call", draw -> 0),
                keyed("stream-reused-once", "uses each mask for two calls", draw -> draw / 2),
                new Mutant(
                        "stream-shared-by-two-instances",
                        "MASK-10",
                        "two layers seeded alike take turns: what one draws the other has drawn, as long as their shapes agree",
                        TwoInstances::new),
                new Mutant(
                        "stream-advanced-by-one",
                        "MASK-3",
                        "advances the offset of its generator by 1 a call, whatever it consumed",
                        seed -> new SoundMasks(seed) {
                            @Override
                            void fill(byte[] kept, Call call) {
                                fill(kept, 0, kept.length, call.rate(), key(seed(), 0), nextDraw());
                            }
                        }),
                new Mutant(
                        "stream-advanced-by-half-of-what-it-used",
                        "MASK-3",
                        "reserves 4 words for groups of 8: the next call begins each group with this one's second half (read in PyTorch's Dropout.cu, not run)",
                        HalfAdvanced::new));
    }

    private interface Number {
        long of(long draw);
    }

    private static Mutant keyed(String name, String defect, Number number) {
        return new Mutant(name, "MASK-3", defect, seed -> new SoundMasks(seed) {
            @Override
            void fill(byte[] kept, Call call) {
                fill(kept, 0, kept.length, call.rate(), key(seed(), number.of(nextDraw())), 0);
            }
        });
    }

    private static final class TwoInstances extends SoundMasks {
        private final long[] positions = new long[2];

        TwoInstances(long seed) {
            super(seed);
        }

        @Override
        void reseed(long value) {
            super.reseed(value);
            positions[0] = 0;
            positions[1] = 0;
        }

        @Override
        void fill(byte[] kept, Call call) {
            int turn = (int) (nextDraw() % 2);
            fill(kept, 0, kept.length, call.rate(), key(seed(), 0), positions[turn]);
            positions[turn] += kept.length;
        }
    }

    /** Each group of 8 has a stream of its own, of which a call uses 8 words and skips 4. */
    private static final class HalfAdvanced extends SoundMasks {
        HalfAdvanced(long seed) {
            super(seed);
        }

        @Override
        void fill(byte[] kept, Call call) {
            long threshold = BernoulliMask.threshold(call.rate());
            long key = key(seed(), 0);
            long offset = nextDraw() * (GROUP / 2);
            for (int i = 0; i < kept.length; i++) {
                long group = (long) (i / GROUP) << 40;
                kept[i] = keep(word(key, group + offset + i % GROUP), threshold);
            }
        }
    }
}
