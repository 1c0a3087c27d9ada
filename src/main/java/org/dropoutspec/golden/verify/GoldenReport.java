package org.dropoutspec.golden.verify;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.implementation.Description;

/**
 * The outcome of verifying an implementation against the vectors.
 *
 * @param implementation its description of itself
 * @param files the number of files that were read, including bad ones
 * @param problems the faults of the files
 * @param vectors the result of each vector that follows the format
 * @param fault how the implementation broke when it was closed, if it did
 */
public record GoldenReport(
        Description implementation,
        int files,
        List<Problem> problems,
        List<VectorResult> vectors,
        Optional<String> fault) {

    public GoldenReport {
        problems = List.copyOf(problems);
        vectors = List.copyOf(vectors);
    }

    /** A fault in a file; the message says in which vector and why. */
    public record Problem(String file, String message) {
        @Override
        public String toString() {
            return file + ": " + message;
        }
    }

    /** The same report with the fault by which the implementation broke when it was closed, if it did. */
    public GoldenReport with(Optional<String> faultInTheEnd) {
        return new GoldenReport(implementation, files, problems, vectors, faultInTheEnd);
    }

    /** The number of vectors that were checked without a failure. */
    public int passed() {
        return count(VectorResult.Verdict.PASSED);
    }

    /** The number of vectors of a MUST that an answer contradicted. */
    public int failed() {
        return count(VectorResult.Verdict.FAILED);
    }

    /** The number of vectors of a SHOULD that an answer contradicted, which does not change the exit status. */
    public int advised() {
        return count(VectorResult.Verdict.ADVISED);
    }

    /** The number of vectors at which the implementation broke. */
    public int broken() {
        return count(VectorResult.Verdict.BROKEN);
    }

    /** The number of vectors that were checked. */
    public int checked() {
        return passed() + failed() + advised() + broken();
    }

    /** The number of vectors that were not checked, by the reason. */
    public SortedMap<String, Integer> skipped() {
        SortedMap<String, Integer> skipped = new TreeMap<>();
        vectors.forEach(vector -> vector.skipped().ifPresent(reason -> skipped.merge(reason, 1, Integer::sum)));
        return skipped;
    }

    /** The number of vectors that were checked on each rung; one vector may be checked on two. */
    public SortedMap<MaskSource, Integer> rungs() {
        SortedMap<MaskSource, Integer> rungs = new TreeMap<>();
        vectors.forEach(vector -> vector.rungs().forEach(rung -> rungs.merge(rung, 1, Integer::sum)));
        return rungs;
    }

    /** 2 if a file was bad, the implementation broke or nothing was checked; else 1 if a MUST failed; else 0. */
    public int exitStatus() {
        if (!problems.isEmpty() || broken() > 0 || fault.isPresent() || checked() == 0) {
            return 2;
        }
        return failed() > 0 ? 1 : 0;
    }

    /** The report for people. */
    public List<String> lines() {
        return GoldenReportText.lines(this);
    }

    /** The report for programs, as {@code spec/schemas/golden-report.schema.json} describes it. */
    public String json() {
        return GoldenReportJson.of(this);
    }

    private int count(VectorResult.Verdict verdict) {
        return (int)
                vectors.stream().filter(vector -> vector.verdict() == verdict).count();
    }
}
