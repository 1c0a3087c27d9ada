package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.sampling.StatisticalRequirements;

/**
 * Tells one cause once. A check that stands on a failed requirement says nothing of its own. What another requirement
 * says is told by that one. Of the statistical requirements that the same masks break, one is the cause.
 */
final class Causes {
    private static final String FRESH = "MASK-3";

    private static final String REPEATED = "MASK-10";

    private static final String SEEDS = "SEED-8";

    /** The requirements that say which value a kept element has. */
    private static final Set<String> VALUES = Set.of("FWD-1", "FWD-8");

    /** The name of the family of statistics that rejects by repeated stretches alone. */
    private static final String REPEATING = "duplicate";

    /** The requirement on rates next to 0 and 1: its failure explains no mask at another rate. */
    private static final String EDGES = "MASK-13";

    private final Bases bases;

    /** @param standsOn by requirement, the requirements that its check stands on */
    Causes(Map<String, Set<String>> standsOn) {
        this.bases = new Bases(standsOn);
    }

    /** The same findings; those with a cause among the others are told as not judged. */
    List<Finding> resolved(List<Finding> findings) {
        Failures failures = new Failures(findings);
        List<Finding> resolved = new ArrayList<>();
        for (Finding finding : findings) {
            resolved.add(root(finding, failures)
                    .or(() -> whatLeavesItOpen(finding, failures))
                    .map(cause -> echo(finding, cause))
                    .orElse(finding));
        }
        return resolved;
    }

    /** The failure that leaves a requirement on masks open: masks that are wrong otherwise give no bound. */
    private Optional<Finding> whatLeavesItOpen(Finding finding, Failures failures) {
        if (!(finding.verdict() instanceof Verdict.Inconclusive) || !Failures.isOfMasks(finding)) {
            return Optional.empty();
        }
        return failures.stream()
                .filter(Finding::isMust)
                .filter(other -> Failures.isOfMasks(other) || bases.stands(finding, other))
                .max(Comparator.comparingDouble(Finding::log10E))
                .map(cause -> root(cause, failures).orElse(cause));
    }

    /** Follows causes to the one that has none itself. */
    private Optional<Finding> root(Finding finding, Failures failures) {
        List<Finding> chain = new ArrayList<>(List.of(finding));
        Optional<Finding> next = cause(finding, failures);
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = cause(next.get(), failures);
        }
        Finding root = next.map(again -> ofCycle(chain.subList(chain.indexOf(again), chain.size()), failures))
                .orElse(chain.get(chain.size() - 1));
        return Optional.of(root).filter(cause -> cause != finding);
    }

    /** The cause of findings that are each other's: one that another of them stands on and that has none, if any. */
    private Finding ofCycle(List<Finding> cycle, Failures failures) {
        Failures others = failures.without(cycle::contains);
        return cycle.stream()
                .flatMap(one -> bases.failed(one, others).stream())
                .filter(base -> cause(base, failures).isEmpty())
                .findFirst()
                .orElseGet(() -> {
                    Finding first = firstOf(cycle, failures);
                    // a cycle may hold the strongest failure on masks, which is not always their cause
                    return stronger(first, failures).orElse(first);
                });
    }

    /** Of findings that are each other's causes, the one to tell: that which another is a part of, else the first. */
    private static Finding firstOf(List<Finding> cycle, Failures failures) {
        Comparator<Finding> order = Comparator.comparingInt(failures::place);
        Failures circular = new Failures(cycle);
        return cycle.stream()
                .flatMap(part -> circular.named(Verdict.PART_OF, part).stream())
                .min(order)
                .orElseGet(() -> Collections.min(cycle, order));
    }

    private Optional<Finding> cause(Finding finding, Failures failures) {
        if (!finding.isFailure()) {
            return Optional.empty();
        }
        WholeOutputs outputs = new WholeOutputs(failures);
        if (outputs.explain(finding)) {
            Optional<Finding> teller = outputs.teller();
            return teller.filter(finding::equals).isPresent()
                    ? bases.failed(finding, failures.without(outputs::explain))
                    : teller;
        }
        return bases.failed(finding, failures)
                .or(() -> failures.named(Verdict.SAID_BY, finding))
                .or(() -> failures.ofASeed(finding))
                .or(() -> failures.named(Verdict.PART_OF, finding))
                .or(() -> seenBefore(finding, failures))
                .or(() -> ofAnyStream(finding, failures))
                .or(() -> ofSeeds(finding, failures))
                .or(() -> ofElements(finding, failures))
                .or(() -> stronger(finding, failures))
                .or(() -> ofTinyValues(finding, failures));
    }

    /** If the requirement that should report this did not see it, the first check that did reports it alone. */
    private Optional<Finding> seenBefore(Finding finding, Failures failures) {
        Object saidBy = finding.verdict().evidence().get(Verdict.SAID_BY);
        if (saidBy == null || finding.requirement().id().equals(saidBy)) {
            return Optional.empty();
        }
        return failures.before(finding)
                .filter(other -> saidBy.equals(other.verdict().evidence().get(Verdict.SAID_BY)))
                .filter(other -> !bases.stands(other, finding))
                .filter(other -> other.isMust() || !finding.isMust())
                .findFirst();
    }

    /** A failure of the masks of any stream: it shows in the masks of seeds too. */
    private static Optional<Finding> ofAnyStream(Finding finding, Failures failures) {
        if (!(finding.verdict().evidence().get(StatisticalRequirements.REJECTED_BY) instanceof String rejectedBy)
                || Failures.isOfMasks(finding)) {
            return Optional.empty();
        }
        return failures.stream()
                .filter(other -> StatisticalRequirements.OF_ANY_STREAM
                        .getOrDefault(rejectedBy, Set.of())
                        .contains(other.requirement().id()))
                .map(other -> stronger(other, failures).orElse(other))
                .findFirst();
    }

    /**
     * Masks that depend on each other across seeds also repeat stretches. Where the calls of a stream are independent,
     * the repeated stretches show no more than this dependence.
     */
    private static Optional<Finding> ofSeeds(Finding finding, Failures failures) {
        if (!finding.requirement().id().equals(REPEATED) || !failures.passed(FRESH)) {
            return Optional.empty();
        }
        return failures.stream()
                .filter(other -> other.requirement().id().equals(SEEDS))
                .filter(other -> !REPEATING.equals(other.verdict().evidence().get(StatisticalRequirements.REJECTED_BY)))
                .findFirst();
    }

    /** An output of 0 is taken for dropped: if tiny values alone show it, wrong kept values are the cause. */
    private static Optional<Finding> ofTinyValues(Finding finding, Failures failures) {
        if (!finding.says(StatisticalRequirements.OF_TINY_VALUES)) {
            return Optional.empty();
        }
        return failures.stream()
                .filter(other -> VALUES.contains(other.requirement().id()))
                .findFirst();
    }

    /** The strongest failure on masks, if it may explain this: elements that are alike make masks the same too. */
    private Optional<Finding> ofElements(Finding finding, Failures failures) {
        if (!finding.says(Verdict.OF_MASKS)) {
            return Optional.empty();
        }
        return failures.ofMasks()
                .filter(other -> !bases.stands(other, finding))
                .filter(other -> !other.requirement().id().equals(EDGES))
                .max(Comparator.comparingDouble(Finding::log10E));
    }

    private static Optional<Finding> stronger(Finding finding, Failures failures) {
        return Optional.of(finding)
                .filter(Failures::isOfMasks)
                .flatMap(masks -> new WholeOutputs(failures)
                        .teller()
                        .filter(Failures::isOfMasks)
                        .or(() -> MaskCause.among(failures)))
                .filter(cause -> cause != finding);
    }

    private static Finding echo(Finding finding, Finding cause) {
        return new Finding(
                finding.operation(),
                finding.requirement(),
                Verdict.Inconclusive.echo(cause.requirement().id(), finding.verdict()));
    }
}
