package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {
    private static final CoveringDesign DESIGN = CoveringDesign.of(Scopes.full(), 2, 1 << 20, 7);
    private static final List<Condition> ROWS =
            Stream.concat(DESIGN.own().stream(), DESIGN.noise().stream()).toList();

    @Test
    void everyRoundAsksEveryRowOnceAndInAnotherOrder() {
        Rounds rounds = new Rounds(ROWS, 1);
        List<Condition> first = rounds.next();
        List<Condition> second = rounds.next();
        List<Condition> fifth = Stream.generate(rounds::next).limit(3).toList().get(2);

        assertThat(first).containsExactlyInAnyOrderElementsOf(ROWS).isNotEqualTo(ROWS);
        assertThat(second).containsExactlyInAnyOrderElementsOf(ROWS).isNotEqualTo(first);
        assertThat(fifth)
                .containsExactlyInAnyOrderElementsOf(ROWS)
                .isNotEqualTo(first)
                .isNotEqualTo(second);
    }

    @Test
    void theSameSeedGivesTheSameOrders() {
        assertThat(new Rounds(ROWS, 1).next()).isEqualTo(new Rounds(ROWS, 1).next());
        assertThat(new Rounds(ROWS, 2).next()).isNotEqualTo(new Rounds(ROWS, 1).next());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterTwoRoundsEveryLevelHasComeRightBeforeEveryOther(long seed) {
        Rounds rounds = new Rounds(ROWS, seed);

        assertThat(rounds.transitionsShown()).isZero();
        rounds.next();
        assertThat(rounds.transitionsShown()).isBetween(0.95, 0.999);
        rounds.next();
        assertThat(rounds.transitionsShown()).isEqualTo(1);
    }

    @Test
    void noRowsMakeAnEmptyRound() {
        assertThat(new Rounds(List.of(), 1).next()).isEmpty();
    }
}
