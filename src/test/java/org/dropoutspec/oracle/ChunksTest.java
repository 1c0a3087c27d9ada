package org.dropoutspec.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The quick look lets nothing pass that the oracle would refuse, and lets pass what is rounded once. */
class ChunksTest {
    private static final double[] RATES = {0.05, 0.1, 1 / 3.0, 0.5, 0.9, 0.9990234375};

    private final Chunks chunks = new Chunks();

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void whatPassesAtOnceIsWithinTheUlpsOfTheOracle(DType dtype) {
        SplittableRandom random = new SplittableRandom(1);
        for (int n = 0; n < 200_000; n++) {
            double rate = RATES[n % RATES.length];
            long x = finite(dtype, random.nextLong());
            long expected = Scaled.quotient(dtype, x, rate);
            long got = expected + random.nextInt(-6, 7) & mask(dtype);
            boolean zero = (got & ~dtype.signBit()) == 0;
            if (passes(dtype, x, got, rate) && !zero) {
                assertThat(Scaled.close(dtype, expected, got, Scaled.ULPS))
                        .as("%s %s at rate %s gave %s", dtype, dtype.text(x), rate, dtype.text(got))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32"})
    void theQuotientRoundedOncePassesUnlessItOverflows(DType dtype) {
        SplittableRandom random = new SplittableRandom(2);
        for (int n = 0; n < 200_000; n++) {
            double rate = RATES[n % RATES.length];
            long x = finite(dtype, random.nextLong());
            long got = Scaled.quotient(dtype, x, rate);
            if ((got & ~dtype.signBit()) < dtype.infinity()) {
                assertThat(passes(dtype, x, got, rate))
                        .as("%s %s at rate %s", dtype, dtype.text(x), rate)
                        .isTrue();
            }
        }
    }

    @Test
    void everyNumberOfAHalfTypeIsToldFromItsNeighbourByFourUlps() {
        for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            for (long x = 1; x < dtype.infinity(); x++) {
                long quotient = Scaled.quotient(dtype, x, 0.1);
                if (quotient + 4 < dtype.infinity()) {
                    assertThat(passes(dtype, x, quotient, 0.1)).isTrue();
                    assertThat(passes(dtype, x, quotient + 4, 0.1)).isFalse();
                    assertThat(passes(dtype, x, quotient - 4 & mask(dtype), 0.1) && quotient != 4)
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void anInfinityOrANotANumberDoesNotPass(DType dtype) {
        long largest = dtype.infinity() - 1;
        assertThat(passes(dtype, largest, dtype.infinity(), 0.5)).isFalse();
        assertThat(passes(dtype, largest, dtype.infinity() + 1, 0.5)).isFalse();
        assertThat(passes(dtype, dtype.round(1), dtype.infinity() + 1, 0.5)).isFalse();
    }

    private boolean passes(DType dtype, long x, long got, double rate) {
        return chunks.scaledOrZero(
                Tensor.ofBits(dtype, Shape.of(1), x), Tensor.ofBits(dtype, Shape.of(1), got), rate, true);
    }

    private static long finite(DType dtype, long bits) {
        long x = bits & mask(dtype);
        return (x & ~dtype.signBit()) < dtype.infinity() ? x : dtype.round(1);
    }

    private static long mask(DType dtype) {
        return dtype == DType.FLOAT64 ? -1 : (1L << 8 * dtype.bytes()) - 1;
    }
}
