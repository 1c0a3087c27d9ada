package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.special.Beta;
import org.junit.jupiter.api.Test;

/** The bound on how many elements of independent masks differ, held to the exact binomial distribution. */
class AgreementTest {
    @Test
    void independentMasksAreTooFarApartWithNoMoreThanTheLevel() {
        int fewest = fewest(0);
        assertThat(2 * atMost(fewest - 1, 0.5)).isPositive().isLessThan(MaskAgreement.LEVEL);
    }

    @Test
    void aRateThatIsOffByTheResolutionIsNoDependence() {
        double r = 0x1p-5;
        // both dropped at .5 + r, or one at .5 + r and the other at .5 - r: the least and the most that differ
        assertThat(2 * atMost(fewest(r) - 1, 0.5 - 2 * r * r)).isLessThan(MaskAgreement.LEVEL);
    }

    @Test
    void aSixthOfCorrelationShows() {
        assertThat(MaskAgreement.isTooFar((int) (MaskAgreement.ELEMENTS / 2 * (1 - 0.16)), 0x1p-20))
                .isTrue();
        assertThat(MaskAgreement.isTooFar(MaskAgreement.ELEMENTS / 2, 0)).isFalse();
    }

    private static int fewest(double resolution) {
        int differences = 0;
        while (MaskAgreement.isTooFar(differences, resolution)) {
            differences++;
        }
        return differences;
    }

    /** P(X <= k), X the number of heads among all elements. */
    private static double atMost(int k, double heads) {
        return Beta.regularizedBeta(1 - heads, MaskAgreement.ELEMENTS - k, k + 1);
    }
}
