package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
}
