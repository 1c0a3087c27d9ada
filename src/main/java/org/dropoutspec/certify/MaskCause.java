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
 * Of the statistical requirements that the same masks break, one is the cause: the one with the strongest evidence,
 * unless a likelier one has a fair share of it.
 *
 * <p>Evidence for a place, for a property of the input, and for dependence is what a wrong rate leaves of it; so that a
 * requirement on these which fails as well says more than that the rate is wrong. A place that is never dropped shows
 * in the rate and in the agreement of calls, as often as not more strongly than by itself; a mask that is used again
 * shows at its places too, but by a fiftieth. How many drops there are in a call or in a word, and what patterns they
 * make, is changed by everything else, and says least about what is wrong.
 */
final class MaskCause {
    /** Likelier causes first; one counts if its evidence is at least such a share of the strongest. */
    private static final List<String> ORDER =
            List.of("MASK-12", "MASK-8", "MASK-1", "MASK-3", "MASK-2", "MASK-10", "MASK-9", "MASK-11", "MASK-13");

    private static final Map<String, Double> SHARES = Map.of("MASK-12", 0.1, "MASK-8", 0.1, "MASK-1", 0.5);

    /** And such a share of the evidence for dependence between elements, which counts all else many times over. */
    private static final Map<String, Double> SHARES_OF_DEPENDENCE = Map.of("MASK-8", 0.5, "MASK-1", 1.0);

    private static final String DEPENDENCE = "MASK-2";

    private static final String RATE = "MASK-1";

    private static final String PLACE = "MASK-8";

    private static final String FRESH = "MASK-3";

    private static final String REPEATED = "MASK-10";

    /** Two masks were seen to be the same: then what else shows of masks that are used again is theirs. */
    private static final String ALIKE = "SEED-4";

    /** What everything else changes too is the cause where all else has less than a tenth of its evidence. */
    private static final Set<String> UNSPECIFIC = Set.of("MASK-9", "MASK-11");

    private static final double SPECIFIC = 0.1;

    /** What dependence has at least of the evidence that elements which are alike are dropped at another rate. */
    private static final double ALIKE_IN_CALLS = 0.001;

    private final List<Finding> broken;
    private final boolean alike;

    private MaskCause(Failures failures) {
        this.broken = failures.ofMasks().toList();
        this.alike =
                failures.stream().anyMatch(one -> one.requirement().id().equals(ALIKE) && !one.says(Verdict.OF_MASKS));
    }

    /** The cause; empty if no requirement on masks failed. */
    static Optional<Finding> among(Failures failures) {
        MaskCause masks = new MaskCause(failures);
        return masks.drawnAgain()
                .or(masks::drawnForAllAtOnce)
                .or(masks::fixedNumber)
                .or(masks::likeliest);
    }

    /** A mask drawn again where it dropped everything spares any element of a tiny call, by place or by value. */
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
                .toList();
        double most = most(causes);
        double freshness = alike ? strengthOf(FRESH, causes) : 0;
        return causes.stream()
                .filter(one -> one.log10E() >= freshness)
                .filter(one -> one.log10E()
                        >= most * SHARES.getOrDefault(one.requirement().id(), 1.0))
                .filter(one -> one.log10E()
                        >= dependence
                                * SHARES_OF_DEPENDENCE.getOrDefault(
                                        one.requirement().id(), 0.0))
                .min(Comparator.comparingInt(
                        one -> ORDER.indexOf(one.requirement().id())));
    }

    /**
     * Where each call drops so many, a number of elements that is no whole one is rounded: tiny calls have another
     * rate, at each of their places, and of two elements one knows the other. That the number is right in large calls
     * says that they have the right rate.
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

    /** One draw for a whole call: a large one has the wrong rate by all of its elements, whatever the rate is. */
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
     * Elements of one mask that are alike make stretches of it alike, and take a call as far from its rate as they are
     * many: but the next one as far to the other side.
     */
    private static boolean isOfDependence(Finding finding, double dependence) {
        String id = finding.requirement().id();
        boolean repeats = id.equals(REPEATED) && dependence >= SPECIFIC * finding.log10E();
        boolean isOff = id.equals(RATE)
                && dependence >= ALIKE_IN_CALLS * finding.log10E()
                && finding.says(StatisticalRequirements.NOT_OF_CALLS);
        return dependence > 0 && (repeats || isOff);
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
