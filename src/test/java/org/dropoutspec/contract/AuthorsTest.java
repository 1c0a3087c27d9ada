package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Implementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The three lines of a Java author's test class, some of its tests picked as in an IDE. A whole class of them is
 * {@code ReferenceConformanceTest}, which Surefire runs.
 */
@Timeout(120)
class AuthorsTest {
    static class OfMyDropout implements DropoutContract {
        @Override
        public Implementation implementation() {
            return new MyDropout();
        }
    }

    static class OfMyDropoutUnscaled implements DropoutContract {
        @Override
        public Implementation implementation() {
            return new MyDropout() {
                @Override
                float scale(float x, double rate) {
                    return x;
                }
            };
        }
    }

    @Test
    void aSoundDropoutPassesWhatItCanBeAskedAndSkipsTheRest() {
        TestExecutionSummary summary = run(
                check(OfMyDropout.class, "whatIsKeptIsScaled"),
                check(OfMyDropout.class, "evaluationReturnsItsInput"),
                check(OfMyDropout.class, "theGradientIsMaskedLikeTheOutput"));
        assertThat(messages(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertThat(summary.getTestsAbortedCount()).isEqualTo(1);
    }

    @Test
    void aBrokenDropoutFailsWithTheRequirementAndTheCallInTheMessage() {
        TestExecutionSummary summary = run(
                check(OfMyDropoutUnscaled.class, "whatIsKeptIsScaled"),
                check(OfMyDropoutUnscaled.class, "anEmptyTensorIsTaken"));
        assertThat(summary.getTestsFailedCount()).isEqualTo(1);
        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
        assertThat(messages(summary))
                .startsWith("FWD-1 MUST scale what it keeps by 1/(1 - rate): index ")
                .containsPattern(", expected [^\\n]*, got [^\\n]* \\(rate [^\\n]*, float32 \\[");
    }

    private static DiscoverySelector check(Class<?> testClass, String name) {
        return selectMethod(testClass, name, Call.class.getName());
    }

    private static TestExecutionSummary run(DiscoverySelector... tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(tests)
                                // otherwise jqwik prints what is expected to fail
                                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static String messages(TestExecutionSummary summary) {
        StringWriter text = new StringWriter();
        summary.getFailures()
                .forEach(failure -> new PrintWriter(text, true)
                        .println(failure.getException().getMessage()));
        return text.toString();
    }
}
