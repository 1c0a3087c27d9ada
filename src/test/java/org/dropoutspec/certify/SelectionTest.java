package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @Test
    void toNameAllThatIsDeclaredIsToSelectNothing() {
        Selection plain = new Selection(Set.of("dropout"), Set.of());
        assertThat(plain.isAllOf(List.of("dropout"))).isTrue();
        assertThat(plain.isAllOf(List.of("dropout", "rnn"))).isFalse();
        assertThat(Selection.ALL.isAllOf(List.of("dropout", "rnn"))).isTrue();
    }

    @Test
    void someRequirementsAreNeverAll() {
        assertThat(Selection.of(Set.of("MASK-1")).isAllOf(List.of("dropout"))).isFalse();
    }

    @Test
    void aRequirementIsSelectedAtEveryOperationOrAtOne() {
        Selection some = Selection.of(Set.of("MASK-1", "rnn:MASK-3"));
        assertThat(some.has("dropout", "MASK-1")).isTrue();
        assertThat(some.has("rnn", "MASK-1")).isTrue();
        assertThat(some.has("rnn", "MASK-3")).isTrue();
        assertThat(some.has("dropout", "MASK-3")).isFalse();
        assertThat(new Selection(Set.of("rnn"), Set.of("MASK-1")).has("dropout", "MASK-1"))
                .isFalse();
        assertThat(Selection.ALL.has("rnn", "MASK-1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fancy:MASK-1 | operation (fancy) must be one that is judged: dropout,
                    :MASK-1      | operation () must be one that is judged: dropout,
                    rnn:FWD-3    | requirement (FWD-3) must be one that rnn is held to
                    FWD-99       | requirement (FWD-99)
                    """)
    void whatNobodyIsHeldToCannotBeSelected(String named, String message) {
        assertThatThrownBy(() -> Selection.of(Set.of(named)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void anOperationThatNobodyJudgesCannotBeSelected() {
        assertThatThrownBy(() -> new Selection(Set.of("fancy"), Set.of()))
                .hasMessageStartingWith("operation (fancy) must be one that is judged: dropout,");
    }
}
