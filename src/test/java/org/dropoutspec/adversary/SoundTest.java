package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.spec.RequirementLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No sound dropout that somebody thought of is found fault with. All of them take minutes: with
 * {@code -Dadversary.seeds=N} each is certified with N seeds, without it every {@value #STEP}th with one.
 */
class SoundTest {
    private static final long SEED = 20_261_123;

    private static final int STEP = 60;

    static Stream<Arguments> all() {
        List<Sound> all = Sound.all();
        long seeds = Long.getLong("adversary.seeds", 0);
        return IntStream.range(0, all.size())
                .filter(index -> seeds > 0 || index % STEP == 0)
                .mapToObj(all::get)
                .flatMap(sound ->
                        LongStream.range(0, Math.max(1, seeds)).mapToObj(seed -> Arguments.of(sound, SEED + seed)));
    }

    @Tag("sound")
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("all")
    void isConformant(Sound sound, long seed) {
        Certificate certificate = new Certifier(Tier.QUICK, seed, Set.of(), id -> {})
                .certify(sound.implementation().apply(seed));
        assertThat(faults(certificate)).isEmpty();
        assertThat(certificate.outcome()).isEqualTo(Outcome.CONFORMANT);
    }

    /** With this seed each large matrix of the design is a strided one, of whose elements nothing is known. */
    @Test
    void whereEveryLargeInputIsStridedOneIsAskedThatIsNot() {
        Sound matrices = Sound.all().stream()
                .filter(sound -> sound.name().equals("has nothing but matrices"))
                .findFirst()
                .orElseThrow();
        long seed = 9_000_512;
        Certificate certificate = new Certifier(Tier.QUICK, seed, Set.of("MASK-12"), id -> {})
                .certify(matrices.implementation().apply(seed));
        assertThat(certificate.findings())
                .extracting(Certificate.Finding::verdict)
                .allMatch(Verdict.Pass.class::isInstance);
    }

    @Test
    void everyOneHasAName() {
        assertThat(Sound.all()).extracting(Sound::name).doesNotHaveDuplicates();
    }

    private static List<String> faults(Certificate certificate) {
        return certificate.findings().stream()
                .filter(finding -> finding.requirement().level() == RequirementLevel.MUST)
                .filter(finding -> finding.verdict() instanceof Verdict.Fail
                        || finding.verdict() instanceof Verdict.Error
                        || finding.verdict() instanceof Verdict.Inconclusive)
                .map(finding -> finding.requirement().heading() + ": "
                        + finding.verdict().message())
                .toList();
    }
}
