package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.spec.RequirementLevel;

/**
 * One cause is told once. A check that stands on a requirement which failed says nothing of its own; and of the
 * statistical requirements that the same masks break, one is the cause: the one with the strongest evidence, unless a
 * likelier one has a fair share of it.
 *
 * <p>Evidence for a place, for a property of the input, and for dependence is what a wrong rate leaves of it; so that a
 * requirement on these which fails as well says more than that the rate is wrong. A place that is never dropped shows in
 * the rate and in the agreement of calls, as often as not more strongly than by itself; a mask that is used again shows at
 * its places too, but by a fiftieth. How many drops there are in a call or in a word, and what patterns they make, is
 * changed by everything else, and says least about what is wrong.
 */
final class Causes {
    /** The likelier cause first, if its evidence is at least such a share of the strongest. */
    private static final List<String> ORDER =
            List.of("MASK-12", "MASK-8", "MASK-1", "MASK-3", "MASK-2", "MASK-10", "MASK-9", "MASK-11", "MASK-13");

    private static final Map<String, Double> SHARES = Map.of("MASK-12", 0.1, "MASK-8", 0.1, "MASK-1", 0.5);

    /** And such a share of what shows that elements hang together: where they do, all else is counted many times over. */
    private static final Map<String, Double> SHARES_OF_DEPENDENCE = Map.of("MASK-8", 0.5, "MASK-1", 1.0);

    private static final String DEPENDENCE = "MASK-2";

    private static final String RATE = "MASK-1";

    private static final String PLACE = "MASK-8";

    private static final String FRESH = "MASK-3";

    private static final String REPEATED = "MASK-10";

    private static final String SEEDS = "SEED-8";

    /** Two masks were seen to be the same: then what else shows of masks that are used again is theirs. */
    private static final String ALIKE = "SEED-4";

    /** A seed leaves a generator stuck. */
    private static final String ONE_SEED = "SEED-9";

    /** The family that rejects by stretches alone. */
    private static final String REPEATING = "duplicate";

    /** What everything else changes too is the cause where all else has less than a tenth of its evidence. */
    private static final Set<String> UNSPECIFIC = Set.of("MASK-9", "MASK-11");

    private static final double SPECIFIC = 0.1;

    /** What dependence has at least of the evidence that elements which are alike are dropped at another rate. */
    private static final double ALIKE_IN_CALLS = 0.001;

    /** Nothing that is wrong with an output comes of these. */
    private static final Set<String> GRADIENTS = Set.of("BWD-1", "BWD-2", "BWD-4");

    /** What is wrong with a gradient, whatever is asked, is told by one of these. */
    private static final Set<String> OF_ANY_GRADIENT = Set.of("BWD-1", "BWD-3", "BWD-5", "BWD-6", "BWD-7", "BWD-8");

    private final Map<String, Set<String>> standsOn;

    /** @param standsOn by requirement, the requirements that its check stands on */
    Causes(Map<String, Set<String>> standsOn) {
        this.standsOn = standsOn;
    }

    /** The same findings, echoes told as not judged. */
    List<Finding> resolved(List<Finding> findings) {
        List<Finding> resolved = new ArrayList<>();
        for (Finding finding : findings) {
            resolved.add(root(finding, findings)
                    .or(() -> whatLeavesItOpen(finding, findings))
                    .map(cause -> echo(finding, cause))
                    .orElse(finding));
        }
        return resolved;
    }

    /** Of masks that are wrong in another way, or shown wrongly, no bound is found, however many are drawn. */
    private Optional<Finding> whatLeavesItOpen(Finding finding, List<Finding> findings) {
        if (!(finding.verdict() instanceof Verdict.Inconclusive) || !isOfMasks(finding)) {
            return Optional.empty();
        }
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(Causes::isMust)
                .filter(other -> isOfMasks(other)
                        || standsOn(finding).contains(other.requirement().id()))
                .max(Comparator.comparingDouble(Causes::strength))
                .map(cause -> root(cause, findings).orElse(cause));
    }

    /** The cause that has none itself. */
    private Optional<Finding> root(Finding finding, List<Finding> findings) {
        List<Finding> chain = new ArrayList<>(List.of(finding));
        Optional<Finding> next = cause(finding, findings);
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = cause(next.get(), findings);
        }
        Finding root = next.map(again -> firstOf(chain.subList(chain.indexOf(again), chain.size()), findings))
                .orElse(chain.get(chain.size() - 1));
        return Optional.of(root).filter(cause -> cause != finding);
    }

    /** Of causes that are each other's: the one that others are a part of, else the first. */
    private static Finding firstOf(List<Finding> cycle, List<Finding> findings) {
        Comparator<Finding> order = Comparator.comparingInt(findings::indexOf);
        return cycle.stream()
                .flatMap(part -> named(Verdict.PART_OF, part, cycle).stream())
                .min(order)
                .orElseGet(() -> Collections.min(cycle, order));
    }

    private Optional<Finding> cause(Finding finding, List<Finding> findings) {
        if (!isFailure(finding)) {
            return Optional.empty();
        }
        Optional<Finding> base = findings.stream()
                .filter(Causes::isFailure)
                .filter(other -> isBase(other, finding))
                // what goes wrong where a scale overflows hides nothing that goes wrong elsewhere
                .filter(other -> !overflows(other) || overflows(finding))
                // nor does what goes wrong with gradients hide what goes wrong with outputs
                .filter(other ->
                        !GRADIENTS.contains(other.requirement().id()) || isOfChapter(finding) || isOfGradient(finding))
                // and of gradients their own chapter tells
                .filter(other -> !isOfChapter(finding) || isOfChapter(other) || !isOfGradient(other))
                // nor does what is another requirement's to say
                .filter(other -> named(Verdict.SAID_BY, other, findings).isEmpty())
                .filter(other -> ofASeed(other, findings).isEmpty())
                // and a whole does not stand on its part
                .filter(other -> !finding.requirement()
                        .id()
                        .equals(other.verdict().evidence().get(Verdict.PART_OF)))
                // nor do masks that are wrong for what another seed draws explain what is wrong with a seed
                .filter(other -> !isOfSeeds(finding) || isOfSeeds(other) || !standsOnSeeds(other, findings))
                // a failure that alone decides the outcome is not hidden behind one that does not
                .filter(other -> isMust(other) || !isMust(finding))
                .findFirst();
        return base.or(() -> named(Verdict.SAID_BY, finding, findings))
                .or(() -> ofASeed(finding, findings))
                .or(() -> named(Verdict.PART_OF, finding, findings))
                .or(() -> seenBefore(finding, findings))
                .or(() -> ofAnyStream(finding, findings))
                .or(() -> ofSeeds(finding, findings))
                .or(() -> ofElements(finding, findings))
                .or(() -> stronger(finding, findings));
    }

    /** What no mask explains stands on nothing that is said of masks: that stands on it. */
    private boolean isBase(Finding base, Finding finding) {
        boolean stands = standsOn(finding).contains(base.requirement().id());
        boolean turned = standsOn(base).contains(finding.requirement().id());
        return isWhateverTheMask(base) ? stands || turned : stands && !isWhateverTheMask(finding);
    }

    private static boolean isWhateverTheMask(Finding finding) {
        return finding.verdict().evidence().containsKey(Verdict.WHATEVER_THE_MASK);
    }

    private boolean standsOnSeeds(Finding finding, List<Finding> findings) {
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(Causes::isOfSeeds)
                .anyMatch(
                        other -> standsOn(finding).contains(other.requirement().id()));
    }

    private static boolean isOfSeeds(Finding finding) {
        return finding.requirement().id().startsWith("SEED-");
    }

    /** What is wrong with the masks of any stream is so with those of seeds. */
    private static Optional<Finding> ofAnyStream(Finding finding, List<Finding> findings) {
        if (!(finding.verdict().evidence().get(StatisticalRequirements.REJECTED_BY) instanceof String rejectedBy)
                || isOfMasks(finding)) {
            return Optional.empty();
        }
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(other -> StatisticalRequirements.OF_ANY_STREAM
                        .getOrDefault(rejectedBy, Set.of())
                        .contains(other.requirement().id()))
                .map(other -> stronger(other, findings).orElse(other))
                .findFirst();
    }

    /**
     * Masks of different seeds that hang together repeat stretches, which is no more than that where the calls of a stream
     * do not hang together.
     */
    private static Optional<Finding> ofSeeds(Finding finding, List<Finding> findings) {
        boolean streams = findings.stream()
                .anyMatch(other -> other.requirement().id().equals(FRESH) && other.verdict() instanceof Verdict.Pass);
        if (!finding.requirement().id().equals(REPEATED) || !streams) {
            return Optional.empty();
        }
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(other -> other.requirement().id().equals(SEEDS))
                .filter(other -> !REPEATING.equals(other.verdict().evidence().get(StatisticalRequirements.REJECTED_BY)))
                .findFirst();
    }

    /** Such as masks that are the same and repeat themselves, for what makes their elements alike. */
    private Optional<Finding> ofElements(Finding finding, List<Finding> findings) {
        if (!finding.verdict().evidence().containsKey(Verdict.OF_MASKS)) {
            return Optional.empty();
        }
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(Causes::isOfMasks)
                .filter(other -> !standsOn(other).contains(finding.requirement().id()))
                .max(Comparator.comparingDouble(Causes::strength));
    }

    /** What its check stands on; and where a gradient is what is wrong, whatever the check is about, what gradients are. */
    private Set<String> standsOn(Finding finding) {
        Set<String> declared = standsOn.getOrDefault(finding.requirement().id(), Set.of());
        if (isOfChapter(finding) || !isOfGradient(finding)) {
            return declared;
        }
        Set<String> all = new HashSet<>(declared);
        all.addAll(OF_ANY_GRADIENT);
        return all;
    }

    /** Such as the one that says which calls are accepted, where the call that a check is about was rejected. */
    private static Optional<Finding> named(String as, Finding finding, List<Finding> findings) {
        Object named = finding.verdict().evidence().get(as);
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(other -> other != finding && other.requirement().id().equals(named))
                .findFirst();
    }

    /** What is wrong with the masks of one seed, in whatever call it was seen. */
    private static Optional<Finding> ofASeed(Finding finding, List<Finding> findings) {
        return findings.stream()
                .filter(Causes::isFailure)
                .filter(other -> other != finding && other.requirement().id().equals(ONE_SEED))
                .filter(other -> finding.verdict().evidence().containsKey(Verdict.OF_A_SEED))
                .findFirst();
    }

    /** What is another requirement's to say is told once where that one did not see it. */
    private Optional<Finding> seenBefore(Finding finding, List<Finding> findings) {
        Object saidBy = finding.verdict().evidence().get(Verdict.SAID_BY);
        if (saidBy == null || finding.requirement().id().equals(saidBy)) {
            return Optional.empty();
        }
        return findings.subList(0, findings.indexOf(finding)).stream()
                .filter(Causes::isFailure)
                .filter(other -> saidBy.equals(other.verdict().evidence().get(Verdict.SAID_BY)))
                .filter(other -> !standsOn(other).contains(finding.requirement().id()))
                .filter(other -> isMust(other) || !isMust(finding))
                .findFirst();
    }

    private static Optional<Finding> stronger(Finding finding, List<Finding> findings) {
        if (!isOfMasks(finding)) {
            return Optional.empty();
        }
        List<Finding> broken = findings.stream()
                .filter(Causes::isFailure)
                .filter(Causes::isOfMasks)
                .toList();
        double any = most(broken);
        // a mask that is drawn again where it dropped everything spares any element of a tiny call, by place or by
        // value
        Optional<Finding> again = broken.stream()
                .filter(one -> one.verdict().evidence().containsKey(StatisticalRequirements.HARDLY_EVERYTHING))
                .filter(one -> strength(one) >= any)
                .filter(one -> broken.stream()
                        .noneMatch(other -> other.requirement().id().equals(RATE)))
                .findFirst();
        if (again.isPresent()) {
            return again.filter(cause -> cause != finding);
        }
        Optional<Finding> together = drawnForAllAtOnce(broken);
        if (together.isPresent()) {
            return together.filter(cause -> cause != finding);
        }
        Optional<Finding> fixed = fixedNumber(broken);
        if (fixed.isPresent()) {
            return fixed.filter(cause -> cause != finding);
        }
        List<Finding> specific = broken.stream()
                .filter(one -> !UNSPECIFIC.contains(one.requirement().id()))
                .toList();
        List<Finding> candidates = most(specific) >= SPECIFIC * any ? specific : broken;
        double dependence = strengthOf(DEPENDENCE, candidates);
        List<Finding> causes = candidates.stream()
                .filter(one -> !isOfDependence(one, dependence))
                .toList();
        double most = most(causes);
        boolean alike = findings.stream()
                .filter(Causes::isFailure)
                .anyMatch(one -> one.requirement().id().equals(ALIKE)
                        && !one.verdict().evidence().containsKey(Verdict.OF_MASKS));
        double freshness = alike ? strengthOf(FRESH, causes) : 0;
        return causes.stream()
                .filter(one -> strength(one) >= freshness)
                .filter(one -> strength(one)
                        >= most * SHARES.getOrDefault(one.requirement().id(), 1.0))
                .filter(one -> strength(one)
                        >= dependence
                                * SHARES_OF_DEPENDENCE.getOrDefault(
                                        one.requirement().id(), 0.0))
                .min(Comparator.comparingInt(
                        one -> ORDER.indexOf(one.requirement().id())))
                .filter(cause -> cause != finding);
    }

    /**
     * Where each call drops so many, a number of elements that is no whole one is rounded: tiny calls have another rate, at
     * each of their places, and of two elements one knows the other. That the number is right in large calls says that they
     * have the right rate.
     */
    private static Optional<Finding> fixedNumber(List<Finding> broken) {
        return broken.stream()
                .filter(one -> one.verdict().evidence().containsKey(StatisticalRequirements.FIXED_NUMBER))
                .filter(number -> broken.stream().allMatch(one -> isOfNumber(one, number)))
                .findFirst();
    }

    private static boolean isOfNumber(Finding finding, Finding number) {
        return switch (finding.requirement().id()) {
            case RATE, PLACE -> true;
            case DEPENDENCE ->
                finding.verdict().evidence().containsKey(StatisticalRequirements.OF_TINY_CALLS)
                        || strength(finding) < strength(number);
            default -> UNSPECIFIC.contains(finding.requirement().id());
        };
    }

    /** One draw for a whole call: a large one has the wrong rate by all of its elements, whatever the rate is. */
    private static Optional<Finding> drawnForAllAtOnce(List<Finding> broken) {
        if (broken.stream()
                .noneMatch(one -> one.verdict().evidence().containsKey(StatisticalRequirements.ALL_OR_NOTHING))) {
            return Optional.empty();
        }
        double others = most(broken.stream()
                .filter(one -> !RATE.equals(one.requirement().id()))
                .toList());
        return broken.stream()
                .filter(one -> one.requirement().id().equals(DEPENDENCE))
                .filter(one -> strength(one) >= others)
                .findFirst();
    }

    /**
     * Elements of one mask that are alike make stretches of it alike, and take a call as far from its rate as they are
     * many: but the next one as far to the other side.
     */
    private static boolean isOfDependence(Finding finding, double dependence) {
        String id = finding.requirement().id();
        boolean repeats = id.equals(REPEATED) && dependence >= SPECIFIC * strength(finding);
        boolean isOff = id.equals(RATE)
                && dependence >= ALIKE_IN_CALLS * strength(finding)
                && finding.verdict().evidence().containsKey(StatisticalRequirements.NOT_OF_CALLS);
        return dependence > 0 && (repeats || isOff);
    }

    private static double most(List<Finding> findings) {
        return findings.stream().mapToDouble(Causes::strength).max().orElse(0);
    }

    private static double strengthOf(String requirement, List<Finding> findings) {
        return most(findings.stream()
                .filter(one -> one.requirement().id().equals(requirement))
                .toList());
    }

    private static Finding echo(Finding finding, Finding cause) {
        return new Finding(
                finding.operation(),
                finding.requirement(),
                Verdict.Inconclusive.echo(cause.requirement().id(), finding.verdict()));
    }

    private static boolean isFailure(Finding finding) {
        return finding.verdict() instanceof Verdict.Fail;
    }

    private static boolean overflows(Finding finding) {
        return finding.verdict().evidence().containsKey(Verdict.SCALE_OVERFLOWS);
    }

    private static boolean isOfGradient(Finding finding) {
        return finding.verdict().evidence().containsKey(Verdict.OF_GRADIENT);
    }

    /** Whether it is a requirement on gradients, which says itself what it stands on. */
    private static boolean isOfChapter(Finding finding) {
        return finding.requirement().id().startsWith("BWD-");
    }

    private static boolean isMust(Finding finding) {
        return finding.requirement().level() == RequirementLevel.MUST;
    }

    private static boolean isOfMasks(Finding finding) {
        return StatisticalRequirements.OF_ONE_STREAM.contains(
                finding.requirement().id());
    }

    private static double strength(Finding finding) {
        return finding.verdict().evidence().get("log10_e") instanceof Number evidence ? evidence.doubleValue() : 0;
    }
}
