package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.implementation.Seeding.Scope;
import org.junit.jupiter.api.Test;

/** When two masks have to be the same. */
class HistoriesTest {
    @Test
    void theSameSeedAndTheSameDrawsAreTheSameHistory() {
        Histories histories = new Histories(Scope.INSTANCE);
        histories.seed(0, 7);
        histories.draw(0, "a");
        Object first = histories.of(0);
        histories.draw(0, "b");
        assertThat(histories.of(0)).isNotEqualTo(first);
        histories.seed(0, 7);
        assertThat(histories.of(0)).isNotEqualTo(first);
        histories.draw(0, "a");
        assertThat(histories.of(0)).isEqualTo(first);
        histories.seed(0, 8);
        histories.draw(0, "a");
        assertThat(histories.of(0)).isNotEqualTo(first);
    }

    @Test
    void aCopyIsNotChangedByWhatComes() {
        Histories histories = new Histories(Scope.INSTANCE);
        histories.draw(0, "a");
        Histories saved = histories.copy();
        Object before = histories.of(0);
        histories.draw(0, "b");
        assertThat(saved.of(0)).isEqualTo(before).isNotEqualTo(histories.of(0));
    }

    @Test
    void aSeededInstanceIsOnItsOwnWhereASeedReachesNoOther() {
        Histories histories = new Histories(Scope.INSTANCE);
        histories.seed(1, 7);
        Object before = histories.of(1);
        histories.draw(0, "a");
        histories.seed(0, 7);
        histories.draw(0, "a");
        assertThat(histories.of(1)).isEqualTo(before);
        histories.seed(0, 7);
        assertThat(histories.of(1)).isNotEqualTo(histories.of(0));
    }

    @Test
    void instancesThatWereNeverSeededMayBeOneStream() {
        Histories histories = new Histories(Scope.INSTANCE);
        Object before = histories.of(1);
        histories.seed(0, 7);
        histories.draw(0, "a");
        assertThat(histories.of(1)).isEqualTo(before);
        histories.draw(2, "a");
        assertThat(histories.of(1)).isNotEqualTo(before);
    }

    @Test
    void allInstancesAreOneStreamWhereASeedReachesAll() {
        Histories histories = new Histories(Scope.GLOBAL);
        histories.seed(0, 7);
        Object begun = histories.of(1);
        histories.draw(0, "a");
        Object after = histories.of(1);
        assertThat(after).isNotEqualTo(begun);
        histories.seed(0, 7);
        assertThat(histories.of(1)).isEqualTo(begun);
        histories.draw(1, "a");
        assertThat(histories.of(1)).isNotEqualTo(after);
    }

    @Test
    void nothingIsKnownAfterALossUntilASeed() {
        Histories histories = new Histories(Scope.INSTANCE);
        histories.seed(0, 7);
        Object known = histories.of(0);
        histories.lose(0, 1);
        Object lost = histories.of(0);
        histories.seed(0, 7);
        assertThat(histories.of(0)).isEqualTo(known);
        histories.lose(0, 2);
        assertThat(histories.of(0)).isNotEqualTo(lost).isNotEqualTo(known);
    }
}
