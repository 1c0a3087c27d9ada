package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    /** So that an adapter that is slow, or fails at everything, is not asked for a smaller call for ever. */
    @Test
    void theSearchForASmallerCallIsPaidForAndEnds() {
        assertThatNoException().isThrownBy(() -> {
            Violations none = violations();
            for (int call = 0; call < 2000; call++) {
                none.payFor(1_000_000); // nothing was seen: these are no smaller calls
            }
        });
        Violations calls = violations();
        Violation seen = calls.of("output");
        for (int call = 0; call < 1000; call++) {
            calls.payFor(0);
        }
        assertThatThrownBy(() -> calls.payFor(0)).isSameAs(seen);
        Violations elements = violations();
        elements.of("output");
        elements.payFor(1_999_999);
        elements.payFor(1);
        assertThatThrownBy(() -> elements.payFor(1)).isInstanceOf(Violation.class);
    }

    private static Violations violations() {
        Session session = new Session(new ReferenceImplementation(1), Tier.QUICK, 1, id -> {});
        return new CheckRun(session, Specification.embedded().requirement("NUM-2"), Optional.empty(), Set.of())
                .violations();
    }
}
