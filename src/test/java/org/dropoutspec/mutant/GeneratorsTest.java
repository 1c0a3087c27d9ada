package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
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
            assertThat(MaskSpecimen.word(42, position)).isEqualTo(random.nextLong() >>> 32);
        }
    }
}
