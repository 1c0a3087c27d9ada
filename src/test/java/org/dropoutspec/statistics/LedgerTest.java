package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void sharesWhatTheChargesLeaveByWeight() {
        Ledger ledger = Ledger.opening(1e-9)
                .charge("two draws differ", 2e-10)
                .check("MASK-1", 3)
                .check("MASK-2", 1)
                .open();
        assertThat(ledger.share("MASK-1").alpha()).isBetween(5.999e-10, 6e-10);
        assertThat(ledger.share("MASK-2").threshold()).isBetween(-Math.log(2e-10), -Math.log(1.999e-10));
        assertThat(ledger.lines())
                .containsExactly(
                        "probability of a false alarm, in all checks together: at most 1.00e-09",
                        "  2.00e-10 each, by coincidence: two draws differ",
                        "  6.00e-10 each, rejects at ln E >= 21.23: MASK-1",
                        "  2.00e-10 each, rejects at ln E >= 22.33: MASK-2");
    }

    @Test
    void neverSpendsMoreThanTheWhole() {
        for (int checks = 1; checks <= 100; checks++) {
            Ledger.Opening opening = Ledger.opening(1e-9).charge("charge", 1e-16);
            for (int i = 0; i < checks; i++) {
                opening.check("check " + i, 1.0 / (i + 1));
            }
            assertThat(opening.open().shares().stream()
                            .mapToDouble(Ledger.Share::alpha)
                            .sum())
                    .isLessThanOrEqualTo(1e-9);
        }
    }

    @Test
    void refusesToOverspend() {
        assertThatThrownBy(() -> Ledger.opening(1e-9)
                        .charge("charge", 1e-9)
                        .check("check", 1)
                        .open())
                .hasMessage("charges (1.0E-9) must leave something of the run's 1.0E-9 to the checks");
        assertThatThrownBy(() -> Ledger.opening(1e-9).check("a", 1).charge("a", 1e-12))
                .hasMessage("check (a) must have one share only");
        assertThatThrownBy(() -> Ledger.opening(1e-9).check("a", 1).open().share("b"))
                .hasMessage("check (b) must be one of [a]");
    }
}
