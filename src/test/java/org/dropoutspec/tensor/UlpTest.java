package org.dropoutspec.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UlpTest {
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "INT32", "INT64"})
    void countsStepsAcrossZeroAndUpToInfinity(DType dtype) {
        long sign = dtype.signBit();
        assertThat(Ulp.distance(dtype, 0, sign)).isZero();
        assertThat(Ulp.distance(dtype, 1, sign)).isEqualTo(1);
        assertThat(Ulp.distance(dtype, sign | 1, 1)).isEqualTo(2);
        assertThat(Ulp.distance(dtype, dtype.infinity(), dtype.infinity() - 1)).isEqualTo(1);
        assertThat(Ulp.distance(dtype, sign | dtype.infinity(), sign | dtype.infinity() - 1))
                .isEqualTo(1);
        assertThat(Ulp.distance(dtype, dtype.round(1), dtype.round(2))).isEqualTo(1L << dtype.fractionBits());
    }

    @Test
    void isTheNumberOfNumbersBetween() {
        // every finite float16 in ascending order; -0 and +0 are one number
        int[] ascending = new int[2 * 0x7c00 - 1];
        for (int i = 0; i < ascending.length; i++) {
            int step = i - 0x7bff;
            ascending[i] = step < 0 ? 0x8000 - step : step;
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            int a = random.nextInt(ascending.length);
            int b = random.nextInt(ascending.length);
            assertThat(DType.FLOAT16.value(ascending[Math.min(a, b)]))
                    .isLessThanOrEqualTo(DType.FLOAT16.value(ascending[Math.max(a, b)]));
            assertThat(Ulp.distance(DType.FLOAT16, ascending[a], ascending[b])).isEqualTo(Math.abs(a - b));
        }
    }

    @Test
    void saturatesWhereALongCannotCount() {
        long infinity = DType.FLOAT64.infinity();
        assertThat(Ulp.distance(DType.FLOAT64, infinity, DType.FLOAT64.signBit() | infinity))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Ulp.distance(DType.FLOAT64, DType.FLOAT64.round(1), DType.FLOAT64.round(-1)))
                .isEqualTo(2 * DType.FLOAT64.round(1));
    }

    @Test
    void aNaNHasNoDistance() {
        assertThatThrownBy(() -> Ulp.distance(DType.FLOAT16, 0x7c01, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a NaN has no distance in ulp");
        assertThatThrownBy(() -> Ulp.distance(DType.FLOAT16, 0, 0xfe00)).hasMessage("a NaN has no distance in ulp");
    }
}
