package org.dropoutspec.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.defect.Exposure;
import org.dropoutspec.defect.Generator;
import org.dropoutspec.defect.Generator.Drawn;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;

/**
 * The power of the suite, measured: defects are drawn from a grammar, and what was found is told beside what is promised.
 *
 * @param tier how much is asked of each
 * @param seed of the defects, of the run in which each is looked for, and of every stream
 * @param progress told the index of each as its turn comes
 */
public record Generated(Tier tier, long seed, Consumer<String> progress) {
    private static final Set<String> SAMPLED = Set.copyOf(StatisticalRequirements.ALL);

    /**
     * One defect.
     *
     * @param found the requirements that were found broken by the time that any was; none where it was not found
     */
    public record Hunt(Drawn drawn, Set<String> found) {
        public boolean isFound() {
            return !found.isEmpty();
        }

        /** Whether it was promised and not found: a defect of the suite, unless it is the one in a thousand. */
        public boolean isMissed() {
            return drawn.promised() && !isFound();
        }
    }

    /** Looks for the defects of these indices. */
    public GeneratedResult run(int from, int to) {
        Generator generator = generator();
        List<Hunt> hunts = new ArrayList<>();
        for (int index = from; index < to; index++) {
            progress.accept("defect " + index);
            hunts.add(hunt(generator.draw(index)));
        }
        return new GeneratedResult(tier, seed, hunts);
    }

    /** Draws the defects of this seed. */
    Generator generator() {
        return new Generator(seed, tier.plan().strength(), this::exposure);
    }

    private Exposure exposure(Description description) {
        Exposure.Recorder recorder = new Exposure.Recorder(description, seed);
        Sampling sampling = sampling(recorder);
        sampling.run();
        return recorder.exposure(
                sampling.rows(), tier.plan().strength(), sampling.horizon(), sampling::comparedFarBack);
    }

    private Sampling sampling(Implementation implementation) {
        return new Session(implementation, tier, seed, SAMPLED, id -> {}).sampling();
    }

    /** The answers under all conditions show most of it; what they do not break is put to the other checks. */
    Hunt hunt(Drawn drawn) {
        Set<String> found = sampling(broken(drawn)).firstFinds();
        return new Hunt(drawn, found.isEmpty() && drawn.defect().isSeenInSingleCalls() ? others(drawn) : found);
    }

    private Set<String> others(Drawn drawn) {
        Set<String> others =
                SelfTest.checked().stream().filter(id -> !SAMPLED.contains(id)).collect(Collectors.toSet());
        return new Certifier(tier, seed, others, id -> {})
                .certify(broken(drawn)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private Implementation broken(Drawn drawn) {
        return drawn.defect().implementation(drawn.description(), seed + drawn.index());
    }
}
