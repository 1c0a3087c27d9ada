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

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.spec.RequirementLevel;
import org.dropoutspec.spec.Specification;
import org.dropoutspec.tensor.DType;
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

    @Test
    void theEchoOfAFailureIsDecidedAsThatFailureWas() {
        Verdict echo = Verdict.Inconclusive.echo("FWD-4", FAIL);
        assertThat(whole("FWD-1", echo, "EVAL-1", PASS, "MASK-1", PASS).isJudged())
                .isTrue();
        assertThat(whole("FWD-1", INCONCLUSIVE, "EVAL-1", PASS, "MASK-1", PASS).isJudged())
                .isFalse();
        assertThat(selection("BWD-1", echo).isJudged()).isTrue();
    }

    @Test
    void anOperationThatNobodyJudgesIsNamedAndNarrowsTheScope() {
        Certificate certificate = declaring("fancy_dropout", DType.FLOAT32);
        assertThat(certificate.operationsNotJudged()).containsExactly("fancy_dropout");
        assertThat(certificate.operationsNotSelected()).isEmpty();
        assertThat(certificate.isNarrowed()).isTrue();
    }

    @Test
    void anOperationOfWhichNoTypeIsDeclaredIsNotJudged() {
        assertThat(declaring("rnn").operationsNotJudged()).containsExactly("rnn");
    }

    @Test
    void anOperationThatWasNotSelectedIsNamedAndNarrowsNothing() {
        Certificate certificate = declaring("rnn", DType.FLOAT32);
        assertThat(certificate.operationsNotJudged()).isEmpty();
        assertThat(certificate.operationsNotSelected()).containsExactly("rnn");
        assertThat(certificate.isNarrowed()).isFalse();
        assertThat(Certificates.withOperation("rnn", DType.FLOAT32, certificate).operationsNotSelected())
                .isEmpty();
    }

    private static Certificate declaring(String operation, DType... dtypes) {
        Description plain = Description.of("mine", "1");
        Declaration declared = new Declaration(Set.of(dtypes), Set.of(), Choices.defaults());
        return Certificates.of(plain.declaring(operation, declared), coreAnd());
    }

    @Test
    void whatWasAskedIsThatOfPlainDropoutOrOfTheOnlyOperationThatWasJudged() {
        Certificate plain = declaring("rnn", DType.FLOAT64);
        assertThat(plain.inquiry()).isEqualTo(Certificates.ANSWERED);
        assertThat(plain.inquiry("rnn")).isEqualTo(Inquiry.NOTHING);
        Certificate both = Certificates.withOperation("rnn", DType.FLOAT64, plain);
        assertThat(both.inquiry()).isEqualTo(Certificates.ANSWERED);
        assertThat(both.inquiry("rnn").types()).containsOnlyKeys(DType.FLOAT64);
        assertThat(judged(both.judged().get(1), both).inquiry()).isEqualTo(both.inquiry("rnn"));
    }

    private static Certificate judged(Judged alone, Certificate certificate) {
        return Certificates.with(List.of(alone), certificate.findings(), certificate);
    }

    @Test
    void theReferenceIsKnownByItsDescription() {
        assertThat(coreAnd().isOfReference()).isFalse();
        Description reference = ReferenceFamily.described(Operations.all());
        assertThat(Certificates.of(reference, coreAnd()).isOfReference()).isTrue();
    }

    @Test
    void aReplayNamesTheOperationWhereThereIsMoreThanOne() {
        Finding plain = new Finding(Specification.embedded().requirement("MASK-1"), PASS);
        Finding recurrent = new Finding("rnn", plain.requirement(), PASS);
        assertThat(plain.isPlain()).isTrue();
        assertThat(recurrent.isPlain()).isFalse();
        assertThat(plain.replayed(1)).isEqualTo("MASK-1");
        assertThat(plain.replayed(2)).isEqualTo("dropout:MASK-1");
        assertThat(recurrent.replayed(1)).isEqualTo("rnn:MASK-1");
    }
}
