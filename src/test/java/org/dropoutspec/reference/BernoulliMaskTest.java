package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BernoulliMaskTest {
    private static final BigDecimal WORDS = BigDecimal.valueOf(1L << 32);

    @ParameterizedTest
    @CsvSource({
        "0,         0",
        "-0.0,      0",
        "0x1p-1074, 1",
        "0x1p-32,   1",
        "0x1.0000000000001p-32, 2",
        "0.1,       429496730",
        "0.5,       2147483648",
        "0x1.fffffffffffffp-1, 4294967296",
        "1,         4294967296"
    })
    void thresholdIsTheRateInUnitsOfAWordRoundedUp(double rate, long threshold) {
        assertThat(BernoulliMask.threshold(rate)).isEqualTo(threshold);
    }

    @Test
    void thresholdIsExactAtEveryRate() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            // half of them next to a multiple of 2^-32, where a rounding would show
            double near = Math.scalb((double) random.nextLong(1, 1L << 32), -32);
            double rate = i % 4 == 0 ? Math.nextUp(near) : i % 4 == 1 ? Math.nextDown(near) : random.nextDouble();
            long exact = new BigDecimal(rate)
                    .multiply(WORDS)
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
            assertThat(BernoulliMask.threshold(rate)).as("rate %s", rate).isEqualTo(exact);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // word, threshold, kept
        "0,          0,          1",
        "0,          1,          0",
        "1,          1,          1",
        "429496729,  429496730,  0",
        "429496730,  429496730,  1",
        "429496731,  429496730,  1",
        "2147483647, 2147483648, 0",
        "2147483648, 2147483648, 1",
        "4294967295, 2147483649, 1",
        "4294967294, 4294967295, 0",
        "4294967295, 4294967295, 1",
        "4294967295, 4294967296, 0"
    })
    void anElementIsKeptWhenItsWordIsNotBelowTheThreshold(long word, long threshold, byte kept) {
        assertThat(BernoulliMask.kept(word, threshold)).isEqualTo(kept);
    }

    /** 1024 elements are one batch: sizes around it, around two of them, and no multiple of a block's four words. */
    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 2, 3, 4, 5, 1019, 1020, 1021, 1022, 1023, 1024, 1025, 1026, 1027, 1028, 2047, 2048, 2050})
    void elementTakesItsWordOfItsBlockWhateverTheSize(int size) {
        long seed = 0xfedcba98_76543210L;
        Tensor mask = BernoulliMask.draw(Shape.of(size), 0.3, seed, 5);
        assertThat(mask.dtype()).isEqualTo(DType.BOOL);
        for (int i = 0; i < size; i++) {
            int word = Philox4x32.words(seed, 5, i / 4)[i % 4];
            boolean kept = Integer.toUnsignedLong(word) >= BernoulliMask.threshold(0.3);
            assertThat(mask.bool(i)).as("element %d of %d", i, size).isEqualTo(kept ? 1 : 0);
        }
    }

    @Test
    void elementsAreCountedInRowMajorOrder() {
        Tensor flat = BernoulliMask.draw(Shape.of(24), 0.5, 7, 0);
        assertThat(BernoulliMask.draw(Shape.of(2, 3, 4), 0.5, 7, 0)).isEqualTo(flat.reshaped(Shape.of(2, 3, 4)));
    }

    @Test
    void theEndsAreExact() {
        assertThat(BernoulliMask.draw(Shape.of(3000), 0, 1, 0)).isEqualTo(Tensor.full(DType.BOOL, Shape.of(3000), 1));
        assertThat(BernoulliMask.draw(Shape.of(3000), 1, 1, 0)).isEqualTo(Tensor.full(DType.BOOL, Shape.of(3000), 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0x1p-1074, 1.0000000000000002, Double.POSITIVE_INFINITY, -1, 50})
    void whatIsNoProbabilityIsRejected(double rate) {
        assertThatThrownBy(() -> BernoulliMask.draw(Shape.of(1), rate, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate (" + rate + ") must be in [0, 1]");
    }
}
