package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IeeeTest {
    @ParameterizedTest
    @CsvSource({
        // known words
        "FLOAT16, 1, 3c00",
        "FLOAT16, -2, c000",
        "FLOAT16, 0.1, 2e66",
        "FLOAT16, 65504, 7bff",
        "BFLOAT16, 1, 3f80",
        "BFLOAT16, 0.1, 3dcd",
        "FLOAT32, 1, 3f800000",
        "FLOAT32, 0.1, 3dcccccd",
        "FLOAT32, 16777216, 4b800000",
        "FLOAT64, 0.1, 3fb999999999999a",
        "FLOAT64, -1.5, bff8000000000000",
        // halfway: to the even neighbour, up and down
        "FLOAT16, 2049, 6800",
        "FLOAT16, 2051, 6802",
        "FLOAT16, 2049.0001, 6801",
        "BFLOAT16, 257, 4380",
        "BFLOAT16, 259, 4382",
        "FLOAT32, 16777217, 4b800000",
        "FLOAT32, 16777219, 4b800002",
        "FLOAT64, 9007199254740993, 4340000000000000",
        "FLOAT64, 9007199254740995, 4340000000000002",
        // up into the next power of two
        "FLOAT16, 2047.9, 6800",
        "FLOAT32, 0.99999999, 3f800000",
        // overflow: half a unit above the largest number, and just below that
        "FLOAT16, 65520, 7c00",
        "FLOAT16, 65519.999, 7bff",
        "FLOAT16, -1e9, fc00",
        "FLOAT32, 340282356779733661637539395458142568448, 7f800000",
        "FLOAT32, 340282356779733661637539395458142568447, 7f7fffff",
        "BFLOAT16, 3.4e38, 7f80",
        "BFLOAT16, 3.39e38, 7f7f",
        "FLOAT64, 1.7976931348623159e308, 7ff0000000000000",
        "FLOAT64, 1.7976931348623158e308, 7fefffffffffffff",
        // subnormal numbers, and the border to them
        "FLOAT16, 0.00000005960464477539063, 0001",
        "FLOAT16, 6.1e-5, 03ff",
        "FLOAT16, 6.103515625e-5, 0400",
        "FLOAT32, 1e-45, 00000001",
        "FLOAT32, 1.1754942e-38, 007fffff",
        "FLOAT32, 1.17549435e-38, 00800000",
        "FLOAT64, 5e-324, 0000000000000001",
        "BFLOAT16, 1e-40, 0001",
        // underflow: half the smallest number goes to the even 0, more than that does not; the sign stays
        "FLOAT16, 2.98023223876953125e-8, 0000",
        "FLOAT16, 2.98023223876953126e-8, 0001",
        "FLOAT32, -7e-46, 80000000",
        "FLOAT64, -2e-324, 8000000000000000",
        "FLOAT32, 0, 00000000",
        "FLOAT32, -0, 80000000"
    })
    void roundsDecimalsToTheNearestWord(Ieee format, String decimal, String hex) {
        long word = Rendering.word(format, decimal);
        assertThat(WordType.of(format.dtype()).hex(word)).isEqualTo(hex);
    }

    @ParameterizedTest
    @EnumSource(Ieee.class)
    void everyFiniteWordRoundsToItselfAndAgreesWithTheTensorsOfTheSuite(Ieee format) {
        long seed = 20260101;
        Random random = new Random(seed);
        long count = format.signBit() > 1 << 15 ? 20_000 : 2 * format.signBit();
        for (long i = 0; i < count; i++) {
            long word =
                    count < 1 << 17 && format.signBit() <= 1 << 15 ? i : random.nextLong() & 2 * format.signBit() - 1;
            boolean sound = format.isNaN(word) == format.dtype().isNaN(word);
            if (format.isFinite(word) && !format.isZero(word)) {
                Rational exact = format.exact(word);
                BigDecimal decimal = new BigDecimal(format.dtype().value(word));
                sound &= format.round(exact) == word && exact.compareTo(Rational.of(decimal)) == 0;
            }
            if (!sound) { // an assertion for each of so many words takes longer than the words
                fail(
                        "word %x, seed %d: is NaN %s, suite %s",
                        word, seed, format.isNaN(word), format.dtype().value(word));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Ieee.class)
    void roundsLikeTheSuiteWhatLiesBetweenItsNumbers(Ieee format) {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(300) - 170);
            DType dtype = format.dtype();
            assertThat(format.round(Rational.of(new BigDecimal(value))))
                    .as("%s as %s, seed %d", value, dtype, seed)
                    .isEqualTo(dtype.round(value));
        }
    }

    @Test
    void aFractionBetweenTwoWordsGoesToTheNearer() {
        // 1 + 2^-24 + 2^-80: beyond the tie of float32 by what double precision cannot hold
        Rational beyond = Rational.ONE.plus(Rational.powerOfTwo(-24)).plus(Rational.powerOfTwo(-80));
        assertThat(Ieee.FLOAT32.round(beyond)).isEqualTo(0x3f800001L);
        assertThat(Ieee.FLOAT32.round(
                        Rational.scaled(BigInteger.ONE.shiftLeft(24).add(BigInteger.ONE), -24)))
                .isEqualTo(0x3f800000L);
    }
}
