package org.dropoutspec.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DTypeTest {
    @ParameterizedTest
    @CsvSource({
        "FLOAT16,  2,   7c00,             8000",
        "BFLOAT16, 2,   7f80,             8000",
        "FLOAT32,  4,   7f800000,         80000000",
        "FLOAT64,  8,   7ff0000000000000, 8000000000000000"
    })
    void infinityAndSignAreThoseOfTheFormat(DType dtype, int bytes, String infinity, String sign) {
        assertThat(dtype.bytes()).isEqualTo(bytes);
        assertThat(Long.toHexString(dtype.infinity())).isEqualTo(infinity);
        assertThat(Long.toHexString(dtype.signBit())).isEqualTo(sign);
        assertThat(dtype.value(dtype.infinity())).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(dtype.isNaN(dtype.infinity())).isFalse();
        assertThat(dtype.isNaN(dtype.infinity() + 1)).isTrue();
        assertThat(dtype.isNaN(dtype.signBit() | dtype.infinity() + 1)).isTrue();
        assertThat(dtype.largest()).isEqualTo(dtype.value(dtype.infinity() - 1));
        assertThat(dtype.smallestNormal()).isEqualTo(dtype.value(1L << dtype.fractionBits()));
        assertThat(dtype.roundoff()).isEqualTo((dtype.value(dtype.round(1) + 1) - 1) / 2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "INT32", "INT64"})
    void theSignOfAZeroIsKept(DType dtype) {
        assertThat(dtype.round(0.0)).isZero();
        assertThat(dtype.round(-0.0)).isEqualTo(dtype.signBit());
        assertThat(1 / dtype.value(dtype.signBit())).isEqualTo(Double.NEGATIVE_INFINITY);
        // half of the smallest number is a tie, and 0 is the even one
        double half = Math.scalb(1.0, dtype.minExponent() - dtype.fractionBits() - 1);
        assertThat(dtype.round(-half)).isEqualTo(dtype.signBit());
    }

    @Test
    void float32RoundsMidpointsToTheEvenPattern() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            int pattern = random.nextInt(0x7f7fffff);
            double midpoint = ((double) Float.intBitsToFloat(pattern) + Float.intBitsToFloat(pattern + 1)) / 2;
            assertThat(DType.FLOAT32.round(midpoint)).isEqualTo(pattern + pattern % 2);
            assertThat(DType.FLOAT32.round(Math.nextDown(midpoint))).isEqualTo(pattern);
            assertThat(DType.FLOAT32.round(-Math.nextUp(midpoint))).isEqualTo(pattern + 1 | 0x80000000L);
        }
    }

    @Test
    void float64KeepsEveryBit() {
        long payload = 0xfff8_0000_0000_0003L;
        assertThat(DType.FLOAT64.round(DType.FLOAT64.value(payload))).isEqualTo(payload);
        assertThat(DType.FLOAT64.round(Double.MIN_VALUE)).isEqualTo(1);
    }

    @Test
    void boolStandsForZeroAndOne() {
        assertThat(DType.BOOL.round(0)).isZero();
        assertThat(DType.BOOL.round(-0.5)).isEqualTo(1);
        assertThat(DType.BOOL.value(1)).isEqualTo(1);
        assertThat(DType.BOOL.isNaN(1)).isFalse();
        assertThat(DType.BOOL.isFloating()).isFalse();
    }

    @Test
    void integersAreInTwosComplement() {
        assertThat(DType.INT32.round(-1)).isEqualTo(0xFFFF_FFFFL);
        assertThat(DType.INT32.value(0xFFFF_FFFEL)).isEqualTo(-2);
        assertThat(DType.INT64.value(DType.INT64.round(-0x1p40))).isEqualTo(-0x1p40);
        assertThat(DType.INT32.isInteger() && DType.INT64.isInteger()).isTrue();
        assertThat(DType.INT32.isFloating() || DType.INT32.isNaN(0x7FFF_FFFF)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT16,  3c00, 1.0",
        "FLOAT16,  8000, -0.0",
        "FLOAT16,  7c00, Infinity",
        "BFLOAT16, 7f80, Infinity",
        "BFLOAT16, ffc1, NaN",
        "FLOAT32,  3dcccccd, 0.1",
        "FLOAT64,  3fb999999999999a, 0.1",
        "FLOAT64,  3fb99999a0000000, 0.10000000149011612",
        "BOOL,     1, 1.0"
    })
    void textIsWhatAPersonReads(DType dtype, String bits, String text) {
        assertThat(dtype.text(Long.parseUnsignedLong(bits, 16))).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void theNameOnTheWireFindsTheType(DType dtype) {
        assertThat(DType.named(dtype.toString())).isSameAs(dtype);
        assertThat(dtype.toString()).isLowerCase();
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> DType.named("float8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dtype (float8) must be one of float16, bfloat16, float32, float64, bool, int32, int64");
    }
}
