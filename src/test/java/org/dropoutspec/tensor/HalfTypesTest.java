package org.dropoutspec.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** float16 and bfloat16 against exact arithmetic; JUnit's own assertions where there are 100,000 of them. */
class HalfTypesTest {
    private static final int SIGN = 0x8000;

    @ParameterizedTest
    @EnumSource
    void everyPatternStandsForItsNumberAndRoundsBackToItself(HalfFormat format) {
        DType dtype = format.dtype;
        for (int pattern = 0; pattern < format.infinity(); pattern++) {
            double number = format.magnitude(pattern).doubleValue();
            assertEquals(number, dtype.value(pattern));
            assertEquals(-number, dtype.value(pattern | SIGN));
            assertEquals(pattern, dtype.round(number));
            assertEquals(pattern | SIGN, dtype.round(-number));
        }
    }

    @ParameterizedTest
    @EnumSource
    void beyondTheLargestNumberLieInfinityAndTheNaNs(HalfFormat format) {
        DType dtype = format.dtype;
        assertThat(dtype.infinity()).isEqualTo(format.infinity());
        assertThat(dtype.value(format.infinity())).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(dtype.value(format.infinity() | SIGN)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(dtype.round(Double.POSITIVE_INFINITY)).isEqualTo(format.infinity());
        assertThat(dtype.round(Double.NEGATIVE_INFINITY)).isEqualTo(format.infinity() | SIGN);
        for (int pattern = 0; pattern < 1 << 16; pattern++) {
            boolean nan = (pattern & ~SIGN) > format.infinity();
            assertEquals(nan, dtype.isNaN(pattern));
            assertEquals(nan, Double.isNaN(dtype.value(pattern)));
        }
        assertThat(dtype.isNaN(dtype.round(Double.NaN))).isTrue();
    }

    /** Rounding to float32 first would make ties of the neighbours of the midpoint: they are 2^-53 away from it. */
    @ParameterizedTest
    @EnumSource
    void everyMidpointGoesToTheEvenPatternAndItsNeighboursToTheNearer(HalfFormat format) {
        BigDecimal half = new BigDecimal("0.5");
        BigDecimal below = format.magnitude(0);
        for (int pattern = 0; pattern < format.infinity(); pattern++) {
            BigDecimal above = format.magnitude(pattern + 1);
            // the last midpoint is the overflow threshold, half a step above the largest number
            double midpoint = below.add(above).multiply(half).doubleValue();
            int even = pattern + pattern % 2;
            assertEquals(even, format.dtype.round(midpoint));
            assertEquals(even | SIGN, format.dtype.round(-midpoint));
            assertEquals(pattern, format.dtype.round(Math.nextDown(midpoint)));
            assertEquals(pattern + 1, format.dtype.round(Math.nextUp(midpoint)));
            below = above;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyDoubleRoundsToTheNearestNumber(HalfFormat format) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            // from far below the smallest subnormal number of either format to far above the largest
            double value = Math.scalb(1 + random.nextDouble(), random.nextInt(-150, 140));
            assertThat(format.dtype.round(value)).as("%s", value).isEqualTo(format.nearest(new BigDecimal(value)));
        }
    }
}
