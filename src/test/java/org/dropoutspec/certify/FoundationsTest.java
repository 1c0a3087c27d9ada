package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundationsTest {
    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource({
        "alpha_dropout, MASK-7, ALPHA-1",
        "alpha_dropout, SEED-6, ALPHA-2",
        "spatial_dropout, BWD-2, SPATIAL-1",
        "rnn, MASK-1, RNN-1",
        "attention, RATE-11, ATTN-1",
        "network, BWD-10, NET-2",
        "network, RATE-7, NET-6",
        "network, MASK-1, NET-6",
        "attention, RATE-8, ATTN-1"
    })
    void whatIsJudgedOfMasksStandsOnWhatAnAnswerIs(String operation, String id, String on) {
        assertThat(Foundations.of(operation).get(id)).contains(on);
    }

    @ParameterizedTest(name = "{0}: {1} not on {2}")
    @CsvSource({"alpha_dropout, RATE-2, ALPHA-1", "alpha_dropout, EVAL-1, ALPHA-1", "alpha_dropout, ALPHA-5, ALPHA-1"})
    void whatNeedsNoMaskDoesNot(String operation, String id, String on) {
        assertThat(Foundations.of(operation).get(id)).doesNotContain(on);
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource({
        "dropconnect, CONN-4, CONN-3",
        "dropconnect, CONN-7, CONN-5",
        "rnn, RNN-3, RNN-6",
        "rnn, RNN-7, RNN-5",
        "attention, ATTN-3, ATTN-2",
        "attention, ATTN-4, ATTN-3",
        "network, NET-5, NET-3",
        "network, NET-3, MASK-4",
        "attention, EVAL-1, ATTN-1",
        "attention, ATTN-4, ATTN-1",
        "network, EVAL-1, NET-1"
    })
    void arithmeticThatIsWrongIsToldOnceInTrainingAndInEvaluation(String operation, String id, String on) {
        assertThat(Foundations.of(operation).get(id)).contains(on);
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource({"dropout, SEED-7, EVAL-3", "spatial_dropout, BWD-11, BWD-4"})
    void whatIsAskedOfLaterCallsStandsOnWhatCallsDoByThemselves(String operation, String id, String on) {
        assertThat(Foundations.of(operation).get(id)).contains(on);
    }

    /** The outputs of a cell are judged by the masks that it reports. */
    @Test
    void noRequirementStandsOnOneThatStandsOnIt() {
        assertThat(Foundations.of("rnn").get("RNN-1")).contains("MASK-4");
        assertThat(Foundations.of("rnn").get("MASK-4")).doesNotContain("RNN-1", "RNN-2");
    }
}
