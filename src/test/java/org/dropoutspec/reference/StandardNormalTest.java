package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Each pair of numbers is a point whose distance and direction are what two words of the generator say. */
class StandardNormalTest {
    private static final double ULPS = 1e-14; // some ten roundings of numbers below 50, each of 2^-53

    @Test
    void distanceAndDirectionOfEachPairAreThoseOfItsWords() {
        long seed = 0x9E37_79B9_7F4A_7C15L;
        long draw = 3;
        double[] normal = StandardNormal.draw(40, seed, draw);
        for (int i = 0; i < normal.length; i += 2) {
            int[] words = Philox4x32.words(seed, draw, i / 4);
            double u = (Integer.toUnsignedLong(words[i % 4]) + 0.5) / 4294967296.0;
            double v = (Integer.toUnsignedLong(words[i % 4 + 1]) + 0.5) / 4294967296.0;
            double squared = normal[i] * normal[i] + normal[i + 1] * normal[i + 1];
            assertThat(Math.exp(-squared / 2)).isCloseTo(u, within(ULPS));
            double turns = Math.atan2(normal[i + 1], normal[i]) / (2 * Math.PI);
            assertThat(turns < 0 ? turns + 1 : turns).isCloseTo(v, within(ULPS));
        }
    }

    @Test
    void aShorterDrawIsTheBeginningOfALongerOne() {
        double[] whole = StandardNormal.draw(12, 7, 0);
        for (int size = 0; size < whole.length; size++) {
            assertThat(StandardNormal.draw(size, 7, 0)).hasSize(size);
            for (int i = 0; i < size; i++) {
                assertThat(StandardNormal.draw(size, 7, 0)[i]).isEqualTo(whole[i]);
            }
        }
    }
}
