package org.dropoutspec.adversary.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.spec.RequirementLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No operation that is right in an unusual way is found fault with. All of them take minutes: with
 * {@code -Dadversary.seeds=N} each is certified with N seeds, without it every {@value #STEP}th with one.
 */
class FamilySoundTest {
    private static final long SEED = 31_000;

    private static final int STEP = 80;

    static Stream<Arguments> all() {
        List<FamilySound> all = FamilySound.all();
        long seeds = Long.getLong("adversary.seeds", 0);
        return IntStream.range(0, all.size())
                .filter(index -> seeds > 0 || index % STEP == STEP / 4)
                .mapToObj(all::get)
                .flatMap(sound ->
                        LongStream.range(0, Math.max(1, seeds)).mapToObj(seed -> Arguments.of(sound, SEED + seed)));
    }

    @Tag("sound")
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("all")
    void isConformant(FamilySound sound, long seed) {
        Certificate certificate = new Certifier(
                        Tier.QUICK, seed, new Selection(Set.of(sound.operation()), Set.of()), id -> {})
                .certify(sound.implementation().apply(seed * 7919));
        assertThat(certificate.findings().stream()
                        .filter(finding -> finding.requirement().level() == RequirementLevel.MUST)
                        .filter(finding -> !(finding.verdict() instanceof Verdict.Pass)
                                && !(finding.verdict() instanceof Verdict.Unsupported))
                        .map(finding -> finding.requirement().heading() + ": "
                                + finding.verdict().message()))
                .isEmpty();
        assertThat(certificate.outcome()).isEqualTo(Outcome.CONFORMANT);
    }

    @Test
    void everyOneHasAName() {
        assertThat(FamilySound.all()).extracting(FamilySound::toString).doesNotHaveDuplicates();
    }
}
