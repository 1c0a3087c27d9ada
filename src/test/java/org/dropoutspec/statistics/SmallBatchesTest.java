package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever keeps a fixed number of examples in small batches does so among calls of many other sizes. */
class SmallBatchesTest {
    private static final double RATE = 0.25;
    private static final int CALLS = 4000;
    /** ln 1e14: more than any share of a run. */
    private static final double ENOUGH = 32;

    @ParameterizedTest(name = "calls of {0} to {1} elements")
    @CsvSource({"8, 15", "16, 31", "32, 63"})
    void aFixedNumberIsFoundInOneCallOfTwenty(int smallest, int largest) {
        assertThat(logE(7, smallest, largest)).isGreaterThan(ENOUGH);
    }

    @ParameterizedTest(name = "calls of {0} elements")
    @ValueSource(ints = {12, 24, 32, 33})
    void aFixedNumberIsFoundAtOneSizeAmongSixtyFour(int only) {
        SplittableRandom random = new SplittableRandom(only);
        Family family = Family.dispersion(Design.of(0x1p-20, RATE));
        for (int call = 0; call < CALLS; call++) {
            int size = 1 + call % 64;
            PackedMask mask = size == only ? fixedNumber(random, size) : independent(random, size);
            family.observe(Draw.of(RATE, Shape.of(size), mask));
        }
        assertThat(family.logE()).isGreaterThan(ENOUGH);
        assertThat(family.strongest().orElseThrow().place())
                .isEqualTo(new Place.Spread("calls of " + only + " elements", true));
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3"})
    void independentDrawsAreNot(int seed) {
        assertThat(logE(seed, 1, 0)).isLessThan(ENOUGH / 4);
    }

    private static double logE(int seed, int smallest, int largest) {
        SplittableRandom random = new SplittableRandom(seed);
        Family family = Family.dispersion(Design.of(0x1p-20, RATE));
        for (int call = 0; call < CALLS; call++) {
            boolean fixed = call % 20 == 0 && largest > 0;
            int size = fixed ? random.nextInt(smallest, largest + 1) : call % 2 == 0 ? 64 : random.nextInt(1, 8);
            Shape shape = Shape.of(size);
            family.observe(Draw.of(RATE, shape, fixed ? fixedNumber(random, size) : independent(random, size)));
        }
        return family.logE();
    }

    private static PackedMask independent(SplittableRandom random, int size) {
        return Masks.of(size, i -> random.nextDouble() < RATE);
    }

    /** As many as the rate says, rounded either way by chance; the first ones, since no place matters here. */
    private static PackedMask fixedNumber(SplittableRandom random, int size) {
        int number = (int) Math.floor(size * RATE + random.nextDouble());
        return Masks.of(size, i -> i < number);
    }
}
