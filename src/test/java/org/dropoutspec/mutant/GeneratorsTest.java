package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The generators that mutants draw by are the ones that they are named for. */
class GeneratorsTest {
    @Test
    void theMinimalStandardOf1988() {
        assertThat(state(new MinimalStandard(MinimalStandard.MULTIPLIER_1988, 1)))
                .isEqualTo(1_043_618_065);
    }

    /** The number that the C++ standard, [rand.predef], requires of {@code minstd_rand}. */
    @Test
    void theMinimalStandardOf1993() {
        assertThat(state(new MinimalStandard(MinimalStandard.MULTIPLIER_1993, 1)))
                .isEqualTo(399_268_537);
    }

    private static long state(Uniform generator) {
        double last = 0;
        for (int i = 0; i < 10_000; i++) {
            last = generator.next();
        }
        return Math.round(last * ((1L << 31) - 2)) + 1;
    }

    @Test
    void randuIsOnItsPlanes() {
        Randu randu = new Randu(12_345);
        double first = randu.next();
        double second = randu.next();
        for (int i = 0; i < 100; i++) {
            double third = randu.next();
            double plane = 9 * first - 6 * second + third;
            assertThat(plane).isCloseTo(Math.rint(plane), within(1e-12));
            first = second;
            second = third;
        }
    }

    @Test
    void theLowBitsHaveAPeriodOf65536() {
        Lcg32 generator = new Lcg32(1);
        double first = generator.next();
        int period = 1;
        while (generator.next() != first) {
            period++;
        }
        assertThat(period).isEqualTo(1 << 16);
    }

    @Test
    void theSoundWordsAreThoseOfSplittableRandom() {
        SplittableRandom random = new SplittableRandom(42);
        for (int position = 1; position <= 100; position++) {
            assertThat(SoundMasks.word(42, position)).isEqualTo(random.nextLong() >>> 32);
        }
    }

    @Test
    void neighbouringRatesDrawTheSameNumberFirstOrQuiteAnother() {
        Tensor input = Tensor.full(DType.FLOAT32, Shape.of(16_384), 1);
        CountFirst dropout = new CountFirst(3);
        int same = 0;
        int few = 0;
        for (int seed = 0; seed < 100; seed++) {
            Call call = Call.training(0.25, input).withSeed(seed);
            Tensor one = dropout.dropout(call).mask().orElseThrow();
            Tensor other = dropout.dropout(call.withRate(0.2505)).mask().orElseThrow();
            int differences = PackedMask.ofKept(one).differences(PackedMask.ofKept(other));
            same += differences == 0 ? 1 : 0;
            few += differences > 0 && differences < 8 ? 1 : 0;
        }
        // independent uniform numbers would differ in 8 elements, and in none under 3 of 10,000 seeds; here it is in 89
        // of
        // 100, since the total variation distance is .06
        assertThat(same).isBetween(75, 98);
        assertThat(few).isLessThan(8);
    }
}
