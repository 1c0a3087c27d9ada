package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Map;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.UnsupportedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One answer to everything is never conformant, and told in bounded time: shrinking once went on for minutes after every
 * fault.
 */
@Timeout(120)
class ImplementationsThatAnswerNothingTest {
    private static final String[] OF_EVERY_CHAPTER = {
        "RATE-1", "RATE-2", "MASK-4", "FWD-1", "BWD-1", "EVAL-1", "SEED-1", "SEED-2", "NUM-1", "SHAPE-1", "SHAPE-2"
    };

    @Test
    void whatRejectsEverythingIsToldAtOnce() {
        Implementation rejecting = Handwritten.that(call -> {
            throw new RejectedCall("no");
        });
        assertThatThrownBy(() -> Certified.only(rejecting, OF_EVERY_CHAPTER))
                .isInstanceOf(ImplementationFault.class)
                .hasMessageStartingWith(
                        "the plainest calls are not answered: rejected: no (rate 0.5, float32 [2, 3] {");
    }

    @Test
    void whatRejectsAllButThePlainestCallsIsNonconformant() {
        Implementation rejecting = Handwritten.afterPlainCalls(call -> {
            throw new RejectedCall("no");
        });
        Certificate certificate = Certified.only(rejecting, OF_EVERY_CHAPTER);
        assertThat(certificate.outcome()).isSameAs(Outcome.NONCONFORMANT);
        assertThat(Certified.verdicts(certificate).get("RATE-1"))
                .isInstanceOf(Verdict.Fail.class)
                .extracting(Verdict::message)
                .asString()
                .matches("rejected: no \\(rate 0\\.5, float32 \\[1] \\{1\\.0}, seed \\d+\\)");
        // it does reject what is to be rejected
        assertThat(Certified.verdicts(certificate).get("RATE-2")).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void whatSupportsNothingIsToldAtOnce() {
        Implementation unable = Handwritten.that(call -> {
            throw new UnsupportedCall("no such thing");
        });
        assertThatThrownBy(() -> Certified.only(unable, OF_EVERY_CHAPTER))
                .isInstanceOf(ImplementationFault.class)
                .hasMessageStartingWith(
                        "what is declared is not answered: unsupported: no such thing (rate 0.5, float32");
    }

    @Test
    void whatSupportsNothingButThePlainestCallsIsNotJudged() {
        Implementation unable = Handwritten.afterPlainCalls(call -> {
            throw new UnsupportedCall("no such thing");
        });
        Certificate certificate = Certified.only(unable, OF_EVERY_CHAPTER);
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(verdicts(certificate)).isNotEmpty().noneMatch(verdict -> verdict instanceof Verdict.Pass);
        assertThat(Certified.verdicts(certificate).get("FWD-1")).isEqualTo(unsupported("no such thing"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatSupportsTrainingOrEvaluationAloneIsJudgedByThat(boolean training) {
        Implementation reference = new ReferenceImplementation(1);
        Implementation half = Handwritten.afterPlainCalls(call -> {
            if (call.training() != training) {
                throw new UnsupportedCall("not this half");
            }
            return reference.dropout(call);
        });
        Certificate certificate = Certified.only(half);
        assertThat(verdicts(certificate))
                .isNotEmpty()
                .allMatch(verdict -> verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported);
        // what asks for both in turn is not claimed either
        assertThat(Certified.verdicts(certificate).get("EVAL-3"))
                .isInstanceOf(Verdict.Unsupported.class)
                .extracting(Verdict::message)
                .isEqualTo("not this half");
        assertThat(Certified.verdicts(certificate).get(training ? "FWD-1" : "EVAL-1"))
                .isInstanceOf(Verdict.Pass.class);
        assertThat(Certified.verdicts(certificate).get(training ? "EVAL-1" : "FWD-1"))
                .isInstanceOf(Verdict.Unsupported.class);
    }

    @Test
    void whatIsAlwaysAtFaultIsNotJudged() {
        Implementation broken = Handwritten.afterPlainCalls(call -> {
            throw new ImplementationFault("internal: request 7: out of memory");
        });
        Certificate certificate = Certified.only(broken, OF_EVERY_CHAPTER);
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(verdicts(certificate)).isNotEmpty().allMatch(verdict -> verdict instanceof Verdict.Error);
        assertThat(Certified.verdicts(certificate).get("FWD-1"))
                .isEqualTo(new Verdict.Error("internal: request 7: out of memory"));
    }

    private static Verdict unsupported(String message) {
        return new Verdict.Unsupported(message, true, Map.of("discarded", Map.of("float32", 100L)));
    }

    private static Collection<Verdict> verdicts(Certificate certificate) {
        return Certified.verdicts(certificate).values();
    }
}
