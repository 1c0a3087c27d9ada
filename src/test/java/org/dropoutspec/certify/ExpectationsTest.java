package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dropoutspec.certify.Certificates.ERROR;
import static org.dropoutspec.certify.Certificates.FAIL;
import static org.dropoutspec.certify.Certificates.INCONCLUSIVE;
import static org.dropoutspec.certify.Certificates.PASS;
import static org.dropoutspec.certify.Certificates.UNSUPPORTED;

import java.util.List;
import java.util.Map;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationsTest {
    private static final Certificate CERTIFICATE = Certificates.coreAnd(
            "BWD-1", FAIL, "BWD-2", INCONCLUSIVE, "BWD-3", ERROR, "BWD-4", UNSUPPORTED, "EVAL-2", FAIL);

    @Test
    void aLineNamesARequirementAndItsVerdict() {
        assertThat(Expectations.parse(List.of("# known", "", "FWD-3 fail  # issue 12", "\tBWD-1   inconclusive"))
                        .verdicts())
                .isEqualTo(Map.of("FWD-3", "fail", "BWD-1", "inconclusive"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FWD-3", "FWD-3 failed", "FWD-3 FAIL", "FWD-3 fail soon", "fail FWD-3"})
    void aLineThatMakesNoSenseIsToldWithItsNumber(String line) {
        assertThatThrownBy(() -> Expectations.parse(List.of("# known", "FWD-1 pass", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3 (" + line + ") must be a requirement and a verdict, such as 'FWD-3 fail'");
    }

    @Test
    void anUnknownRequirementIsToldWithItsLine() {
        assertThatThrownBy(() -> Expectations.parse(List.of("", "FWD-3: fail")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "line 2 (FWD-3:) must name a requirement of the specification; the command spec lists them");
    }

    @Test
    void aRequirementIsNamedOnce() {
        assertThatThrownBy(() -> Expectations.parse(List.of("FWD-3 fail", "FWD-3 pass")))
                .hasMessage("line 2 (FWD-3) must name it once");
    }

    @Test
    void whatIsNotNamedMustNotFailNorStayOpen() {
        assertThat(Expectations.parse(List.of()).deviations(CERTIFICATE))
                .containsExactly(
                        "BWD-1: expected no fail", "BWD-2: expected no inconclusive", "BWD-3: expected no error");
    }

    @Test
    void whatIsAsExpectedIsNoDeviation() {
        List<String> lines = List.of("BWD-1 fail", "BWD-2 inconclusive", "BWD-3 error", "EVAL-2 fail", "FWD-1 pass");
        assertThat(Expectations.parse(lines).deviations(CERTIFICATE)).isEmpty();
    }

    @Test
    void whatIsNotJudgedBecauseOfAKnownFailureNeedsNoLine() {
        Certificate certificate =
                Certificates.coreAnd("BWD-1", FAIL, "BWD-2", Verdict.Inconclusive.echo("BWD-1", FAIL));
        assertThat(Expectations.parse(List.of("BWD-1 fail")).deviations(certificate))
                .isEmpty();
        assertThat(Expectations.parse(List.of()).deviations(certificate))
                .containsExactly("BWD-1: expected no fail", "BWD-2: expected no inconclusive");
        assertThat(Expectations.parse(List.of("BWD-1 fail", "BWD-2 pass")).deviations(certificate))
                .containsExactly("BWD-2: expected pass, got inconclusive");
    }

    @Test
    void aDefectThatWasMendedIsADeviationToo() {
        Expectations expected = Expectations.parse(List.of("BWD-1 fail", "EVAL-2 fail"));
        assertThat(expected.deviations(Certificates.coreAnd("BWD-1", PASS, "EVAL-2", UNSUPPORTED)))
                .containsExactly("BWD-1: expected fail, got pass", "EVAL-2: expected fail, got unsupported");
    }

    @Test
    void whatWasNotExaminedIsNotCompared() {
        assertThat(Expectations.parse(List.of("BWD-1 fail")).deviations(Certificates.selection("FWD-1", PASS)))
                .isEmpty();
    }

    @Test
    void aRequirementOfAnOperationIsOneThatItIsHeldTo() {
        assertThatThrownBy(() -> Expectations.parse(List.of("rnn:FWD-3 fail")))
                .hasMessage("line 1 (rnn:FWD-3): requirement (FWD-3) must be one that rnn is held to");
        assertThatThrownBy(() -> Expectations.parse(List.of("fancy:MASK-1 fail")))
                .hasMessageStartingWith(
                        "line 1 (fancy:MASK-1): operation (fancy) must be one that is judged: dropout,");
        assertThat(Expectations.parse(List.of("rnn:MASK-1 fail")).verdicts()).containsOnlyKeys("rnn:MASK-1");
    }

    @Test
    void plainDropoutMayBeNamedToo() {
        Expectations expected = Expectations.parse(List.of("dropout:BWD-1 fail"));
        assertThat(expected.deviations(Certificates.coreAnd("BWD-1", FAIL))).isEmpty();
        assertThat(expected.deviations(Certificates.coreAnd("BWD-1", PASS)))
                .containsExactly("BWD-1: expected fail, got pass");
        assertThatThrownBy(() -> Expectations.parse(List.of("BWD-1 fail", "dropout:BWD-1 pass")))
                .hasMessage("line 2 (dropout:BWD-1) must name it once");
    }
}
