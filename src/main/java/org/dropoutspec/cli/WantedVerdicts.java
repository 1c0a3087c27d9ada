package org.dropoutspec.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Demands;
import org.dropoutspec.certify.Expectations;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.implementation.FileTrouble;
import org.dropoutspec.implementation.GivenFile;
import org.dropoutspec.implementation.Printable;

/** The verdicts that {@code --require} and {@code --expect} want, and the exit status that follows. */
record WantedVerdicts(Demands demands, Optional<Expectations> expectations) {
    /**
     * @param certifier the one whose requirements may be named
     * @param require ids, or {@code all}
     * @param expect a file of expectations
     * @throws IllegalArgumentException when an id is not of a requirement examined, or the file is not of expectations
     */
    static WantedVerdicts of(Certifier certifier, List<String> require, Optional<Path> expect) {
        Demands demands = Demands.of(Ids.requirements("require", require));
        for (String id : demands.ids()) {
            if (!certifier.examines(id)) {
                throw new IllegalArgumentException(
                        "require (" + id + ") must be of the requirements examined; the command spec lists them all");
            }
        }
        return new WantedVerdicts(demands, expect.map(WantedVerdicts::read));
    }

    private static Expectations read(Path expectations) {
        try {
            return Expectations.parse(GivenFile.text(expectations).lines().toList());
        } catch (CharacterCodingException cause) {
            throw new IllegalArgumentException("expectations (" + expectations + ") must be text in UTF-8", cause);
        } catch (IOException cause) {
            throw new IllegalArgumentException(
                    "expectations (" + expectations + ") must be a readable file: " + FileTrouble.words(cause), cause);
        } catch (IllegalArgumentException cause) {
            throw new IllegalArgumentException("expectations (" + expectations + "): " + cause.getMessage(), cause);
        }
    }

    /** The verdicts that are not as wanted, or that all are. */
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

    /** The outcome. Expectations take the place of conformance, but what could not be judged stays not judged. */
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
