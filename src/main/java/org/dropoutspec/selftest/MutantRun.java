package org.dropoutspec.selftest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.contract.Verdict;

/**
 * One implementation put to the requirements.
 *
 * @param name of the mutant or of the sound implementation
 * @param own the requirement that is there to find it; empty for a sound one
 * @param defect what is wrong with it; empty for a sound one
 * @param verdicts by requirement id, for each one that it was put to; its own from a run with nothing else in it
 * @param elements the mask elements that it was asked for on behalf of its own requirement, or of all for a sound one
 * @param seconds how long all of it took
 */
public record MutantRun(
        String name,
        Optional<String> own,
        String defect,
        Map<String, Verdict> verdicts,
        long elements,
        double seconds) {

    public MutantRun {
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    /** The requirements that found fault with it. */
    public List<String> foundBy() {
        return verdicts.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Verdict.Fail)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether its requirement has a check in this suite; a sound implementation needs none. */
    public boolean judged() {
        return own.isEmpty() || verdicts.containsKey(own.get());
    }

    /** What the requirement that is there to find it said, where it was judged. */
    Verdict ofOwn() {
        return Objects.requireNonNull(verdicts.get(own.orElseThrow()), "not judged");
    }

    /** Whether the suite did what it is there for: a mutant found by its own requirement, a sound one by none. */
    public boolean asItShouldBe() {
        return own.map(id -> verdicts.get(id) instanceof Verdict.Fail).orElseGet(this::nothingWrong);
    }

    private boolean nothingWrong() {
        return verdicts.values().stream()
                .allMatch(verdict -> verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported);
    }
}
