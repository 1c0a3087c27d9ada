package org.dropoutspec.adversary.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Declared for the whole adapter, it is judged of plain and of grouped dropout alone: sums make NaN whatever the mask did. */
class DroppedNonfiniteTest {
    private static final long SEED = 4711;

    @ParameterizedTest
    @ValueSource(strings = {"alpha_dropout", "gaussian_dropout", "dropconnect", "rnn", "attention", "network"})
    void isNotJudgedOfSums(String operation) {
        assertThat(told(operation, Set.of("RATE-7", "RATE-8", "MASK-7"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spatial_dropout", "stochastic_depth"})
    void isJudgedOfGroups(String operation) {
        assertThat(told(operation, Set.of("FWD-3"))).containsExactly("FWD-3");
    }

    /** What a sound one that selects is told when it declares that it multiplies. */
    private static List<String> told(String operation, Set<String> asked) {
        FamilySound multiplying = FamilySound.declaring(
                operation,
                "declares NaN",
                all -> all.with(all.choices().with(DroppedNonfinite.NAN)),
                (call, dropout, sound) -> sound.answer(call, dropout));
        return new Certifier(Tier.QUICK, SEED, new Selection(Set.of(operation), asked), id -> {})
                .certify(multiplying.implementation().apply(SEED)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id())
                        .toList();
    }
}
