package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.mutant.SoundImplementations.Sound;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.selftest.SelfTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No requirement finds fault with an implementation that is sound in one of the ways that can be declared. */
class SoundImplementationsTest {
    private static final long SEED = 20_261_121;

    /** With {@code -Dadversary.seeds=1} all, else every third one. */
    static List<Sound> everyThird() {
        List<Sound> all = SoundImplementations.all();
        boolean asked = Long.getLong("adversary.seeds", 0) > 0;
        return IntStream.range(0, all.size())
                .filter(index -> asked || index % 3 == 0)
                .mapToObj(all::get)
                .toList();
    }

    @Tag("sound")
    @ParameterizedTest
    @MethodSource("everyThird")
    void noSingleCallIsFoundFaultWith(Sound sound) {
        Set<String> deterministic = SelfTest.checked().stream()
                .filter(id -> !StatisticalRequirements.ALL.contains(id))
                .collect(Collectors.toSet());
        assertThat(faults(certified(sound, deterministic))).isEmpty();
    }

    /** Those that draw in ways of their own; the others draw by the generator of the reference, which is certified too. */
    @Tag("sound")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mersenne Twister",
                "no capability",
                "rate of 24 bits",
                "rate dithered to 7 bits, declared",
                "rate that wanders by call, declared",
                "rate steered towards the right number, declared",
                "number of drops drawn first, coupled over rates",
                "a generator for each kernel"
            })
    void noMaskIsFoundFaultWith(String name) {
        assertThat(faults(certified(named(name), Set.copyOf(StatisticalRequirements.ALL))))
                .isEmpty();
    }

    @Tag("sound")
    @ParameterizedTest
    @ValueSource(strings = {"float16 alone, mask reported", "seeds of 27 bits", "no stream", "no evaluation"})
    void thoseThatAreAskedLessAreConformant(String name) {
        Certificate certificate = certified(named(name), Set.of());
        assertThat(faults(certificate)).isEmpty();
        assertThat(certificate.outcome()).isEqualTo(Outcome.CONFORMANT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no stream     | the implementation declares that it has no stream     | EVAL-3, SEED-2, SEED-3, SEED-7
                    no evaluation | the implementation declares that it has no evaluation | RATE-6, BWD-4, EVAL-1, EVAL-2, EVAL-3, EVAL-4, EVAL-5, SHAPE-7
                    """)
    void whatIsNotAskedIsTold(String name, String reason, String requirements) {
        assertThat(certified(named(name), Set.of(requirements.split(", "))).findings())
                .hasSize(requirements.split(", ").length)
                .allSatisfy(finding -> assertThat(finding.verdict())
                        .as(finding.requirement().id())
                        .isEqualTo(Verdict.Unsupported.inapplicable(reason)));
    }

    /** Whether the bits above the sixteenth count is advice: nothing else may hang on them. */
    @Tag("sound")
    @Test
    void seedsThatAreCutTo16BitsBreakTheAdviceOnSeedsAndNothingElse() {
        Implementation whole = new ReferenceImplementation(SEED);
        Implementation cut = new Implementation() {
            @Override
            public Description description() {
                return whole.description()
                        .withCapabilities(whole.description().capabilities().stream()
                                .filter(capability -> capability != Capability.PHILOX4X32_10)
                                .toArray(Capability[]::new));
            }

            @Override
            public Result dropout(Call call) {
                OptionalLong seed = call.seed();
                return whole.dropout(seed.isEmpty() ? call : call.withSeed(seed.getAsLong() & 0xFFFF));
            }
        };
        Certificate certificate = new Certifier(Tier.QUICK, SEED, Set.of(), id -> {}).certify(cut);
        assertThat(faults(certificate)).singleElement().asString().startsWith("SEED-5 SHOULD");
        assertThat(certificate.outcome()).isEqualTo(Outcome.CONFORMANT);
    }

    @Test
    void whatACoarseResolutionHidesOfTheNumberOfDropsIsTold() {
        assertThat(certified(named("rate dithered to 7 bits, declared"), Set.of("MASK-9"))
                        .findings()
                        .get(0)
                        .verdict()
                        .message())
                .containsPattern("with the declared rate_resolution it cannot be told whether the number is fixed in "
                        + "[\\d,]+ calls.* or varies half as much as it should in [\\d,]+ calls");
    }

    private static Sound named(String name) {
        return SoundImplementations.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
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
