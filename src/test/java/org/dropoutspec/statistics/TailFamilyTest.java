package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loop over what is left over goes wrong at one remainder, and a special case at one size. */
class TailFamilyTest {
    private static final double RATE = 0.5;
    /** ln 1e14: more than any share of a run. */
    private static final double ENOUGH = 32;

    @ParameterizedTest(name = "the last of what vectors of {0} leave over, where that is {1}")
    @CsvSource({"4, 3", "8, 7", "8, 1", "16, 15", "32, 31", "64, 40"})
    void theLastElementOfOneRemainder(int width, int left) {
        Family family = Family.tails(Design.of(0x1p-20, RATE));
        SplittableRandom random = new SplittableRandom(width + left);
        for (int call = 0; call < 120; call++) {
            // sizes beyond those that are counted by themselves
            int size = 64 + width * random.nextInt(20) + left;
            wrong(family, random, size, size - 1);
            wrong(family, random, 64 + random.nextInt(1000), -1);
        }
        assertThat(family.logE()).isGreaterThan(ENOUGH);
    }

    @ParameterizedTest(name = "element {1} of calls of {0}")
    @CsvSource({"3, 0", "31, 30", "64, 63", "24, 23", "7, 6"})
    void anElementOfOneSize(int size, int index) {
        Family family = Family.tails(Design.of(0x1p-20, RATE));
        SplittableRandom random = new SplittableRandom(size);
        for (int call = 0; call < 100; call++) {
            for (int other = 1; other <= 64; other++) {
                wrong(family, random, other, other == size ? index : -1);
            }
        }
        assertThat(family.logE()).isGreaterThan(ENOUGH);
        assertThat(family.strongest().orElseThrow().place()).isEqualTo(new Place.OfSize(size, index));
    }

    /** A mask of which this element is always kept. */
    private static void wrong(Family family, SplittableRandom random, int size, int kept) {
        PackedMask mask = Masks.random(random, size, RATE);
        family.observe(Draw.of(RATE, Shape.of(size), Masks.of(size, i -> i != kept && mask.dropped(i))));
    }

    @Test
    void whatIsCountedIsWhatASlowCountCounts() {
        Family family = Family.tails(Design.of(0, RATE));
        SplittableRandom random = new SplittableRandom(9);
        long elements = 0;
        long dropped = 0;
        for (int call = 0; call < 200; call++) {
            int size = 1 + random.nextInt(200);
            PackedMask mask = Masks.random(random, size, RATE);
            family.observe(Draw.of(RATE, Shape.of(size), mask));
            if (size % 16 == 11) {
                elements++;
                dropped += mask.dropped(size - size % 16 + 4) ? 1 : 0;
            }
        }
        Finding found = family.findings().stream()
                .filter(finding -> finding.place().equals(new Place.TailOf(16, 11, 4)))
                .findFirst()
                .orElseThrow();
        assertThat(found.elements()).isEqualTo(elements);
        assertThat(found.dropped()).isEqualTo(dropped);
    }
}
