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
 * @param file the file of the vector
 * @param level the level of its requirement
 * @param hunted the bugs behind its flags, as far as the file explains them
 * @param attempts one for each way in which it could be asked; at least one
 */
public record VectorResult(
        String file, Label label, RequirementLevel level, List<VectorFile.Note> hunted, List<Attempt> attempts) {
    public VectorResult {
        hunted = List.copyOf(hunted);
        attempts = List.copyOf(attempts);
    }

    /** The ways in which a vector may end. */
    public enum Verdict {
        PASSED,
        /** An answer contradicted a vector of a MUST. */
        FAILED,
        /** An answer contradicted a vector of a SHOULD, which does not change the exit status. */
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

    /** The reason why it was not checked; empty if it was. */
    Optional<String> skipped() {
        return verdict() == Verdict.SKIPPED
                ? Optional.of(((Attempt.Skipped) attempts.get(0)).reason())
                : Optional.empty();
    }
}
