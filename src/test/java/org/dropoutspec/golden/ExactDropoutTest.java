package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.dropoutspec.golden.exact.ExactDropout;
import org.dropoutspec.golden.exact.PaperPhilox;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.Philox4x32;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the exact derivation and the reference to each other, where the vectors do not go. */
class ExactDropoutTest {
    private static final long SEED = 4;

    @ParameterizedTest
    @EnumSource(Ieee.class)
    void theReferenceIsWithinTheRelationOfEveryWord(Ieee format) {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            double rate = random.nextInt(4) == 0 ? 0.5 : random.nextDouble();
            Tensor x = Tensor.ofBits(format.dtype(), Shape.of(1), random.nextLong() & 2 * format.signBit() - 1);
            Tensor mask = Tensor.ofBooleans(Shape.of(1), random.nextBoolean());
            Expected expected = new ExactDropout(format.dtype(), rate, Choices.defaults()).training(x, mask);
            long got = Dropout.forward(x, mask, rate).bits(0);
            assertThat(expected.relations()
                            .get(0)
                            .holds(format.dtype(), expected.tensor().bits(0), got))
                    .as("rate %s, x %s, mask %s: expected %s, got %x; seed %d", rate, x, mask, expected, got, SEED)
                    .isTrue();
        }
    }

    @Test
    void theTwoGeneratorsAgree() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            long seed = random.nextLong();
            long draw = random.nextLong();
            long block = random.nextLong();
            int[] words = Philox4x32.words(seed, draw, block);
            for (int word = 0; word < 4; word++) {
                assertThat(PaperPhilox.words(seed, draw, block)[word]).isEqualTo(Integer.toUnsignedLong(words[word]));
            }
            double rate = random.nextDouble();
            assertThat(PaperPhilox.threshold(rate).longValueExact()).isEqualTo(BernoulliMask.threshold(rate));
        }
        assertThat(PaperPhilox.mask(Shape.of(3000), 0.3, SEED, 0))
                .isEqualTo(BernoulliMask.draw(Shape.of(3000), 0.3, SEED, 0));
    }
}
