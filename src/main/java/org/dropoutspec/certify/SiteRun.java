package org.dropoutspec.certify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Site;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.spec.Requirement;

/**
 * One mask site put to the contracts.
 *
 * @param name the site's, such as {@code recurrent_mask}
 * @param operation the one that it is a site of
 * @param description of the site, as plain dropout
 * @param examination its result
 * @param asked the requirements that it was asked about
 * @param obstacle how it broke at the plainest calls; nothing else was asked then
 */
record SiteRun(
        String name,
        String operation,
        Description description,
        Examination examination,
        List<Requirement> asked,
        Optional<ImplementationFault> obstacle) {

    private static final String MASK = "mask";

    /** @throws ImplementationFault when the plainest calls are not answered: then there is nothing to judge */
    static SiteRun plain(
            Implementation implementation, List<Requirement> requirements, Certifier certifier, double share) {
        Session session = session(implementation, requirements, certifier, certifier.seed(), share);
        return new SiteRun(
                MASK,
                PlainDropout.NAME,
                session.description(),
                certifier.examiner().examined(PlainDropout.NAME, MASK, session, requirements),
                requirements,
                Optional.empty());
    }

    /** Examines a site of another operation: a fault there does not hide what is known of the other sites. */
    static SiteRun of(Site site, String name, List<Requirement> requirements, Certifier certifier, double share) {
        long mixed = certifier.seed() * 31 + (site.operation() + name).hashCode();
        long seed = new SplittableRandom(mixed).nextLong() >>> 11;
        Session session = session(site, requirements, certifier, seed, share);
        Optional<ImplementationFault> obstacle = Optional.empty();
        Examination examination;
        try {
            examination = certifier.examiner().examined(site.operation(), name, session, requirements);
        } catch (ImplementationFault broken) {
            ImplementationFault told = new ImplementationFault(site.operation() + ": " + broken.getMessage(), broken);
            obstacle = Optional.of(told);
            examination = session.examination();
        }
        return new SiteRun(name, site.operation(), session.description(), examination, requirements, obstacle);
    }

    private static Session session(
            Implementation implementation,
            List<Requirement> requirements,
            Certifier certifier,
            long seed,
            double share) {
        Set<String> ids = requirements.stream().map(Requirement::id).collect(Collectors.toSet());
        Session session = new Session(
                implementation,
                certifier.tier(),
                seed,
                ids,
                certifier.progress(),
                share,
                certifier.examiner().part());
        if (certifier.pictured()) {
            session.keepTrails();
        }
        return session;
    }

    Verdict verdict(Requirement requirement) {
        // an answer may have broken it after its own check had passed, or the plainest answer before any check
        Optional<Sighting> seen = Optional.ofNullable(examination.seen().get(requirement.id()));
        Verdict verdict = examination.verdicts().get(requirement.id());
        if (obstacle.isPresent()) {
            return seen.<Verdict>map(sighting -> Verdict.Fail.of(sighting, Map.of()))
                    .orElseGet(() -> new Verdict.Error(obstacle.get().getMessage()));
        }
        if (verdict == null) {
            return new Verdict.Error("the suite broke: the check did not run");
        }
        return verdict instanceof Verdict.Pass && seen.isPresent()
                ? Verdict.Fail.of(seen.get(), verdict.evidence())
                : verdict;
    }

    /** How the probability of a false alarm was spent, a line a check. */
    List<String> ledger() {
        boolean plain = operation.equals(PlainDropout.NAME);
        return examination.ledger().stream()
                .map(line -> plain ? line : operation + " " + name + ": " + line)
                .toList();
    }
}
