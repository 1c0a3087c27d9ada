package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.mutant.SoundImplementations.Sound;
import org.dropoutspec.selftest.SelfTest;
import org.dropoutspec.trial.Requirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No requirement finds fault with an implementation that is sound in one of the ways that can be declared. */
class SoundImplementationsTest {
    private static final long SEED = 20_261_121;

    static List<Sound> everyOne() {
        return SoundImplementations.all();
    }

    @ParameterizedTest
    @MethodSource("everyOne")
    void noSingleCallIsFoundFaultWith(Sound sound) {
        Set<String> deterministic = SelfTest.checked().stream()
                .filter(id -> !Requirements.ALL.contains(id))
                .collect(Collectors.toSet());
        assertThat(faults(certified(sound, deterministic))).isEmpty();
    }

    /** Those that draw in ways of their own; the others draw by the generator of the reference, which is certified too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mersenne Twister",
                "no capability",
                "rate of 24 bits",
                "rate dithered to 7 bits, declared",
                "rate that wanders by call, declared",
                "rate steered towards the right number, declared",
                "number of drops drawn first, coupled over rates"
            })
    void noMaskIsFoundFaultWith(String name) {
        Sound sound = everyOne().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(faults(certified(sound, Set.copyOf(Requirements.ALL)))).isEmpty();
    }

    @Test
    void thePlainestOneIsConformant() {
        Sound none = everyOne().stream()
                .filter(one -> one.name().equals("float16 alone, mask reported"))
                .findFirst()
                .orElseThrow();
        assertThat(certified(none, Set.of()).outcome()).isEqualTo(Outcome.CONFORMANT);
    }

    private static Certificate certified(Sound sound, Set<String> only) {
        return new Certifier(Tier.QUICK, SEED, only, id -> {})
                .certify(sound.implementation().apply(SEED));
    }

    private static List<String> faults(Certificate certificate) {
        return certificate.findings().stream()
                .filter(finding -> !(finding.verdict() instanceof Verdict.Pass)
                        && !(finding.verdict() instanceof Verdict.Unsupported))
                .map(finding -> finding.requirement().heading() + ": "
                        + finding.verdict().message())
                .toList();
    }
}
