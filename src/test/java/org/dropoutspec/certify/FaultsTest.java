package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an implementation that breaks is told: an error, which is neither a failure nor a pass. */
@Timeout(120)
class FaultsTest {
    private final Implementation reference = new ReferenceImplementation(1);

    @Test
    void anExceptionIsAnErrorThatNamesTheCall() {
        Implementation broken = Handwritten.afterPlainCalls(call -> {
            throw new IllegalStateException("out of memory");
        });
        Verdict verdict = Certified.verdict(broken, "SHAPE-1");
        assertThat(verdict).isInstanceOf(Verdict.Error.class);
        assertThat(verdict.message())
                .startsWith("the implementation threw java.lang.IllegalStateException: out of memory for the call (")
                .contains("float32 [] {1.0}");
    }

    @Test
    void aFaultEndsItsOwnCheckAndNoOther() {
        Implementation broken = Handwritten.that(call -> {
            if (call.rate() < 0) {
                throw new ImplementationFault("died");
            }
            return reference.dropout(call);
        });
        Certificate certificate = Certified.only(broken, "RATE-2", "EVAL-1");
        assertThat(Certified.verdicts(certificate).get("RATE-2")).isEqualTo(new Verdict.Error("died"));
        assertThat(Certified.verdicts(certificate).get("EVAL-1")).isInstanceOf(Verdict.Pass.class);
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
    }

    @Test
    void whatWasSeenToBreakTheRequirementHasFailedThoughItDiesWhileTheCallIsMadeSmaller() {
        Implementation unscaled = Handwritten.unscaled();
        boolean[] broke = new boolean[1];
        Implementation dying = Handwritten.afterPlainCalls(call -> {
            Result result = unscaled.dropout(call);
            if (broke[0]) {
                throw new ImplementationFault("died");
            }
            broke[0] = result.mask().orElseThrow().bits(0) != 0;
            return result;
        });
        Certificate certificate = Certified.only(dying, "FWD-1");
        assertThat(Certified.verdicts(certificate).get("FWD-1")).isInstanceOf(Verdict.Fail.class);
        assertThat(certificate.outcome()).isSameAs(Outcome.NONCONFORMANT);
        // and it died all the same, which nothing else tells
        assertThat(certificate.reasons()).containsExactly("died");
        assertThat(certificate.isJudged()).isFalse();
    }

    @Test
    void whatDiesInTheCheckOfAShouldIsNotJudged() {
        Implementation dying = Handwritten.afterPlainCalls(call -> {
            if (call.seed().orElse(0) > 1L << 32) {
                throw new ImplementationFault("died");
            }
            return reference.dropout(call);
        });
        Certificate certificate = Certified.only(dying, "SEED-5", "RATE-2");
        assertThat(Certified.verdicts(certificate).get("SEED-5")).isEqualTo(new Verdict.Error("died"));
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
    }

    @Test
    void anErrorIsAFaultOfTheImplementationAndNoVerdict() {
        for (Error thrown : List.of(
                new StackOverflowError(), new AssertionError("mine"), new NoClassDefFoundError("org/example/Driver"))) {
            Certificate certificate = Certified.only(
                    Handwritten.afterPlainCalls(call -> {
                        throw thrown;
                    }),
                    "FWD-1");
            assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
            assertThat(Certified.verdicts(certificate).get("FWD-1"))
                    .isInstanceOf(Verdict.Error.class)
                    .extracting(Verdict::message)
                    .asString()
                    .startsWith("the implementation threw " + thrown + " for the call (rate ");
        }
    }

    @Test
    void memoryThatRanOutIsToldAsSuchWithTheHeap() {
        Certificate certificate = Certified.only(
                Handwritten.afterPlainCalls(call -> {
                    throw new OutOfMemoryError("Java heap space");
                }),
                "FWD-1");
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(Certified.verdicts(certificate).get("FWD-1").message())
                .matches("memory ran out \\(java\\.lang\\.OutOfMemoryError: Java heap space; the heap is \\d+ MiB, "
                        + "and java -Xmx sets it\\) for the call \\(rate .*\\)");
    }

    @Test
    void anExceptionThatCannotSayWhatItIsIsNamedByItsClass() {
        Implementation mute = Handwritten.afterPlainCalls(call -> {
            throw new MuteException();
        });
        assertThat(Certified.verdict(mute, "FWD-1").message())
                .startsWith("the implementation threw " + MuteException.class.getName() + " for the call (");
    }

    private static final class MuteException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("nothing to say");
        }
    }

    @Test
    void whatBreaksWhenItIsStartedAnewIsNotJudged() {
        Implementation broken = new Implementation() {
            @Override
            public Description description() {
                return Handwritten.SEEDED;
            }

            @Override
            public Result dropout(Call call) {
                return reference.dropout(call);
            }

            @Override
            public boolean restart() {
                throw new NoClassDefFoundError("org/example/Driver");
            }
        };
        Certificate certificate = Certified.only(broken, "RATE-2", "MASK-1");
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(Certified.verdicts(certificate).get("MASK-1"))
                .isEqualTo(
                        new Verdict.Error("the implementation threw java.lang.NoClassDefFoundError: org/example/Driver "
                                + "when it was started anew"));
    }

    @Test
    void aDescriptionThatIsNotGivenIsAFault() {
        Implementation without = new Handwritten(null, reference::dropout);
        assertThatThrownBy(() -> Certified.only(without))
                .isInstanceOf(ImplementationFault.class)
                .hasMessage("the implementation gave null when asked for its description");
        assertThatThrownBy(() -> Description.of(null, "1")).hasMessage("name (null) must be given");
    }

    /** EVAL-1 is asked under all conditions, between training calls; EVAL-2 is asked by itself. */
    @Test
    void aFaultUnderSomeConditionEndsWhatIsAskedUnderAllAndNothingElse() {
        Implementation broken = Handwritten.afterPlainCalls(call -> {
            if (call.training()) {
                throw new ImplementationFault("died");
            }
            return reference.dropout(call);
        });
        Map<String, Verdict> verdicts = Certified.verdicts(Certified.only(broken, "EVAL-1", "EVAL-2"));
        assertThat(verdicts.get("EVAL-1")).isEqualTo(new Verdict.Error("died"));
        assertThat(verdicts.get("EVAL-2")).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void whatAnAnswerBrokeUnderSomeConditionHasFailedThoughItDiesLater() {
        Implementation unscaled = Handwritten.unscaled();
        boolean[] broke = new boolean[1];
        Implementation dying = Handwritten.that(call -> {
            if (broke[0]) {
                throw new ImplementationFault("died");
            }
            broke[0] = call.training() && call.rate() == 0.5 && call.shape().size() > 3000;
            return broke[0] ? unscaled.dropout(call) : reference.dropout(call);
        });
        assertThat(Certified.verdict(dying, "FWD-1").message())
                .matches("index \\d+, expected \\S+, got \\S+ \\(rate \\S+, float32 \\[[^(]*\\)");
    }

    @Test
    void callsThatCannotBeExpressedDoNotHideTheOthers() {
        Implementation vectorsOnly = Handwritten.that(call -> {
            if (call.shape().rank() != 1) {
                throw new UnsupportedCall("vectors only");
            }
            return reference.dropout(call);
        });
        Certificate certificate = Certified.only(vectorsOnly, "FWD-1", "SHAPE-1");
        assertThat(Certified.verdicts(certificate).get("FWD-1")).isInstanceOf(Verdict.Pass.class);
        assertThat(Certified.verdicts(certificate).get("SHAPE-1"))
                .isEqualTo(new Verdict.Unsupported("vectors only", true, Map.of("discarded", Map.of("float32", 100L))));
    }

    @Test
    void aMissingMaskThatWasDeclaredIsNoPass() {
        Implementation forgetful = Handwritten.afterPlainCalls(
                call -> Result.of(reference.dropout(call).output()));
        assertThat(Certified.verdict(forgetful, "MASK-5")).isInstanceOf(Verdict.Error.class);
    }

    @Test
    void whatIsNotDeclaredIsNotAsked() {
        Implementation plain = Handwritten.afterPlainCalls(
                Description.of("plain", "1").withCapabilities(new Capability[0]), this::unasked);
        assertThat(Certified.verdict(plain, "BWD-1"))
                .isEqualTo(new Verdict.Unsupported("needs the capability backward"));
        assertThat(Certified.verdict(plain, "FWD-8"))
                .isEqualTo(
                        Verdict.Unsupported.inapplicable("applies to an implementation that declares scaling classic"));
    }

    private Result unasked(Call call) {
        throw new AssertionError("asked: " + call);
    }
}
