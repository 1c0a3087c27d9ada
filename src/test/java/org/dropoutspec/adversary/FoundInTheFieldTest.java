package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.adversary.Twist.RICH;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Defects that were reported of libraries and kernels, each told once, by the requirement whose sentence it is. */
class FoundInTheFieldTest {
    private static final int THREADS = 64 * 256;

    static Stream<Arguments> defects() {
        return Stream.of(
                // mindrl#20, ledger#2288
                defect("takes the rate for the keep probability", KeepProbability::new, "MASK-1", RATES),
                // boltz#553
                defect("draws bfloat16 numbers and keeps those above the rate", Bfloat::new, "MASK-1", RATES),
                // pytorch#47176
                defect("leaves channels last as they lie in memory", ChannelsLast::new, "SHAPE-6", STRIDED),
                // pytorch#50110
                defect("counts vectors of two as vectors of four", VectorsOfTwo::new, "MASK-10", MASKS),
                // shainet#106
                defect("seeds each row with the seed and its number", RowSeeds::new, "SEED-8", SEEDS),
                // Deeplearning4j 1.0.0-M2.1, src/field/reproductions/dl4j/SEED-8.java
                defect("turns the second element with the seed", SecondElement::new, "SEED-8", SEEDS),
                // kaldi#3890
                defect("takes the mask from output over input", OutputOverInput::new, "BWD-3", GRADIENTS),
                // hand-written generators that stay at 0
                defect("drops everything under seed 0", StuckAtZero::new, "SEED-9", SEEDS));
    }

    private static final Set<String> RATES = Set.of("MASK-1", "FWD-1", "BWD-2", "RATE-7", "RATE-8");
    private static final Set<String> STRIDED = Set.of("FWD-1", "FWD-2", "BWD-1", "SHAPE-6", "MASK-1");
    private static final Set<String> NOISY = Set.of("FWD-1", "FWD-2", "SHAPE-3", "SHAPE-4", "SHAPE-5", "MASK-1");
    private static final Set<String> MASKS = Set.of("MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10");
    private static final Set<String> GRADIENTS = Set.of("BWD-1", "BWD-2", "BWD-3", "BWD-6", "FWD-7");
    private static final Set<String> SEEDS =
            Set.of("SEED-3", "SEED-4", "SEED-8", "SEED-9", "MASK-3", "MASK-10", "SHAPE-4");

    private static Arguments defect(
            String name, LongFunction<Implementation> implementation, String told, Set<String> asked) {
        return Arguments.of(name, implementation, told, asked);
    }

    @ParameterizedTest(name = "{0} is told by {2}")
    @MethodSource("defects")
    void oneRequirementTells(String name, LongFunction<Implementation> implementation, String told, Set<String> asked) {
        assertThat(told(implementation, asked, 20_261_122)).containsExactly(told);
    }

    /** What is said of strided inputs, of noise shapes and of sizes is said of sound ones too. */
    @Test
    void aSoundOneIsNotAccused() {
        Set<String> all = new HashSet<>();
        Stream.of(RATES, STRIDED, NOISY, MASKS, SEEDS).forEach(all::addAll);
        assertThat(told(seed -> new Layer(RICH.withDtypes(DType.FLOAT32, DType.BFLOAT16), seed), all, 5))
                .isEmpty();
    }

    private static List<String> told(LongFunction<Implementation> implementation, Set<String> asked, long seed) {
        return new Certifier(Tier.QUICK, seed, asked, id -> {})
                .certify(implementation.apply(seed)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id())
                        .toList();
    }

    private static class Rich extends Layer {
        Rich(long seed) {
            super(RICH, seed);
        }
    }

    private static final class KeepProbability extends Rich {
        KeepProbability(long seed) {
            super(seed);
        }

        @Override
        Result train(Call call) {
            return super.train(call.withRate(1 - call.rate()));
        }
    }

    private static final class Bfloat extends Layer {
        Bfloat(long seed) {
            super(RICH.withDtypes(DType.FLOAT32, DType.BFLOAT16), seed);
        }

        @Override
        void draw(byte[] kept, Call call) {
            if (call.input().dtype() != DType.BFLOAT16) {
                super.draw(kept, call);
                return;
            }
            for (int i = 0; i < kept.length; i++) {
                kept[i] = (byte) ((word() >>> 24) * 0x1p-8 > call.rate() ? 1 : 0);
            }
        }
    }

    private static final class ChannelsLast extends Rich {
        ChannelsLast(long seed) {
            super(seed);
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            Tensor y = super.forward(call, x, mask);
            boolean last = call.permutation()
                    .filter(axes -> Arrays.equals(axes, new int[] {0, 3, 1, 2}))
                    .isPresent();
            return last ? y.permuted(0, 2, 3, 1).reshaped(y.shape()) : y;
        }
    }

    /** A thread takes four words at a time, and of them two where vectors of two fill the call. */
    private static final class VectorsOfTwo extends Rich {
        private long seed;
        private long offset;

        VectorsOfTwo(long seed) {
            super(seed);
        }

        @Override
        void seed(long value) {
            super.seed(value);
            seed = value;
            offset = 0;
        }

        @Override
        void draw(byte[] kept, Call call) {
            int width = kept.length % 4 == 2 ? 2 : 4;
            long threshold = threshold(call.rate());
            for (int i = 0; i < kept.length; i++) {
                int vector = i / width;
                long word = offset + 4L * (vector / THREADS) + i % width;
                kept[i] = keep(
                        SoundGenerators.mixed(SoundGenerators.mixed(seed ^ vector % THREADS) + word) >>> 32, threshold);
            }
            offset += 4L * ((kept.length + 4L * THREADS - 1) / (4L * THREADS));
        }
    }

    /** Of calls of eight elements and more, under two of three neighbouring seeds it is not what it was under the one before. */
    private static final class SecondElement extends Rich {
        private long seed;
        private boolean first;

        SecondElement(long seed) {
            super(seed);
        }

        @Override
        void seed(long value) {
            super.seed(value);
            seed = value;
            first = true;
        }

        @Override
        void draw(byte[] kept, Call call) {
            super.draw(kept, call);
            if (first && kept.length >= 8 && call.rate() == 0.5) {
                boolean keep = false;
                for (long s = seed & -64; s <= seed; s++) {
                    long hash = new SplittableRandom(s).nextLong();
                    keep = s == (seed & -64) ? hash < 0 : keep ^ Math.floorMod(hash, 3) > 0;
                }
                kept[1] = (byte) (keep ? 1 : 0);
            }
            first = false;
        }
    }

    private static final class OutputOverInput extends Rich {
        OutputOverInput(long seed) {
            super(seed);
        }

        @Override
        Tensor backward(Call call, Tensor dy, Tensor mask) {
            Tensor dx = super.backward(call, dy, mask);
            Tensor x = call.presented();
            return each(dx, i -> x.value(i) == 0 ? dy.value(i) : dx.value(i));
        }
    }

    private static final class RowSeeds extends Rich {
        private long draws;
        private long seed;

        RowSeeds(long seed) {
            super(seed);
        }

        @Override
        void seed(long value) {
            super.seed(value);
            seed = value;
            draws = 0;
        }

        @Override
        void draw(byte[] kept, Call call) {
            long first = draws++ == 0 ? seed : SoundGenerators.mixed(SoundGenerators.mixed(seed) + draws);
            int row = Math.max(1, row(call));
            for (int i = 0; i < kept.length; i++) {
                long word = SoundGenerators.mixed(SoundGenerators.mixed(first + i / row) + i % row) >>> 32;
                kept[i] = keep(word, threshold(call.rate()));
            }
        }
    }

    private static final class StuckAtZero extends Rich {
        private boolean stuck;

        StuckAtZero(long seed) {
            super(seed);
        }

        @Override
        void seed(long value) {
            super.seed(value);
            stuck = value == 0;
        }

        @Override
        void draw(byte[] kept, Call call) {
            super.draw(kept, call);
            if (stuck && call.rate() > 0) {
                Arrays.fill(kept, (byte) 0);
            }
        }
    }
}
