package org.dropoutspec.golden;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of holding an implementation to the vectors. Each vector read is passed, failed, broken or skipped.
 *
 * @param implementation its name and version
 * @param files how many files were read, the bad ones included
 * @param passed vectors whose every attempt passed
 * @param failed vectors of a MUST that an answer contradicted
 * @param advised vectors of a SHOULD that an answer contradicted, which leaves the exit status as it is
 * @param broken vectors at which the implementation broke
 * @param skipped how many vectors were not checked, by the reason
 * @param rungs how many vectors were checked on each rung; one vector may be checked on two
 * @param problems what is wrong with files, each with its file, vector and reason
 * @param findings the lines that tell the failed and the broken vectors
 */
public record GoldenReport(
        String implementation,
        int files,
        int passed,
        int failed,
        int advised,
        int broken,
        SortedMap<String, Integer> skipped,
        SortedMap<Rung, Integer> rungs,
        List<String> problems,
        List<String> findings) {

    public GoldenReport {
        skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
        rungs = Collections.unmodifiableSortedMap(new TreeMap<>(rungs));
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
    }

    /** How many vectors were checked. */
    public int checked() {
        return passed + failed + advised + broken;
    }

    /** 2 when a file was bad, the implementation broke or nothing could be checked; 1 when a vector of a MUST failed; else 0. */
    public int exitStatus() {
        if (!problems.isEmpty() || broken > 0 || checked() == 0) {
            return 2;
        }
        return failed > 0 ? 1 : 0;
    }

    /** The report for standard output. */
    public List<String> lines() {
        return GoldenReportText.lines(this);
    }
}
