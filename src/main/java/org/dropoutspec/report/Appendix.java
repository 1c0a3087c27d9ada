package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.golden.Counterexamples;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.sampling.StatisticalRequirements;

/**
 * What a report shows beside its certificate. The implementation is asked for it once more after the verdict.
 *
 * @param counterexamples golden vectors of failed calls, of every operation
 * @param exhibits masks and errors to be looked at
 */
public record Appendix(Optional<Counterexamples> counterexamples, Optional<Exhibits> exhibits) {
    public static final Appendix NONE = new Appendix(Optional.empty(), Optional.empty());

    /** Asks the implementation for what is shown. */
    public static Appendix of(Certificate certificate, Implementation implementation) {
        return new Appendix(Optional.of(counterexamples(certificate, implementation)), Exhibits.of(implementation));
    }

    /** Golden vectors of the failures that a few calls show. Statistical requirements have none. */
    public static Counterexamples counterexamples(Certificate certificate, Implementation implementation) {
        List<Counterexamples.Broken> broken = new ArrayList<>();
        for (Certificate.Finding finding : certificate.findings()) {
            if (finding.verdict() instanceof Verdict.Fail fail
                    && !StatisticalRequirements.ALL.contains(
                            finding.requirement().id())) {
                broken.add(new Counterexamples.Broken(
                        finding.name(),
                        finding.requirement().id(),
                        finding.isPlain() ? fail.calls() : List.of(),
                        fail.asked(),
                        fail.message()));
            }
        }
        return Counterexamples.of(broken, implementation);
    }

    /**
     * The report's lines on the counterexamples.
     *
     * @param replay the command that asks them again
     */
    public List<String> lines(String replay) {
        List<String> lines = new ArrayList<>();
        counterexamples.ifPresent(vectors -> {
            if (!vectors.ids().isEmpty()) {
                lines.add("counterexamples as golden vectors: "
                        + String.join(", ", vectors.ids().keySet()));
                lines.add("  replay: " + replay);
            }
            if (!vectors.others().isEmpty()) {
                lines.add("failed, and no golden vector shows it: " + String.join(", ", vectors.others()));
            }
        });
        return lines;
    }
}
