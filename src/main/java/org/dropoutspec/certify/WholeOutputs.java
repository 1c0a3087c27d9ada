package org.dropoutspec.certify;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.oracle.WholeOutput;
import org.dropoutspec.sampling.StatisticalRequirements;

/**
 * Training calls whose outputs show no mask: the input as it is, or all of it kept, dropped or lost. Every requirement on
 * such a call fails, and the masks of all calls together hold too few drops, or too many. One requirement tells it.
 */
final class WholeOutputs {
    /** If evaluation is wrong too, one mode is taken for the other, as by a graph that was traced in another mode. */
    private static final String EVALUATION = "EVAL-1";

    private static final String RATE = "MASK-1";

    private static final String SCALE = "FWD-1";

    /** The kinds that no mask explains; the others come by chance as well, in calls of a few elements. */
    private static final Set<WholeOutput> WRONG_THEMSELVES =
            EnumSet.of(WholeOutput.INPUT, WholeOutput.OTHER, WholeOutput.NAN);

    /** The kinds whose values are none that a mask leaves. */
    private static final Set<WholeOutput> WRONG_VALUES = EnumSet.of(WholeOutput.OTHER, WholeOutput.NAN);

    private static final double SHARE = 0.05;

    private final Failures failures;
    private final Set<WholeOutput> kinds = EnumSet.noneOf(WholeOutput.class);

    WholeOutputs(Failures failures) {
        this.failures = failures;
        for (WholeOutput kind : WholeOutput.values()) {
            boolean seen = failures.stream().anyMatch(one -> one.isOf(kind));
            if (seen && (WRONG_THEMSELVES.contains(kind) || isOfAll(kind))) {
                kinds.add(kind);
            }
        }
    }

    /** Whether a failure comes from such calls. */
    boolean explain(Finding finding) {
        return kinds.stream().anyMatch(kind -> finding.isOf(kind) || isTrace(finding, kind));
    }

    /** The failure that tells it: the one that says most of the cause. */
    Optional<Finding> teller() {
        List<Finding> answers = failures.stream()
                .filter(this::explain)
                .filter(finding -> finding.says(Verdict.WHOLE_OUTPUT))
                .toList();
        return Stream.of(
                        named(EVALUATION).filter(any -> kinds.contains(WholeOutput.INPUT)),
                        named(RATE)
                                .filter(any -> kinds.stream().anyMatch(this::isOfAll)
                                        && Collections.disjoint(kinds, WRONG_VALUES)),
                        named(SCALE).filter(answers::contains).filter(this::isWhole),
                        named(SCALE)
                                .filter(answers::contains)
                                .flatMap(part -> failures.named(Verdict.PART_OF, part))
                                .filter(answers::contains),
                        // a call of one element that is kept and not scaled puts out its input as well
                        answers.isEmpty() ? Optional.<Finding>empty() : named(SCALE))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> answers.stream().filter(this::isWhole).findFirst())
                .or(() -> answers.stream().findFirst());
    }

    private Optional<Finding> named(String requirement) {
        return failures.stream()
                .filter(finding -> finding.requirement().id().equals(requirement))
                .findFirst();
    }

    /** Whether the masks of some calls are all of this kind, which is then what is wrong; one draw for all gives both. */
    private boolean isOfAll(WholeOutput kind) {
        return named(RATE)
                .filter(rate -> !failures.goBothWays() && !rate.says(StatisticalRequirements.CALLS_OF_BOTH_WAYS))
                .filter(rate -> isTrace(rate, kind))
                .filter(this::isStrong)
                .filter(rate -> !rate.says(StatisticalRequirements.WITHIN_BAND) || isOfLargeCalls(kind))
                .filter(rate -> rate.says(StatisticalRequirements.NOTHING_DROPPED)
                        || rate.says(StatisticalRequirements.EVERYTHING_DROPPED))
                .isPresent();
    }

    /** Whether a call was seen of so many elements that no rate near the asked one explains it. */
    private boolean isOfLargeCalls(WholeOutput kind) {
        return failures.stream().anyMatch(one -> one.says(Verdict.SAID_BY) && one.isOf(kind));
    }

    /** Whether the rate has a fair share of the strongest evidence: masks that are drawn again look like this in passing. */
    private boolean isStrong(Finding rate) {
        double most = failures.ofMasks().mapToDouble(Finding::log10E).max().orElse(0);
        return rate.log10E() >= SHARE * most;
    }

    /** Whether a failure of masks is one that such outputs make of all masks together. */
    private static boolean isTrace(Finding finding, WholeOutput kind) {
        return switch (kind) {
            case INPUT, OTHER, NAN ->
                finding.says(StatisticalRequirements.HARDLY_ANYTHING)
                        || finding.says(StatisticalRequirements.VARIES_TOO_MUCH);
            case KEPT -> finding.says(StatisticalRequirements.HARDLY_ANYTHING);
            case DROPPED -> finding.says(StatisticalRequirements.HARDLY_KEPT);
        };
    }

    /** Whether no other requirement says the same of fewer calls, such as those of strided inputs. */
    private boolean isWhole(Finding finding) {
        return failures.named(Verdict.PART_OF, finding).isEmpty();
    }
}
