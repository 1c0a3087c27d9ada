package org.dropoutspec.certify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.sampling.StatisticalRequirements;

/** What failed of an operation, in the order of the specification, and what the evidence of one says of another. */
final class Failures {
    /** A seed leaves a generator stuck. */
    private static final String ONE_SEED = "SEED-9";

    private final List<Finding> findings;
    private final List<Finding> failed;

    /** @param findings all, whatever became of them */
    Failures(List<Finding> findings) {
        this.findings = findings;
        this.failed = findings.stream().filter(Finding::isFailure).toList();
    }

    Stream<Finding> stream() {
        return failed.stream();
    }

    /** Of what is asked of the masks of one stream. */
    Stream<Finding> ofMasks() {
        return stream().filter(Failures::isOfMasks);
    }

    static boolean isOfMasks(Finding finding) {
        return StatisticalRequirements.OF_ONE_STREAM.contains(
                finding.requirement().id());
    }

    /** Those told before this one. */
    Stream<Finding> before(Finding finding) {
        return failed.subList(0, failed.indexOf(finding)).stream();
    }

    /** Where it is told. */
    int place(Finding finding) {
        return failed.indexOf(finding);
    }

    /** Whether a requirement was passed, not only not failed. */
    boolean passed(String requirement) {
        return findings.stream()
                .anyMatch(one -> one.requirement().id().equals(requirement) && one.verdict() instanceof Verdict.Pass);
    }

    /** Such as the one that says which calls are accepted, where the call that a check is about was rejected. */
    Optional<Finding> named(String as, Finding finding) {
        Object named = finding.verdict().evidence().get(as);
        return stream()
                .filter(other -> other != finding && other.requirement().id().equals(named))
                .findFirst();
    }

    /** What is wrong with the masks of one seed, in whatever call it was seen. */
    Optional<Finding> ofASeed(Finding finding) {
        return stream()
                .filter(other -> other != finding && other.requirement().id().equals(ONE_SEED))
                .filter(other -> finding.says(Verdict.OF_A_SEED))
                .findFirst();
    }
}
