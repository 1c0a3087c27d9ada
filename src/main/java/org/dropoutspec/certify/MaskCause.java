package org.dropoutspec.certify;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.sampling.StatisticalRequirements;

/**
 * Finds the cause among the statistical requirements that the same masks break: the one with the strongest evidence,
 * unless a likelier one has a fair share of it.
 *
 * <p>The evidence for a place, for a property of the input and for dependence leaves out what a wrong rate explains. So
 * if a requirement on these fails as well, it says more than that the rate is wrong. A place that is never dropped also
 * shows in the rate and in the agreement of calls, as often as not more strongly than by itself. A mask that is used
 * again shows at its places too, but by a fiftieth. The number of drops in a call or in a word, and their patterns, are
 * changed by every other defect and say least about what is wrong.
 */
final class MaskCause {
    /** Likelier causes first. Each counts if its evidence is at least its share of the strongest: 1 unless listed. */
    private static final List<String> ORDER =
            List.of("MASK-12", "MASK-8", "MASK-1", "MASK-3", "MASK-2", "MASK-10", "MASK-9", "MASK-11", "MASK-13");

    private static final Map<String, Double> SHARES = Map.of("MASK-12", 0.1, "MASK-8", 0.1, "MASK-1", 0.5);

    /** And at least such a share of the evidence for dependence, which counts every other defect many times over. */
    private static final Map<String, Double> SHARES_OF_DEPENDENCE = Map.of("MASK-8", 0.5, "MASK-1", 1.0);

    private static final String DEPENDENCE = "MASK-2";

    private static final String RATE = "MASK-1";

    private static final String PLACE = "MASK-8";

    private static final String FRESH = "MASK-3";

    private static final String REPEATED = "MASK-10";

    private static final String EXTREMES = "MASK-13";

    /** Fails if two masks were seen to be the same: other traces of masks that are used again then come from that. */
    private static final String ALIKE = "SEED-4";

    /** Any defect breaks these too: they are the cause only if all others have less than a tenth of their evidence. */
    private static final Set<String> UNSPECIFIC = Set.of("MASK-9", "MASK-11");

    private static final double SPECIFIC = 0.1;

    private static final String INPUT = "MASK-12";

    /** So much evidence that drops depend on the input comes from nothing else, if it is a hundredth of the strongest. */
    private static final double OF_INPUT = 100;

    private static final double SHARE_OF_INPUT = 0.01;

    /** What calls that drop nothing, or everything, show as well, as their elements are alike. */
    private static final Set<String> OF_ELEMENTS_ALIKE = Set.of(DEPENDENCE, PLACE, "MASK-9", "MASK-10", "MASK-11");

    /** One draw for all elements of a call sends so many calls the same way at rate 1/2 once in eight times. */
    private static final int CALLS = 4;

    /** Where elements that are alike make the rate look wrong, dependence has at least this share of that evidence. */
    private static final double ALIKE_IN_CALLS = 0.001;

    private final List<Finding> broken;
    private final Failures failures;
    private final boolean alike;

    private MaskCause(Failures failures) {
        this.failures = failures;
        List<Finding> all = failures.ofMasks().toList();
        // draws of few bits: only some runs see the rate, but all of them see it at rates next to 0 and 1
        boolean extremes = all.stream().anyMatch(one -> one.requirement().id().equals(EXTREMES));
        this.broken = all.stream()
                .filter(one -> !extremes
                        || !one.requirement().id().equals(RATE)
                        || !one.says(StatisticalRequirements.WITHIN_BAND))
                .toList();
        this.alike =
                failures.stream().anyMatch(one -> one.requirement().id().equals(ALIKE) && !one.says(Verdict.OF_MASKS));
    }

    /** The cause; empty if no requirement on masks failed. */
    static Optional<Finding> among(Failures failures) {
        MaskCause masks = new MaskCause(failures);
        return masks.keepProbability()
                .or(masks::drawnAgain)
                .or(masks::drawnForAllAtOnce)
                .or(masks::fixedNumber)
                .or(masks::likeliest)
                .flatMap(masks::orOneWay);
    }

    /** Where large calls all go one way, it is their rate that is wrong. */
    private Optional<Finding> orOneWay(Finding cause) {
        return broken.stream()
                .filter(one -> one.requirement().id().equals(RATE))
                .filter(this::isOfOneWay)
                .filter(rate -> OF_ELEMENTS_ALIKE.contains(cause.requirement().id()))
                .findFirst()
                .or(() -> Optional.of(cause));
    }

    private boolean isOfOneWay(Finding rate) {
        return !rate.says(StatisticalRequirements.CALLS_OF_BOTH_WAYS)
                && !failures.goBothWays()
                && rate.count(StatisticalRequirements.CALLS_OF_ONE_WAY) + failures.againstTheRate() >= CALLS;
    }

    /** The rates are taken for keep probabilities: whatever else masks show, their rate is wrong. */
    private Optional<Finding> keepProbability() {
        return broken.stream()
                .filter(one -> one.requirement().id().equals(RATE))
                .filter(any -> failures.stream().anyMatch(one -> one.says(Verdict.KEEP_PROBABILITY)))
                .findFirst();
    }

    /** Masks are drawn again where they dropped everything: tiny calls then drop each place and value too rarely. */
    private Optional<Finding> drawnAgain() {
        double any = most(broken);
        return broken.stream()
                .filter(one -> one.says(StatisticalRequirements.HARDLY_EVERYTHING))
                .filter(one -> one.log10E() >= any)
                .filter(one -> broken.stream()
                        .noneMatch(other -> other.requirement().id().equals(RATE)))
                .findFirst();
    }

    private Optional<Finding> likeliest() {
        List<Finding> specific = broken.stream()
                .filter(one -> !UNSPECIFIC.contains(one.requirement().id()))
                .toList();
        List<Finding> candidates = most(specific) >= SPECIFIC * most(broken) ? specific : broken;
        double dependence = strengthOf(DEPENDENCE, candidates);
        List<Finding> causes = candidates.stream()
                .filter(one -> !isOfDependence(one, dependence))
                .filter(one -> !isOfRepeatedMasks(one))
                .toList();
        double most = most(causes);
        double freshness = alike ? strengthOf(FRESH, causes) : 0;
        return causes.stream()
                .filter(one -> one.log10E() >= freshness)
                .filter(one -> one.log10E() >= most * share(one))
                .filter(one -> one.log10E()
                        >= dependence
                                * SHARES_OF_DEPENDENCE.getOrDefault(
                                        one.requirement().id(), 0.0))
                .min(Comparator.comparingInt(
                        one -> ORDER.indexOf(one.requirement().id())));
    }

    private static double share(Finding finding) {
        return finding.requirement().id().equals(INPUT) && finding.log10E() >= OF_INPUT
                ? SHARE_OF_INPUT
                : SHARES.getOrDefault(finding.requirement().id(), 1.0);
    }

    /**
     * Each call drops a fixed number of elements. Where the rate gives no whole number, it is rounded: tiny calls have
     * another rate, at each of their places, and one of two elements tells the other. Large calls drop the right
     * number, and so have the right rate.
     */
    private Optional<Finding> fixedNumber() {
        return broken.stream()
                .filter(one -> one.says(StatisticalRequirements.FIXED_NUMBER))
                .filter(number -> broken.stream().allMatch(one -> isOfNumber(one, number)))
                .findFirst();
    }

    private static boolean isOfNumber(Finding finding, Finding number) {
        return switch (finding.requirement().id()) {
            case RATE, PLACE -> true;
            case DEPENDENCE ->
                finding.says(StatisticalRequirements.OF_TINY_CALLS) || finding.log10E() < number.log10E();
            default -> UNSPECIFIC.contains(finding.requirement().id());
        };
    }

    /** There is one draw for a whole call: all elements of a large call then speak for a wrong rate, whatever it is. */
    private Optional<Finding> drawnForAllAtOnce() {
        if (broken.stream().noneMatch(one -> one.says(StatisticalRequirements.ALL_OR_NOTHING))) {
            return Optional.empty();
        }
        double others = most(broken.stream()
                .filter(one -> !RATE.equals(one.requirement().id()))
                .toList());
        return broken.stream()
                .filter(one -> one.requirement().id().equals(DEPENDENCE))
                .filter(one -> one.log10E() >= others)
                .findFirst();
    }

    /**
     * Whether dependence explains the finding. Elements of one mask that are alike repeat stretches. The more they are,
     * the further they take a call from its rate, but the next call as far to the other side.
     */
    private static boolean isOfDependence(Finding finding, double dependence) {
        String id = finding.requirement().id();
        boolean repeats = id.equals(REPEATED) && dependence >= SPECIFIC * finding.log10E();
        boolean isOff = id.equals(RATE)
                && dependence >= ALIKE_IN_CALLS * finding.log10E()
                && finding.says(StatisticalRequirements.NOT_OF_CALLS);
        return dependence > 0 && (repeats || isOff);
    }

    /** Whether a place is wrong because whole masks are drawn again: then long stretches repeat, and masks agree more. */
    private boolean isOfRepeatedMasks(Finding finding) {
        return finding.requirement().id().equals(PLACE)
                && strengthOf(REPEATED, broken) >= SPECIFIC * finding.log10E()
                && strengthOf(FRESH, broken) > finding.log10E();
    }

    private static double most(List<Finding> findings) {
        return findings.stream().mapToDouble(Finding::log10E).max().orElse(0);
    }

    private static double strengthOf(String requirement, List<Finding> findings) {
        return most(findings.stream()
                .filter(one -> one.requirement().id().equals(requirement))
                .toList());
    }
}
