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
    private static final int STEP = 80;

    /** What a quick run does not see, or not with every seed; doc/statistics.md says why. */
    private static final Set<String> UNSEEN = Set.of(
            "keeps a tail below 1,024 from 2^18 elements on",
            "keeps index 70,000",
            "keeps the last row of a matrix with 17 to 31 columns",
            "mirrors tiles of 32 by 32 in their diagonal",
            "takes two thirds of the numbers of 100 calls before",
            "drops half as much where a noise shape shares the last two axes of four",
            "drops a tenth less of two axes swapped in front",
            "drops nothing right after an input with a NaN",
            "drops nothing where the input holds a NaN",
            "drops nothing of a seeded input that holds an infinity, from 4,096 elements on",
            "leaves the last element of exactly 1,025 to 1,040 as it was",
            "cuts the seed of large tensors to 12 bits",
            "seeds each block of 100 with a hash of 12 bits",
            "draws 15 bits, as rand of Windows does",
            "drops an exact number of each call of 100,000 and more",
            "lets the second of two threads begin one block late",
            "begins its stream again after each four million words",
            "looks at no rate of an empty input",
            "looks at no rate where a mask is given",
            "adds the number of elements to the seed",
            "adds the number of the draw to a hash of the seed",
            "shifts the seed by four bits and adds the draw",
            "sets the seed of a call with elements only",
            "draws in an order that changes, from a million elements on",
            "takes the rate in float16 in float16");

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
    static Set<String> found(Broken broken, long seed) {
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
