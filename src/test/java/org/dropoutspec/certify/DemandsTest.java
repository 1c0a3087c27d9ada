package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.certify.Certificates.FAIL;
import static org.dropoutspec.certify.Certificates.PASS;
import static org.dropoutspec.certify.Certificates.UNSUPPORTED;

import java.util.Map;
import java.util.Set;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Test;

class DemandsTest {
    private static final Verdict INAPPLICABLE = Verdict.Unsupported.inapplicable("applies to classic scaling");
    private static final Verdict IN_PART = new Verdict.Pass("", Map.of("discarded", Map.of("float64", 7L)));
    private static final Certificate CERTIFICATE = Certificates.coreAnd(
            "BWD-1", UNSUPPORTED, "BWD-2", INAPPLICABLE, "BWD-3", IN_PART, "EVAL-2", FAIL, "NUM-1", PASS);

    @Test
    void whatIsNamedHasToBePassedAndAskedInFull() {
        assertThat(Demands.of(Set.of("NUM-1")).unmet(CERTIFICATE)).isEmpty();
        assertThat(Demands.of(Set.of("BWD-1")).unmet(CERTIFICATE))
                .containsExactly("BWD-1: unsupported, needs the capability backward");
        assertThat(Demands.of(Set.of("BWD-2")).unmet(CERTIFICATE))
                .containsExactly("BWD-2: unsupported, applies to classic scaling");
        assertThat(Demands.of(Set.of("BWD-3")).unmet(CERTIFICATE))
                .containsExactly("BWD-3: asked in part, calls answered unsupported: {float64=7}");
        assertThat(Demands.of(Set.of("EVAL-2")).unmet(CERTIFICATE))
                .containsExactly("EVAL-2: fail, index 0, expected 2.0, got 1.0");
    }

    @Test
    void allAreThoseThatApply() {
        assertThat(Demands.of(Set.of("all")).unmet(CERTIFICATE))
                .extracting(line -> line.replaceAll(":.*", ""))
                .containsExactly("BWD-1", "BWD-3", "EVAL-2");
        assertThat(Demands.of(Set.of("all", "BWD-2")).unmet(CERTIFICATE)).hasSize(4);
        assertThat(Demands.of(Set.of("all")).unmet(Certificates.selection())).containsExactly("all: nothing was asked");
    }

    @Test
    void nothingIsDemandedUnlessItIsNamed() {
        assertThat(Demands.NONE.unmet(CERTIFICATE)).isEmpty();
        assertThat(Demands.of(Set.of())).isEqualTo(Demands.NONE);
        assertThat(Demands.NONE.areNone()).isTrue();
    }

    @Test
    void whatIsNamedIsADemand() {
        assertThat(Demands.of(Set.of("NUM-1")).areNone()).isFalse();
        assertThat(Demands.of(Set.of("all")).areNone()).isFalse();
    }

    @Test
    void whatNoDeclaredOperationHasIsNotPassed() {
        assertThat(Demands.of(Set.of("RNN-1", "rnn:MASK-1", "NUM-1")).unmet(CERTIFICATE))
                .containsExactly(
                        "RNN-1: not asked, no operation that has it is declared",
                        "rnn:MASK-1: not asked, no operation that has it is declared");
        Certificate both = Certificates.withFinding("rnn", "MASK-1", PASS, CERTIFICATE);
        assertThat(Demands.of(Set.of("rnn:MASK-1")).unmet(both)).isEmpty();
    }
}
