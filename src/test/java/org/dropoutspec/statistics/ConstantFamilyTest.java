package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConstantFamilyTest {
    /** ln E of a check that has a share among some sixty. */
    private static final double THRESHOLD = 25;

    private static final Design DESIGN = Design.of(0x1p-20, 0.5, 0.9);

    /** Calls of many sizes at two rates, 40,000 elements and more; {@code kept} where no call drops. */
    private static Family observed(int calls, IntPredicate kept) {
        SplittableRandom random = new SplittableRandom(3);
        Family family = Family.constants(DESIGN);
        for (int call = 0; call < calls; call++) {
            double rate = call % 2 == 0 ? 0.5 : 0.9;
            int size = 40_000 + 101 * call;
            family.observe(Masks.flat(rate, Masks.of(size, i -> random.nextDouble() < rate && !kept.test(i))));
        }
        return family;
    }

    /** 28 calls at .9 and as many at .5 are worth 64 + 19 nats; 2^17 indices of two sides cost 13. */
    @Test
    void aSingleIndexThatIsNeverDroppedIsFoundAndNamed() {
        Family family = observed(56, i -> i == 32_767);
        assertThat(family.logE()).isGreaterThan(THRESHOLD);
        Finding strongest = family.strongest().orElseThrow();
        assertThat(strongest.place()).isEqualTo(new Place.Index(32_767));
        assertThat(strongest.dropped()).isZero();
        assertThat(strongest.elements()).isEqualTo(28);
        assertThat(strongest.stratum().rate()).isEqualTo(0.9);
    }

    @Test
    void soundMasksShowNothing() {
        assertThat(observed(56, i -> false).logE()).isNegative();
    }

    /** What drops nothing at all breaks another requirement. */
    @Test
    void aWrongRateIsNoEvidence() {
        assertThat(observed(56, i -> true).logE()).isLessThan(THRESHOLD / 2);
    }

    /** At most fair: the mean of what it pays over all 2^9 pasts of a call of two and one of three elements, one at 1/4. */
    @Test
    void theExpectationIsAtMostOne() {
        Design design =
                new Design(List.of(new Stratum(DType.FLOAT32, 0.5), new Stratum(DType.FLOAT64, 0.25)), 0, Rows.NONE);
        double mean = 0;
        for (int first = 0; first < 4; first++) {
            for (int second = 0; second < 8; second++) {
                Family family = Family.constants(design);
                family.observe(Draw.of(design.strata().get(0), Shape.of(2), PackedMask.ofWords(2, first)));
                family.observe(Draw.of(design.strata().get(1), Shape.of(3), PackedMask.ofWords(3, second)));
                mean += Masks.probability(first, 2, 0.5) * Masks.probability(second, 3, 0.25) * Math.exp(family.logE());
            }
        }
        assertThat(mean).isLessThanOrEqualTo(1);
    }

    /** A process that begins as the one before did shows nothing new, until a seed is set. */
    @Test
    void whatANewProcessDrawsAgainIsNoEvidence() {
        Draw draw = Masks.flat(0.5, Masks.random(new SplittableRandom(4), 1000, 0.5));
        Family family = Family.constants(Design.of(0, 0.5));
        family.observe(draw);
        double once = family.logE();
        family.restarted();
        family.observe(draw);
        assertThat(family.logE()).isLessThanOrEqualTo(once);
    }
}
