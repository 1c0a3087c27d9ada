package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.contract.Tier;
import org.dropoutspec.selftest.Extent;
import org.dropoutspec.selftest.SelfTest;
import org.dropoutspec.selftest.SelfTestResult;
import org.junit.jupiter.api.Test;

/** No requirement finds fault with an implementation that is sound in one of the ways that can be declared. */
class SoundImplementationsTest {
    @Test
    void nothingIsFound() {
        SelfTestResult result = new SelfTest(Tier.QUICK, 1, mutant -> false, name -> {}).run(Extent.OWN);
        assertThat(result.sound()).hasSameSizeAs(SoundImplementations.all());
        assertThat(result.faulted()).as(String.join("\n", result.lines())).isEmpty();
        assertThat(result.exitStatus()).isZero();
    }
}
