package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.certify.Certificates.ERROR;
import static org.dropoutspec.certify.Certificates.FAIL;
import static org.dropoutspec.certify.Certificates.INCONCLUSIVE;
import static org.dropoutspec.certify.Certificates.PASS;
import static org.dropoutspec.certify.Certificates.UNSUPPORTED;
import static org.dropoutspec.certify.Certificates.coreAnd;
import static org.dropoutspec.certify.Certificates.selection;
import static org.dropoutspec.certify.Certificates.whole;

import java.util.Map;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.spec.RequirementLevel;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

/** From verdicts to an outcome. BWD-1 is a MUST, EVAL-2 a SHOULD. */
class CertificateTest {
    @Test
    void theLevelsThatTheseTestsRelyOn() {
        assertThat(Specification.embedded().requirement("BWD-1").level()).isSameAs(RequirementLevel.MUST);
        assertThat(Specification.embedded().requirement("EVAL-2").level()).isSameAs(RequirementLevel.SHOULD);
    }

    @Test
    void conformantWhenTheCorePassedAndNoMustIsOpen() {
        assertThat(coreAnd("BWD-1", PASS).outcome()).isSameAs(Outcome.CONFORMANT);
        assertThat(coreAnd("BWD-1", UNSUPPORTED).outcome()).isSameAs(Outcome.CONFORMANT);
    }

    @Test
    void aShouldThatFailsOrStaysOpenChangesNothing() {
        assertThat(coreAnd("EVAL-2", FAIL).outcome()).isSameAs(Outcome.CONFORMANT);
        assertThat(coreAnd("EVAL-2", INCONCLUSIVE).outcome()).isSameAs(Outcome.CONFORMANT);
    }

    @Test
    void whatBrokeIsNotJudgedWereItInTheCheckOfAShould() {
        assertThat(coreAnd("EVAL-2", ERROR).outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(coreAnd("EVAL-2", PASS).withFault("it exited with status 3").outcome())
                .isSameAs(Outcome.NOT_JUDGED);
        assertThat(coreAnd("BWD-1", FAIL).withFault("it exited with status 3").outcome())
                .isSameAs(Outcome.NONCONFORMANT);
    }

    @Test
    void aFailedMustLeavesOpenWhatWasNotJudged() {
        assertThat(coreAnd("BWD-1", FAIL).isJudged()).isTrue();
        assertThat(coreAnd("BWD-1", FAIL, "BWD-2", ERROR).isJudged()).isFalse();
        assertThat(coreAnd("BWD-1", FAIL, "BWD-2", INCONCLUSIVE).isJudged()).isFalse();
        assertThat(whole("BWD-1", FAIL, "FWD-1", PASS, "EVAL-1", PASS).isJudged())
                .isFalse();
    }

    @Test
    void whyNothingWasJudgedIsToldOnce() {
        assertThat(whole("FWD-1", PASS, "EVAL-1", UNSUPPORTED).reasons())
                .containsExactly(
                        "EVAL-1 or EVAL-5 is of the core of dropout, and was not decided",
                        "MASK-1 is of the core of dropout, and was not decided");
        assertThat(whole("FWD-1", ERROR).withFault("died").reasons()).containsExactly("died");
        assertThat(whole("FWD-1", FAIL).reasons()).isEmpty();
        assertThat(selection("BWD-1", UNSUPPORTED).reasons())
                .containsExactly("none of the requirements selected was decided");
    }

    @Test
    void whatAppliesAndWasNotAskedNarrowsTheScope() {
        Verdict inPart = new Verdict.Pass("", Map.of("calls", 90L, "discarded", Map.of("float64", 10L)));
        assertThat(coreAnd("BWD-1", PASS).isNarrowed()).isFalse();
        assertThat(coreAnd("BWD-1", UNSUPPORTED).isNarrowed()).isTrue();
        assertThat(coreAnd("BWD-1", Verdict.Unsupported.inapplicable("classic")).isNarrowed())
                .isFalse();
        assertThat(coreAnd("BWD-1", inPart).isNarrowed()).isTrue();
    }

    @Test
    void aFailedMustDecidesWhateverElseIsOpen() {
        assertThat(coreAnd("BWD-1", FAIL).outcome()).isSameAs(Outcome.NONCONFORMANT);
        assertThat(coreAnd("BWD-1", FAIL, "BWD-2", ERROR).outcome()).isSameAs(Outcome.NONCONFORMANT);
        assertThat(whole("BWD-1", FAIL).outcome()).isSameAs(Outcome.NONCONFORMANT);
    }

    @Test
    void anOpenMustIsNotJudged() {
        assertThat(coreAnd("BWD-1", INCONCLUSIVE).outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(coreAnd("BWD-1", ERROR).outcome()).isSameAs(Outcome.NOT_JUDGED);
    }

    @Test
    void withoutAPassInEachPartOfTheCoreNothingIsJudged() {
        assertThat(whole("FWD-1", PASS, "EVAL-1", PASS).outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(whole("FWD-1", PASS, "MASK-1", PASS).outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(whole("FWD-1", UNSUPPORTED, "EVAL-1", PASS, "MASK-1", PASS).outcome())
                .isSameAs(Outcome.NOT_JUDGED);
        assertThat(whole().outcome()).isSameAs(Outcome.NOT_JUDGED);
    }

    @Test
    void classicScalingHasACoreOfItsOwn() {
        assertThat(whole("FWD-1", UNSUPPORTED, "FWD-8", PASS, "EVAL-1", UNSUPPORTED, "EVAL-5", PASS, "MASK-1", PASS)
                        .outcome())
                .isSameAs(Outcome.CONFORMANT);
    }

    @Test
    void whereThereIsNoEvaluationTheCoreHasNone() {
        Description training =
                Description.of("mine", "1").with(Choices.defaults().with(Choices.Modes.TRAINING));
        Certificate certificate = whole("FWD-1", PASS, "EVAL-1", UNSUPPORTED, "MASK-1", PASS);
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(Certificates.of(training, certificate).outcome()).isSameAs(Outcome.CONFORMANT);
        assertThat(Certificates.of(training, whole("FWD-1", PASS)).outcome()).isSameAs(Outcome.NOT_JUDGED);
    }

    @Test
    void aSelectionIsJudgedByWhatWasSelected() {
        assertThat(selection("BWD-1", PASS).outcome()).isSameAs(Outcome.CONFORMANT);
        assertThat(selection("BWD-1", PASS, "BWD-2", FAIL).outcome()).isSameAs(Outcome.NONCONFORMANT);
        assertThat(selection("BWD-1", UNSUPPORTED).outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(selection("BWD-1", PASS, "BWD-2", INCONCLUSIVE).outcome()).isSameAs(Outcome.NOT_JUDGED);
    }

    @Test
    void verdictsAreCountedByKind() {
        Certificate certificate = whole("FWD-1", PASS, "FWD-2", FAIL, "FWD-3", FAIL, "FWD-4", ERROR);
        assertThat(certificate.count(Verdict.Fail.class)).isEqualTo(2);
        assertThat(certificate.count(Verdict.Unsupported.class)).isZero();
    }

    @Test
    void eachOutcomeHasItsWordAndExitStatus() {
        assertThat(Outcome.values())
                .extracting(Outcome::toString)
                .containsExactly("conformant", "nonconformant", "not-judged");
        assertThat(Outcome.values()).extracting(Outcome::exitStatus).containsExactly(0, 1, 2);
    }
}
