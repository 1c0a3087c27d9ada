package org.dropoutspec.certify;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.spec.Level;
import org.dropoutspec.spec.Requirement;

/**
 * What an examination found.
 *
 * @param suiteVersion the version of this suite
 * @param specification the SHA-256 of the specification that was examined against
 * @param implementation what was examined
 * @param tier how much was asked
 * @param seed the master seed, which replays the examination
 * @param whole whether every requirement was examined, and not a selection
 * @param elements how many mask elements were asked for
 * @param duration how long it took
 * @param ledger how the probability of a false alarm was spent, a line a check
 * @param findings a verdict for each requirement examined, in the order of the specification
 */
public record Certificate(
        String suiteVersion,
        String specification,
        Description implementation,
        Tier tier,
        long seed,
        boolean whole,
        long elements,
        Duration duration,
        List<String> ledger,
        List<Finding> findings) {

    /** The probability that an examination finds fault with a sound implementation, at most. */
    public static final double FALSE_ALARM_RATE = 1e-9;

    private static final Set<String> EVALUATION = Set.of("EVAL-1", "EVAL-5");

    /**
     * What dropout is, in one requirement each: without a pass in each of these sets nothing is certified. That of the
     * evaluation is left out where there is none.
     */
    private static final List<Set<String>> CORE = List.of(Set.of("FWD-1", "FWD-8"), EVALUATION, Set.of("MASK-1"));

    /** One requirement and what was found about it. */
    public record Finding(Requirement requirement, Verdict verdict) {
        boolean isMust() {
            return requirement.level() == Level.MUST;
        }
    }

    public Certificate {
        ledger = List.copyOf(ledger);
        findings = List.copyOf(findings);
    }

    /**
     * Conformant when no MUST failed, was inconclusive or in error, and the core of dropout passed; nonconformant when a
     * MUST failed; otherwise it could not be judged.
     */
    public Outcome outcome() {
        if (any(finding -> finding.isMust() && finding.verdict() instanceof Verdict.Fail)) {
            return Outcome.NONCONFORMANT;
        }
        boolean open = any(finding -> finding.isMust()
                && (finding.verdict() instanceof Verdict.Inconclusive || finding.verdict() instanceof Verdict.Error));
        boolean core = !whole
                ? any(finding -> finding.verdict() instanceof Verdict.Pass || finding.verdict() instanceof Verdict.Fail)
                : CORE.stream()
                        .filter(ids -> !ids.equals(EVALUATION)
                                || implementation.choices().modes() == Modes.BOTH)
                        .allMatch(ids -> any(finding ->
                                ids.contains(finding.requirement().id()) && finding.verdict() instanceof Verdict.Pass));
        return open || !core ? Outcome.NOT_JUDGED : Outcome.CONFORMANT;
    }

    /** How many of the findings have a verdict of this kind. */
    public long count(Class<? extends Verdict> kind) {
        return findings.stream()
                .filter(finding -> kind.isInstance(finding.verdict()))
                .count();
    }

    private boolean any(Predicate<Finding> condition) {
        return findings.stream().anyMatch(condition);
    }
}
