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
 * Measures the power of the suite: defects are drawn from a grammar, and the finds are compared with the promise.
 *
 * @param tier the budget for each defect
 * @param seed the seed of the defects, of the run that looks for each, and of every stream
 * @param progress gets the index of each defect before its run
 */
public record Generated(Tier tier, long seed, Consumer<String> progress) {
    private static final Set<String> SAMPLED = Set.copyOf(StatisticalRequirements.ALL);

    /**
     * The run that looked for one defect.
     *
     * @param found the requirements that were found broken by the time that the first was; empty if none was
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

    /** Looks for a defect: first by sampling, which shows most defects; if that finds nothing, by the other checks. */
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
