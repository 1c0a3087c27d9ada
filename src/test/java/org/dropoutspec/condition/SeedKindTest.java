package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedKindTest {
    @ParameterizedTest
    @CsvSource({"53, 32", "33, 32", "32, 31", "31, 30", "17, 16"})
    void largeSeedsAreTheUpperOnesOfWhatIsTaken(int bits, int from) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(SeedKind.LARGE.draw(bits, random)).isBetween(1L << from, (1L << bits) - 1);
            assertThat(SeedKind.SMALL.draw(bits, random)).isBetween(0L, 65_535L);
        }
    }

    @ParameterizedTest
    @CsvSource({"53, true", "17, true", "16, false"})
    void sixteenBitsHaveNoLargeSeeds(int bits, boolean large) {
        assertThat(Scopes.withSeedBits(bits).allows(Factor.SEED.level(SeedKind.LARGE.ordinal())))
                .isEqualTo(large);
    }
}
