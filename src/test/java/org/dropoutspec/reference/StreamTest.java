package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What the masks of a stream depend on: seed, number of the draw, shape and rate, and nothing else. */
class StreamTest {
    private static final long SEED = 0x1234_5678_9abc_def0L;
    private static final Shape WIDE = Shape.of(128);

    @Test
    void theNthDrawIsAFunctionOfSeedAndNumber() {
        Dropout dropout = new Dropout(SEED);
        for (int draw = 0; draw < 4; draw++) {
            assertThat(dropout.drawMask(WIDE, 0.5)).isEqualTo(BernoulliMask.draw(WIDE, 0.5, SEED, draw));
        }
    }

    @Test
    void drawsOfOtherShapesAndRatesCountLikeAnyOther() {
        Dropout dropout = new Dropout(SEED);
        dropout.drawMask(Shape.of(3, 5), 0.9);
        dropout.drawMask(Shape.of(0), 0.5);
        dropout.drawMask(Shape.of(), 0);
        assertThat(dropout.drawMask(WIDE, 0.5)).isEqualTo(BernoulliMask.draw(WIDE, 0.5, SEED, 3));
    }

    @Test
    void reseedingBeginsAnew() {
        Dropout dropout = new Dropout(1);
        dropout.drawMask(WIDE, 0.5);
        dropout.reseed(SEED);
        assertThat(dropout.drawMask(WIDE, 0.5)).isEqualTo(new Dropout(SEED).drawMask(WIDE, 0.5));
    }

    @Test
    void aRejectedDrawDrawsNothing() {
        Dropout dropout = new Dropout(SEED);
        assertThatThrownBy(() -> dropout.drawMask(WIDE, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(dropout.drawMask(WIDE, 0.5)).isEqualTo(BernoulliMask.draw(WIDE, 0.5, SEED, 0));
    }

    /** Two independent masks of 128 elements at rate .5 are equal with probability 2^-128. */
    @Test
    void everyBitOfTheSeedCounts() {
        Tensor mask = BernoulliMask.draw(WIDE, 0.5, SEED, 0);
        for (int bit = 0; bit < 64; bit++) {
            assertThat(BernoulliMask.draw(WIDE, 0.5, SEED ^ 1L << bit, 0))
                    .as("bit %d", bit)
                    .isNotEqualTo(mask);
        }
    }

    @Test
    void draws2To32ApartDiffer() {
        assertThat(BernoulliMask.draw(WIDE, 0.5, SEED, 1L << 32)).isNotEqualTo(BernoulliMask.draw(WIDE, 0.5, SEED, 0));
    }
}
