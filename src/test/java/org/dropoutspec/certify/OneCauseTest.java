package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.mutant.Mutants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken implementation breaks what stands on the broken thing too; whoever reads the certificate is told of one. */
class OneCauseTest {
    /** All that one of these breaks, but for the statistics of masks. */
    private static final Set<String> BROKEN = Set.of(
            "RATE-7", "RATE-8", "MASK-4", "MASK-7", "FWD-1", "FWD-2", "FWD-3", "FWD-4", "FWD-5", "FWD-6", "FWD-7",
            "BWD-1", "BWD-4", "BWD-5", "BWD-6", "EVAL-1", "SEED-1", "SEED-3", "SEED-4", "SHAPE-2", "STATE-1", "STATE-2",
            "STATE-3", "STATE-5");

    @ParameterizedTest(name = "{0} is told by {1}")
    @CsvSource({
        "mask-reported-inverted, MASK-4",
        "forward-dropped-leaks, FWD-2",
        "forward-returns-float32, FWD-5",
        "forward-zero-over-zero, FWD-7",
        "rate-one-gradient-not-a-number, RATE-8",
        "state-without-the-second-instance, STATE-5",
        "state-counts-in-16-bits, STATE-1",
        "backward-unmasked, BWD-1"
    })
    void oneRequirementTellsOf(String name, String told) {
        Mutant mutant = Mutants.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(new Certifier(Tier.QUICK, 7, BROKEN, id -> {})
                        .certify(mutant.implementation().apply(7)).findings().stream()
                                .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                                .map(finding -> finding.requirement().id()))
                .containsExactly(told);
    }
}
