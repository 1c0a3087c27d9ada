package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.selftest.MutantRun;
import org.dropoutspec.selftest.MutantScope;
import org.dropoutspec.selftest.SelfTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mutant is found by the requirement that is there for it, asked nothing else. */
class MutantsAreFoundTest {
    private static final Set<String> STATISTICAL = Set.of(
            "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13", "SEED-8",
            "RATE-11");

    /**
     * What the 1e6 elements of a quick run are too few for: by the design two of them take 5e6 and 7e5 elements and
     * RANDU 2e7; a quick run looks for rates of up to 11 bits, not 16; and the dependence of neighbouring seeds is in the
     * first element, or in a fifth of the elements of every second pair.
     */
    private static final Set<String> BEYOND_QUICK = Set.of(
            "rate-a-thousandth-too-high",
            "lag-1-by-a-hundredth",
            "generator-randu",
            "rate-in-16-bits",
            "repeats-a-pool-of-4096",
            "repeats-chunks-of-the-call-before",
            "seed-coincides-in-part",
            "seed-of-a-minimal-standard-generator");

    private static final long SEED = 1;
    private static final SelfTest QUICK = new SelfTest(Tier.QUICK, SEED, mutant -> true, name -> {});

    static Stream<Mutant> deterministic() {
        return Mutants.all().stream().filter(mutant -> !STATISTICAL.contains(mutant.requirement()));
    }

    static Stream<Mutant> statistical() {
        return Mutants.all().stream()
                .filter(mutant -> STATISTICAL.contains(mutant.requirement()))
                .filter(mutant -> !BEYOND_QUICK.contains(mutant.name()))
                .filter(checked());
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void aDeterministicMutantIsFoundAndTheCallShown(Mutant mutant) {
        MutantRun trial = QUICK.mutant(mutant, MutantScope.OWN);
        Verdict verdict = trial.verdicts().get(mutant.requirement());
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message())
                .containsPattern(
                        "\\((evaluation, )?rate \\S+, \\w+ \\[|\\n1( to \\d+)?\\. |\\((dropout|release|backward|restore_state)\\b");
    }

    /** As soon as the evidence is enough, which is sooner than a certification looks. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("statistical")
    void aStatisticalMutantIsFound(Mutant mutant) {
        Implementation implementation = mutant.implementation().apply(SEED);
        Session session = new Session(implementation, Tier.QUICK, SEED, Set.of(mutant.requirement()), id -> {});
        assertThat(session.sampling().firstFinds()).as(mutant.defect()).containsExactly(mutant.requirement());
    }

    /** One of each requirement. */
    static Stream<Mutant> toBeSaid() {
        Set<String> said = new HashSet<>();
        return statistical().filter(mutant -> said.add(mutant.requirement()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("toBeSaid")
    void whatStatisticsFindIsSaid(Mutant mutant) {
        MutantRun trial = QUICK.mutant(mutant, MutantScope.OWN);
        Verdict verdict = trial.verdicts().get(mutant.requirement());
        assertThat(verdict).as(mutant.defect()).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message()).isNotBlank();
    }

    @Test
    void whatIsLeftOutIsSaid(TestReporter reporter) {
        List<String> unchecked = Mutants.all().stream()
                .filter(checked().negate())
                .map(Mutant::name)
                .toList();
        reporter.publishEntry("without a check", unchecked.size() + " " + unchecked);
        reporter.publishEntry("left to the standard tier", BEYOND_QUICK.size() + " " + BEYOND_QUICK);
        assertThat(Mutants.all()).extracting(Mutant::name).containsAll(BEYOND_QUICK);
    }

    private static Predicate<Mutant> checked() {
        Set<String> checked = SelfTest.checked();
        return mutant -> checked.contains(mutant.requirement());
    }
}
