package org.dropoutspec.certify;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;

/** The requirements that a check relies on: one of them that failed is the cause, if it explains what the check saw. */
final class Bases {
    /** Failures of these explain nothing that is wrong with an output. */
    private static final Set<String> GRADIENTS = Set.of("BWD-1", "BWD-2", "BWD-4");

    /** One of these requirements reports a wrong gradient, whatever the check is about that saw it. */
    private static final Set<String> OF_ANY_GRADIENT = Set.of("BWD-1", "BWD-3", "BWD-5", "BWD-6", "BWD-7", "BWD-8");

    /** That an evaluation draws nothing: a failure of it explains nothing that shows without an evaluation. */
    private static final String DRAWS_NOTHING = "EVAL-3";

    private final Map<String, Set<String>> standsOn;

    /** @param standsOn by requirement, the requirements that its check stands on */
    Bases(Map<String, Set<String>> standsOn) {
        this.standsOn = standsOn;
    }

    /** Whether the check of one finding stands on the requirement of the other. */
    boolean stands(Finding finding, Finding on) {
        return standsOn(finding).contains(on.requirement().id())
                && !(on.requirement().id().equals(DRAWS_NOTHING) && isWithoutEvaluation(finding));
    }

    private static boolean isWithoutEvaluation(Finding finding) {
        return Boolean.FALSE.equals(finding.verdict().evidence().get(Verdict.WITH_EVALUATION));
    }

    /** The first failed requirement that a check stands on and that explains what the check saw. */
    Optional<Finding> failed(Finding finding, Failures failures) {
        return failures.stream()
                .filter(other -> isBase(other, finding))
                // a failure where a scale overflows hides no failure elsewhere
                .filter(other -> !overflows(other) || overflows(finding))
                // a wrong gradient hides no wrong output
                .filter(other ->
                        !GRADIENTS.contains(other.requirement().id()) || isOfChapter(finding) || isOfGradient(finding))
                // a failure that another chapter saw in a gradient hides none of the gradients' own chapter
                .filter(other -> !isOfChapter(finding) || isOfChapter(other) || !isOfGradient(other))
                // a failure that another requirement tells is no cause itself
                .filter(other -> failures.named(Verdict.SAID_BY, other).isEmpty())
                .filter(other -> failures.ofASeed(other).isEmpty())
                // a whole does not stand on its part
                .filter(other -> !finding.requirement()
                        .id()
                        .equals(other.verdict().evidence().get(Verdict.PART_OF)))
                // a failure that itself stands on one of seeds does not explain a failure of seeds
                .filter(other -> !isOfSeeds(finding) || isOfSeeds(other) || !standsOnSeeds(other, failures))
                // a failure that alone decides the outcome is not hidden behind one that does not
                .filter(other -> other.isMust() || !finding.isMust())
                .findFirst();
    }

    /** A failure that no mask explains has no cause among requirements on masks: it is the cause of theirs. */
    private boolean isBase(Finding base, Finding finding) {
        boolean stands = stands(finding, base);
        boolean turned = stands(base, finding);
        return base.says(Verdict.WHATEVER_THE_MASK)
                ? stands || turned
                : stands && !finding.says(Verdict.WHATEVER_THE_MASK);
    }

    private boolean standsOnSeeds(Finding finding, Failures failures) {
        return failures.stream().filter(Bases::isOfSeeds).anyMatch(other -> stands(finding, other));
    }

    /** The requirements that its check declares; outside chapter BWD those on gradients too, if a gradient is wrong. */
    private Set<String> standsOn(Finding finding) {
        Set<String> declared = standsOn.getOrDefault(finding.requirement().id(), Set.of());
        if (isOfChapter(finding) || !isOfGradient(finding)) {
            return declared;
        }
        Set<String> all = new HashSet<>(declared);
        all.addAll(OF_ANY_GRADIENT);
        return all;
    }

    private static boolean isOfSeeds(Finding finding) {
        return finding.requirement().id().startsWith("SEED-");
    }

    /** Whether it is of chapter BWD, on gradients: the checks of this chapter declare all that they stand on. */
    private static boolean isOfChapter(Finding finding) {
        return finding.requirement().id().startsWith("BWD-");
    }

    private static boolean overflows(Finding finding) {
        return finding.says(Verdict.SCALE_OVERFLOWS);
    }

    private static boolean isOfGradient(Finding finding) {
        return finding.says(Verdict.OF_GRADIENT);
    }
}
