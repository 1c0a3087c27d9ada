package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

class HearingTest {
    /**
     * jqwik discards a smaller call that fails on another line of the property, and looks behind it: NUM-2, which looks
     * at the output and then at the gradient, once kept it busy for as long as anyone would wait.
     */
    @Test
    void aViolationSeenByAnotherLineOfTheCheckIsTheSameFailureToJqwik() {
        Hearing hearing = new Hearing(null, Specification.embedded().requirement("NUM-2"), Optional.empty(), Set.of());
        assertThat(hearing.isShrinking()).isFalse();
        Violation output = hearing.violation("output");
        Violation gradient = hearing.violation("gradient");
        assertThat(gradient.getStackTrace()).isEqualTo(output.getStackTrace());
        assertThat(gradient.finding()).isEqualTo("gradient");
        assertThat(hearing.isShrinking()).isTrue();
    }
}
