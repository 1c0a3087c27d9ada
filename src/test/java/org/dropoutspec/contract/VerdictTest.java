package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Map<String, Object> EVIDENCE = Map.of("elements", 7L);

    @Test
    void aVerdictAtOneOfSeveralSitesNamesItAndStaysWhatItIs() {
        List<Call> calls = List.of(Call.training(0.5, Fill.COUNTING.fill(DType.FLOAT32, Shape.of(2), 0)));
        List<OperationCall> asked = List.of(OperationCall.of("rnn"));
        assertThat(new Verdict.Pass("within 1e-2", EVIDENCE).at("recurrent_mask"))
                .isEqualTo(new Verdict.Pass("recurrent mask: within 1e-2", EVIDENCE));
        assertThat(new Verdict.Fail("index 0", EVIDENCE, calls, asked).at("mask"))
                .isEqualTo(new Verdict.Fail("mask: index 0", EVIDENCE, calls, asked));
        assertThat(new Verdict.Inconclusive("open", EVIDENCE).at("mask"))
                .isEqualTo(new Verdict.Inconclusive("mask: open", EVIDENCE));
        assertThat(new Verdict.Pass("", EVIDENCE).at("mask")).isEqualTo(new Verdict.Pass("", EVIDENCE));
        Verdict error = new Verdict.Error("it died");
        assertThat(error.at("mask")).isSameAs(error);
    }

    @Test
    void anEchoNamesItsCauseAndKeepsTheEvidence() {
        Verdict.Inconclusive echo = Verdict.Inconclusive.echo("BWD-1", new Verdict.Fail("index 0", EVIDENCE));
        assertThat(echo.isEcho()).isTrue();
        assertThat(echo.cause()).isEqualTo("BWD-1");
        assertThat(echo.message()).isEqualTo("not judged because of BWD-1: index 0");
        assertThat(echo.evidence()).containsAllEntriesOf(EVIDENCE);
        Verdict.Inconclusive open = new Verdict.Inconclusive("open", EVIDENCE);
        assertThat(open.isEcho()).isFalse();
        assertThat(open.cause()).isEmpty();
    }
}
