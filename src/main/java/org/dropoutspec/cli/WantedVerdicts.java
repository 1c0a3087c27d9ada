package org.dropoutspec.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Demands;
import org.dropoutspec.certify.Expectations;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.implementation.Printable;

/** What {@code --require} and {@code --expect} want of the verdicts, and the exit status that follows. */
record WantedVerdicts(Demands demands, Optional<Expectations> expectations) {
    /** What is not as wanted, or that all is. */
    List<String> lines(Certificate certificate) {
        List<String> lines = new ArrayList<>();
        if (!demands.areNone()) {
            lines.addAll(lines(
                    "all that is required was asked and passed", "required, and not so:", demands.unmet(certificate)));
        }
        expectations.ifPresent(expected -> {
            lines.addAll(lines("all verdicts are as expected", "not as expected:", expected.deviations(certificate)));
            if (!certificate.isJudged()) {
                lines.add("what could not be judged stays so, whatever is expected");
            }
        });
        return lines;
    }

    private static List<String> lines(String allIsWell, String heading, List<String> otherwise) {
        List<String> lines = new ArrayList<>();
        lines.add(otherwise.isEmpty() ? allIsWell : heading);
        otherwise.forEach(line -> lines.add(Printable.line("  " + line)));
        return lines;
    }

    /** What is expected takes the place of conformance, but what could not be judged stays so. */
    Outcome outcome(Certificate certificate) {
        Outcome outcome = expectations.isPresent() ? expected(certificate) : certificate.outcome();
        boolean asDemanded = demands.unmet(certificate).isEmpty();
        return outcome == Outcome.CONFORMANT && !asDemanded ? Outcome.NONCONFORMANT : outcome;
    }

    private Outcome expected(Certificate certificate) {
        if (!certificate.isJudged()) {
            return Outcome.NOT_JUDGED;
        }
        return expectations.orElseThrow().deviations(certificate).isEmpty()
                ? Outcome.CONFORMANT
                : Outcome.NONCONFORMANT;
    }
}
