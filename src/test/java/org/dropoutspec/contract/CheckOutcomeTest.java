package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

/** From how a check ended to its verdict: what comes before what. */
class CheckOutcomeTest {
    private static final Requirement REQUIREMENT = Specification.embedded().requirement("FWD-1");
    private static final Violation VIOLATION = new Violation(REQUIREMENT, "index 0", List.of(), List.of());
    private static final Undecided UNDECIDED = new Undecided(REQUIREMENT, "the budget ended");
    private static final PropertyExecutionResult PASSED = ended(Status.SUCCESSFUL, null);

    private final CheckOutcome outcome = new CheckOutcome(Optional.empty());

    @Test
    void aPassTellsHowManyCallsWereAnswered() {
        outcome.answered();
        outcome.answered();
        outcome.completed();
        assertThat(outcome.verdict(PASSED)).isEqualTo(new Verdict.Pass("", Map.of("calls", 2L)));
    }

    @Test
    void aPassThatCertifiesMoreTellsThat() {
        outcome.answered();
        outcome.certify("within 1e-2");
        assertThat(outcome.verdict(PASSED)).isEqualTo(new Verdict.Pass("within 1e-2", Map.of()));
    }

    @Test
    void whatCannotBeAskedAtAllIsNotAskedWhateverHappens() {
        Verdict.Unsupported obstacle = new Verdict.Unsupported("needs the capability backward");
        CheckOutcome never = new CheckOutcome(Optional.of(obstacle));
        assertThat(never.isOver()).isTrue();
        assertThat(never.obstacle()).contains(obstacle);
        assertThat(never.verdict(ended(Status.FAILED, VIOLATION))).isSameAs(obstacle);
    }

    @Test
    void aViolationStandsThoughTheAdapterBrokeWhileItWasMadeSmaller() {
        assertThat(outcome.isOver()).isFalse();
        outcome.broken(new ImplementationFault("it died"));
        assertThat(outcome.isOver()).isTrue();
        assertThat(outcome.verdict(ended(Status.FAILED, VIOLATION)))
                .isInstanceOf(Verdict.Fail.class)
                .extracting(Verdict::message)
                .isEqualTo("index 0");
    }

    @Test
    void whatIsOpenWhereTheAdapterBrokeIsAnError() {
        outcome.answered();
        outcome.completed();
        assertThat(outcome.broken(new ImplementationFault("it died"))).hasMessage("no more calls");
        for (PropertyExecutionResult any :
                List.of(PASSED, ended(Status.FAILED, UNDECIDED), ended(Status.ABORTED, null))) {
            assertThat(outcome.verdict(any)).isEqualTo(new Verdict.Error("it died"));
        }
    }

    @Test
    void aBudgetThatEndedIsInconclusive() {
        outcome.evidence().put("elements", 7L);
        assertThat(outcome.verdict(ended(Status.FAILED, UNDECIDED)))
                .isEqualTo(new Verdict.Inconclusive("the budget ended", Map.of("elements", 7L)));
    }

    @Test
    void whereEveryCallIsUnsupportedSoIsTheRequirement() {
        UnsupportedCall none = new UnsupportedCall("no float64");
        assertThat(outcome.unsupported(none, "float64")).hasMessage("no float64");
        outcome.unsupported(none, "float64");
        assertThat(outcome.verdict(ended(Status.FAILED, null)))
                .isEqualTo(
                        new Verdict.Unsupported("no float64", true, Map.of(Verdict.DISCARDED, Map.of("float64", 2L))));
    }

    @Test
    void whereSomeAreAnsweredItIsAPassThatTellsWhatWasDiscarded() {
        outcome.unsupported(new UnsupportedCall("no float64"), "float64");
        outcome.answered();
        outcome.completed();
        assertThat(outcome.verdict(PASSED))
                .isEqualTo(new Verdict.Pass("", Map.of("calls", 1L, Verdict.DISCARDED, Map.of("float64", 1L))));
    }

    @Test
    void whatTheSuiteDoesNotPutIsCountedAndIsNothingThatWasDiscarded() {
        outcome.unsupported(new NotAsked("few_shapes"), "float32");
        outcome.unsupported(new NotAsked("few_shapes"), "float32");
        assertThat(outcome.verdict(PASSED))
                .isEqualTo(new Verdict.Unsupported("few_shapes", true, Map.of("not_asked", 2L)));
    }

    @Test
    void aCheckThatEndsOtherwiseIsTheSuitesOwnFault() {
        outcome.completed();
        assertThat(outcome.verdict(ended(Status.FAILED, new IllegalStateException("no"))))
                .isEqualTo(new Verdict.Error("the suite broke: java.lang.IllegalStateException: no"));
        assertThat(outcome.verdict(ended(Status.ABORTED, null))).isEqualTo(new Verdict.Error("the suite broke: null"));
    }

    private static PropertyExecutionResult ended(Status status, Throwable thrown) {
        return (PropertyExecutionResult) Proxy.newProxyInstance(
                CheckOutcomeTest.class.getClassLoader(),
                new Class<?>[] {PropertyExecutionResult.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "status" -> status;
                    case "throwable" -> Optional.ofNullable(thrown);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
