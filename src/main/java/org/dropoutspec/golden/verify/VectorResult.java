package org.dropoutspec.golden.verify;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.spec.RequirementLevel;

/**
 * The outcome of one vector.
 *
 * @param file that it stands in
 * @param level of its requirement
 * @param hunted for each of its flags that the file explains, the bug
 * @param attempts in all the ways that it could be asked; at least one
 */
public record VectorResult(
        String file, Label label, RequirementLevel level, List<VectorFile.Note> hunted, List<Attempt> attempts) {
    public VectorResult {
        hunted = List.copyOf(hunted);
        attempts = List.copyOf(attempts);
    }

    /** How a vector may end. */
    public enum Verdict {
        PASSED,
        /** An answer contradicted a vector of a MUST. */
        FAILED,
        /** An answer contradicted a vector of a SHOULD, which leaves the exit status as it is. */
        ADVISED,
        BROKEN,
        SKIPPED;

        /** The word in reports for programs. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Verdict verdict() {
        if (attempts.stream().anyMatch(Attempt.Broken.class::isInstance)) {
            return Verdict.BROKEN;
        } else if (failed().findAny().isPresent()) {
            return level == RequirementLevel.MUST ? Verdict.FAILED : Verdict.ADVISED;
        }
        return checked().findAny().isPresent() ? Verdict.PASSED : Verdict.SKIPPED;
    }

    Stream<Attempt.Checked> checked() {
        return attempts.stream().filter(Attempt.Checked.class::isInstance).map(Attempt.Checked.class::cast);
    }

    Stream<Attempt.Checked> failed() {
        return checked().filter(attempt -> !attempt.failures().isEmpty());
    }

    Set<MaskSource> rungs() {
        Set<MaskSource> rungs = EnumSet.noneOf(MaskSource.class);
        checked().forEach(attempt -> rungs.add(attempt.rung()));
        return rungs;
    }

    /** Why it was not asked, if it was not. */
    Optional<String> skipped() {
        return verdict() == Verdict.SKIPPED
                ? Optional.of(((Attempt.Skipped) attempts.get(0)).reason())
                : Optional.empty();
    }
}
