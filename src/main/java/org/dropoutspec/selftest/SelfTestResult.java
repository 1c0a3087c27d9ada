package org.dropoutspec.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.dropoutspec.contract.Tier;

/**
 * The result of a self-test.
 *
 * @param tier the budget for each implementation
 * @param seed the master seed, which replays the self-test
 * @param extent which requirements each mutant ran against
 * @param mutants one run for each mutant, in the order of the specification
 * @param sound one run for each sound implementation
 */
public record SelfTestResult(Tier tier, long seed, MutantScope extent, List<MutantRun> mutants, List<MutantRun> sound) {

    public SelfTestResult {
        mutants = List.copyOf(mutants);
        sound = List.copyOf(sound);
    }

    /** The mutants that their own requirement did not find, except those without a check. */
    public List<MutantRun> missed() {
        return mutants.stream()
                .filter(run -> run.judged() && !run.asItShouldBe())
                .toList();
    }

    /** The mutants whose requirement has no check, so that nothing is known about them. */
    public List<MutantRun> unjudged() {
        return mutants.stream().filter(run -> !run.judged()).toList();
    }

    /** The sound implementations that did not pass everything that applies to them. */
    public List<MutantRun> faulted() {
        return sound.stream().filter(run -> !run.asItShouldBe()).toList();
    }

    /** 0 when every mutant was found by its own requirement and no sound implementation was accused, else 1. */
    public int exitStatus() {
        return missed().isEmpty() && unjudged().isEmpty() && faulted().isEmpty() ? 0 : 1;
    }

    /** The text for people, 120 characters wide: rows of implementations, columns of requirements, then a summary. */
    public List<String> lines() {
        return MatrixText.of(this);
    }

    /** The result for programs, in the format {@code dropout-self-test/1}. */
    public ObjectNode json() {
        return MatrixJson.of(this);
    }
}
