package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

class CheckRunTest {
    /**
     * jqwik discards a smaller call that fails on another line of the property, and looks behind it: NUM-2, which looks
     * at the output and then at the gradient, once kept it busy for as long as anyone would wait.
     */
    @Test
    void aViolationSeenByAnotherLineOfTheCheckIsTheSameFailureToJqwik() {
        Session session = new Session(new ReferenceImplementation(1), Tier.QUICK, 1, id -> {});
        CheckRun run = new CheckRun(session, Specification.embedded().requirement("NUM-2"), Optional.empty(), Set.of());
        assertThat(run.violations().any()).isFalse();
        Violation output = run.violation("output");
        Violation gradient = run.violation("gradient");
        assertThat(gradient.getStackTrace()).isEqualTo(output.getStackTrace());
        assertThat(gradient.finding()).isEqualTo("gradient");
        assertThat(run.violations().any()).isTrue();
    }
}
