package org.dropoutspec.certify;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.oracle.WholeOutput;
import org.dropoutspec.sampling.StatisticalRequirements;

/** The failed findings of an operation, in the order of the specification, and what the evidence of one says of another. */
final class Failures {
    /** The requirement that no seed leaves a generator stuck. */
    private static final String ONE_SEED = "SEED-9";

    private final List<Finding> findings;
    private final List<Finding> failed;

    /** @param findings all of the operation, failed or not */
    Failures(List<Finding> findings) {
        this.findings = findings;
        this.failed = findings.stream().filter(Finding::isFailure).toList();
    }

    /** The rest, without the findings of which this holds. */
    Failures without(Predicate<Finding> left) {
        return new Failures(findings.stream().filter(left.negate()).toList());
    }

    Stream<Finding> stream() {
        return failed.stream();
    }

    /** The failures of requirements on the masks of one stream. */
    Stream<Finding> ofMasks() {
        return stream().filter(Failures::isOfMasks);
    }

    static boolean isOfMasks(Finding finding) {
        return StatisticalRequirements.OF_ONE_STREAM.contains(
                finding.requirement().id());
    }

    /** Whether large calls were kept as a whole, and others dropped as a whole. */
    boolean goBothWays() {
        return Stream.of(WholeOutput.KEPT, WholeOutput.DROPPED)
                .allMatch(way -> stream().anyMatch(one -> one.says(Verdict.SAID_BY) && one.isOf(way)));
    }

    /** How many large calls were kept or dropped as a whole although the rate makes the other likelier, or as likely. */
    long againstTheRate() {
        return stream()
                .filter(finding -> finding.says(Verdict.AGAINST_THE_RATE))
                .map(finding -> finding.verdict().message())
                .distinct()
                .count();
    }

    /** The failures before this one. */
    Stream<Finding> before(Finding finding) {
        return failed.subList(0, failed.indexOf(finding)).stream();
    }

    /** The place of a failure among all failures, from 0 on. */
    int place(Finding finding) {
        return failed.indexOf(finding);
    }

    /** Whether a requirement was passed, not only not failed. */
    boolean passed(String requirement) {
        return findings.stream()
                .anyMatch(one -> one.requirement().id().equals(requirement) && one.verdict() instanceof Verdict.Pass);
    }

    /** The other failure that an entry of the evidence names: of the requirement to accept the call, for instance. */
    Optional<Finding> named(String as, Finding finding) {
        Object named = finding.verdict().evidence().get(as);
        return stream()
                .filter(other -> other != finding && other.requirement().id().equals(named))
                .findFirst();
    }

    /** The failure of the requirement on single seeds, if the call in which this was seen had a seed. */
    Optional<Finding> ofASeed(Finding finding) {
        return stream()
                .filter(other -> other != finding && other.requirement().id().equals(ONE_SEED))
                .filter(other -> finding.says(Verdict.OF_A_SEED))
                .findFirst();
    }
}
