package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskAgreementTest {
    /** K is kept, D dropped. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "KKKK, true",
        "KDKD, true",
        "KDDKDDK, true",
        "KDDKDD, true",
        "KDDKD, false",
        "KDDDKD, false",
        "KDKK, false",
        "KKKKKKKKKKKKKDDDDDDDDDDD, true",
        "KKKKKDKKKDDKDDDKDDDDDDDD, false",
        "KKDKDDKDKKDKDKKDKDDKDKKDKDDKDKDD, true",
        "K, false"
    })
    void aMaskRepeatsItselfWhereItsBeginningComesTwiceNearlySoOrItIsSorted(String mask, boolean repeats) {
        boolean[] kept = new boolean[mask.length()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.charAt(i) == 'K';
        }
        assertThat(MaskAgreement.repeatsItself(Tensor.ofBooleans(Shape.of(kept.length), kept)))
                .isEqualTo(repeats);
    }
}
