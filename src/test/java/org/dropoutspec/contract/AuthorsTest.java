package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.dropoutspec.implementation.Implementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The three lines of a Java author's test class, run as an IDE or a build would run them. The reference has a test class
 * of its own, {@code ReferenceConformanceTest}, which Surefire runs.
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
    void aSoundDropoutWithoutAnyCapabilityPassesWhatItCanBeAsked() {
        TestExecutionSummary summary = run(OfMyDropout.class);
        assertThat(messages(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(15);
        assertThat(summary.getTestsSucceededCount() + summary.getTestsAbortedCount())
                .isEqualTo(checks());
    }

    @Test
    void aBrokenDropoutFailsWithTheRequirementAndTheCallInTheMessage() {
        assertThat(messages(run(OfMyDropoutUnscaled.class)))
                .contains("FWD-1 MUST scale what it keeps by 1/(1 - rate): index ")
                .containsPattern("FWD-1 MUST [^\\n]*, expected [^\\n]*, got [^\\n]* \\(rate [^\\n]*, float32 \\[")
                .doesNotContain("EVAL-1");
    }

    private static TestExecutionSummary run(Class<?> testClass) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(selectClass(testClass))
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

    private static long checks() {
        return Arrays.stream(DropoutContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Checks.class))
                .count();
    }
}
