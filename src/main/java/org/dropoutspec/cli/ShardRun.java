package org.dropoutspec.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.report.ReportDirectory;

/**
 * One of several parts of a run, for {@code certify --shard}. It comes to no verdict of its own.
 *
 * @param command the arguments that name the implementation
 * @param replay the command that examines a requirement again, by its name
 */
record ShardRun(Certifier.OfPart part, Selection selection, List<String> command, Function<String, String> replay) {

    void write(ReportDirectory directory) {
        directory.write(part.certificate(), lines(), replay, part.shard(), selection, command);
    }

    /** What is already certain and what is still open, as lines. */
    List<String> lines() {
        Certificate certificate = part.certificate();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "shard %s of %s, tier %s, seed %d: %,d elements",
                part.shard().name(),
                certificate.implementation().title(),
                certificate.tier(),
                certificate.seed(),
                certificate.elements()));
        for (Certificate.Finding finding : certificate.findings()) {
            Verdict verdict = finding.verdict();
            if (verdict instanceof Verdict.Fail || verdict instanceof Verdict.Error) {
                lines.add(verdict.word() + " " + finding.name() + ": " + verdict.message());
                lines.add("  replay: "
                        + replay.apply(finding.replayed(
                                certificate.implementation().operations().size())));
            }
        }
        certificate.faults().forEach(fault -> lines.add("could not be asked to its end: " + fault));
        lines.add(
                "no verdict of its own: merge judges all " + part.shard().part().of() + " shards together");
        return lines;
    }

    /** 0 where everything was asked, so that the shard can be merged, and nothing failed. */
    int exitStatus() {
        Certificate certificate = part.certificate();
        if (certificate.outcome() == Outcome.NONCONFORMANT) {
            return Outcome.NONCONFORMANT.exitStatus();
        }
        boolean broken = !certificate.faults().isEmpty()
                || certificate.findings().stream().anyMatch(finding -> finding.verdict() instanceof Verdict.Error);
        return broken ? Outcome.NOT_JUDGED.exitStatus() : 0;
    }
}
