package org.dropoutspec.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.dropoutspec.contract.Tier;

/**
 * What a self-test found.
 *
 * @param tier how much was asked of each implementation
 * @param seed the master seed, which replays it
 * @param extent which requirements each mutant was tried against
 * @param mutants a run each, in the order of the specification
 * @param sound a run each
 */
public record SelfTestResult(Tier tier, long seed, MutantScope extent, List<MutantRun> mutants, List<MutantRun> sound) {

    public SelfTestResult {
        mutants = List.copyOf(mutants);
        sound = List.copyOf(sound);
    }

    /** The mutants that their own requirement did not find, those without a check left out. */
    public List<MutantRun> missed() {
        return mutants.stream()
                .filter(run -> run.judged() && !run.asItShouldBe())
                .toList();
    }

    /** The mutants whose requirement has no check: nothing is known about them. */
    public List<MutantRun> unjudged() {
        return mutants.stream().filter(run -> !run.judged()).toList();
    }

    /** The sound implementations that did not pass everything that applies to them. */
    public List<MutantRun> faulted() {
        return sound.stream().filter(run -> !run.asItShouldBe()).toList();
    }

    /** 0 when every mutant was found by its own requirement and no sound implementation faulted, else 1. */
    public int exitStatus() {
        return missed().isEmpty() && unjudged().isEmpty() && faulted().isEmpty() ? 0 : 1;
    }

    /** For people: a row an implementation, a column a requirement, at most 120 characters wide; then the sum of it. */
    public List<String> lines() {
        return MatrixText.of(this);
    }

    /** For machines, in the format {@code dropout-self-test/1}. */
    public ObjectNode json() {
        return MatrixJson.of(this);
    }
}
