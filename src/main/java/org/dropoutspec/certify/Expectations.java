package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.spec.Specification;

/**
 * The verdicts that the owner of an implementation knows of and expects, so that its continuous integration fails when
 * something changes and not for failures that are known.
 *
 * <p>One line for each requirement: {@code FWD-3 fail} of plain dropout, {@code rnn:MASK-1 fail} of another operation;
 * {@code #} begins a comment.
 */
public record Expectations(Map<String, String> verdicts) {
    private static final Set<String> WORDS = Set.of("pass", "fail", "unsupported", "inconclusive", "error");

    /** How many characters of a line a message repeats at most. */
    private static final int LONGEST = 100;

    public Expectations {
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    /**
     * Reads expectations.
     *
     * @throws IllegalArgumentException naming the line that makes no sense
     */
    public static Expectations parse(List<String> lines) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            if (words.length != 2 || !WORDS.contains(words[1])) {
                throw new IllegalArgumentException("line " + number + " (" + shown(line)
                        + ") must be a requirement and a verdict, such as 'FWD-3 fail'");
            }
            String id = words[0].substring(words[0].indexOf(':') + 1);
            if (!Specification.embedded().has(id)) {
                throw new IllegalArgumentException("line " + number + " (" + shown(words[0])
                        + ") must name a requirement of the specification; the command spec lists them");
            }
            if (Specification.embedded().requirement(id).untestable().isPresent()) {
                throw new IllegalArgumentException("line " + number + " (" + shown(words[0])
                        + ") must name a requirement that has a check, and it has none");
            }
            requireChecked(number, words[0]);
            // plain dropout's are named by their id alone, as a finding is
            String name = words[0].startsWith(PlainDropout.NAME + ":") ? id : words[0];
            if (verdicts.put(name, words[1]) != null) {
                throw new IllegalArgumentException("line " + number + " (" + shown(words[0]) + ") must name it once");
            }
        }
        return new Expectations(verdicts);
    }

    /** A word as a message repeats it: cut short, since the file may be one long line, or none of ours. */
    private static String shown(String word) {
        return Printable.line(word, LONGEST);
    }

    private static void requireChecked(int number, String named) {
        int colon = named.indexOf(':');
        if (colon < 0) {
            return;
        }
        try {
            Selection.of(Set.of(named));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "line " + number + " (" + shown(named) + "): " + unknown.getMessage(), unknown);
        }
    }

    /**
     * The verdicts not as expected, a line each. A MUST that is not named is expected to be passed or unsupported, or not
     * to be judged because of one that is expected to fail: chance has a part in what shows a defect again.
     */
    public List<String> deviations(Certificate certificate) {
        List<String> deviations = new ArrayList<>();
        for (Certificate.Finding finding : certificate.findings()) {
            String id = finding.name();
            String seen = finding.verdict().word();
            String expected = verdicts.get(id);
            if (expected != null && !expected.equals(seen)) {
                deviations.add(id + ": expected " + expected + ", got " + seen);
            } else if (expected == null && finding.isMust() && !isHarmless(finding) && !isOfExpected(finding)) {
                deviations.add(id + ": expected no " + seen);
            }
        }
        return deviations;
    }

    private static boolean isHarmless(Certificate.Finding finding) {
        return finding.verdict() instanceof Verdict.Pass || finding.verdict() instanceof Verdict.Unsupported;
    }

    private boolean isOfExpected(Certificate.Finding finding) {
        return finding.cause()
                .filter(cause -> "fail".equals(verdicts.get(cause)))
                .isPresent();
    }
}
