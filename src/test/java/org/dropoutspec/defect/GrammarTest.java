package org.dropoutspec.defect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.sampling.Sampling;
import org.junit.jupiter.api.Test;

class GrammarTest {
    private static Defect drawn(long seed) {
        Grammar grammar = new Grammar(seed);
        return new Defect(grammar.where(2), grammar.effect(), 1);
    }

    @Test
    void theSameSeedDrawsTheSameDefectAndOthersDrawOthers() {
        Set<String> defects = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            defects.add(drawn(seed).toString());
            assertThat(drawn(seed)).hasToString(drawn(seed).toString());
        }
        assertThat(defects).hasSizeGreaterThan(150);
    }

    /** What is expensive for some implementations would leave most conditions of all defects unasked. */
    @Test
    void nothingThatADefectDeclaresLeavesConditionsUnasked() {
        Set<Description> declared = new HashSet<>(); // a few, each of many defects
        for (long seed = 0; seed < 200; seed++) {
            Grammar grammar = new Grammar(seed);
            declared.add(Grammar.description(grammar.where(2), grammar.effect()));
        }
        assertThat(declared)
                .hasSizeGreaterThan(5)
                .noneMatch(description ->
                        Sampling.repertoire(description, Tier.QUICK.plan(), 1).isLimited());
    }

    /** At full strength and everywhere, whatever a value, a rate or a mask does wrong is gross. */
    @Test
    void aDefectThatStrikesEverywhereIsFound() {
        Defect wrongRate = new Defect(new Where.Everywhere(), new RateEffect(RateEffect.Target.COMPLEMENT), 1);
        Description description = Grammar.description(wrongRate.where(), wrongRate.effect());
        Implementation broken = wrongRate.implementation(description, 3);
        assertThat(new Certifier(Tier.QUICK, 3, Set.of("MASK-1"), id -> {})
                        .certify(broken)
                        .findings())
                .allSatisfy(finding -> assertThat(finding.verdict()).isInstanceOf(Verdict.Fail.class));
    }
}
