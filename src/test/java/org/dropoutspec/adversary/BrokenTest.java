package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A broken dropout that somebody thought of is found at quick, by a requirement that says what is wrong. All of them take
 * minutes: with {@code -Dadversary.seeds=N} each is looked for with N seeds, without it every {@value #STEP}th with one.
 */
class BrokenTest {
    private static final long SEED = 20_261_122;
    private static final int STEP = 40;

    /** What a quick run does not see: the requirement is asked of plain calls of some hundred elements. */
    private static final Set<String> UNSEEN = Set.of(
            "ignores the seed from 65,536 elements on",
            "ignores the seed of a strided input",
            "ignores the seed where there is a gradient",
            "ignores the seed where there is a noise shape",
            "draws for an evaluation from 1,000 elements on",
            "draws for a given mask from 1,000 elements on",
            "continues otherwise after a strided call");

    static Stream<Arguments> seen() {
        List<Broken> seen = Broken.all().stream()
                .filter(broken -> !UNSEEN.contains(broken.name()))
                .toList();
        long seeds = Long.getLong("adversary.seeds", 0);
        return IntStream.range(0, seen.size())
                .filter(index -> seeds > 0 || index % STEP == 0)
                .mapToObj(seen::get)
                .flatMap(broken ->
                        LongStream.range(0, Math.max(1, seeds)).mapToObj(seed -> Arguments.of(broken, SEED + seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seen")
    void isFound(Broken broken, long seed) {
        assertThat(found(broken, seed)).containsAnyElementsOf(broken.requirements());
    }

    @Test
    void everyOneHasAName() {
        assertThat(Broken.all())
                .extracting(Broken::name)
                .doesNotHaveDuplicates()
                .containsAll(UNSEEN);
    }

    /** What the answers under all conditions break and, where that is none of what is expected, what other calls do. */
    private static Set<String> found(Broken broken, long seed) {
        Set<String> all = Set.copyOf(StatisticalRequirements.ALL);
        Set<String> found = new TreeSet<>(new Session(fresh(broken, seed), Tier.QUICK, seed, all, id -> {})
                .sampling()
                .firstFinds());
        Set<String> others = new TreeSet<>(broken.requirements());
        others.removeAll(all);
        if (found.stream().noneMatch(broken.requirements()::contains) && !others.isEmpty()) {
            new Certifier(Tier.QUICK, seed, others, id -> {})
                    .certify(fresh(broken, seed)).findings().stream()
                            .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                            .forEach(finding -> found.add(finding.requirement().id()));
        }
        return found;
    }

    private static Implementation fresh(Broken broken, long seed) {
        return broken.implementation().apply(seed);
    }
}
