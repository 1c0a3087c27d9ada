package org.dropoutspec.selftest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.contract.Verdict;

/**
 * The run of one implementation against the requirements.
 *
 * @param name the name of the mutant or of the sound implementation
 * @param own the requirement that must find it; empty for a sound one
 * @param defect what is wrong with it; empty for a sound one
 * @param verdicts by requirement id, for each one it ran against; that of its own is from a run of that one alone
 * @param elements the mask elements it was asked for by its own requirement; by all requirements for a sound one
 * @param seconds how long everything took
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

    /** Whether its own requirement has a check in this suite; true for a sound implementation, which needs none. */
    public boolean judged() {
        return own.isEmpty() || verdicts.containsKey(own.get());
    }

    /** The verdict of its own requirement, which must have been judged. */
    Verdict ofOwn() {
        return Objects.requireNonNull(verdicts.get(own.orElseThrow()), "not judged");
    }

    /** Whether the suite was right: a mutant was found by its own requirement, a sound one was accused by none. */
    public boolean asItShouldBe() {
        return own.map(id -> verdicts.get(id) instanceof Verdict.Fail).orElseGet(this::nothingWrong);
    }

    private boolean nothingWrong() {
        return verdicts.values().stream()
                .allMatch(verdict -> verdict instanceof Verdict.Pass || verdict instanceof Verdict.Unsupported);
    }
}
