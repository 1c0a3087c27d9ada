package org.dropoutspec.certify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Site;
import org.dropoutspec.spec.Requirement;

/**
 * One mask site put to the contracts.
 *
 * @param name of the site, such as {@code recurrent_mask}
 * @param operation that it is a site of
 * @param session that was made of it
 * @param asked the requirements that it was asked about
 * @param obstacle how it broke at the plainest calls; nothing else was asked then
 */
record SiteRun(
        String name,
        String operation,
        Session session,
        List<Requirement> asked,
        Optional<ImplementationFault> obstacle) {

    /** @throws ImplementationFault when the plainest calls are not answered: then there is nothing to judge */
    static SiteRun plain(
            Implementation implementation, List<Requirement> requirements, Certifier certifier, double share) {
        SiteRun run = new SiteRun(
                "mask",
                PlainDropout.NAME,
                session(implementation, requirements, certifier, certifier.seed(), share),
                requirements,
                Optional.empty());
        run.session.requirePlainCalls();
        run.launch();
        return run;
    }

    /** Of another operation: what breaks there does not hide what is known of the others. */
    static SiteRun of(Site site, String name, List<Requirement> requirements, Certifier certifier, double share) {
        long mixed = certifier.seed() * 31 + (site.operation() + name).hashCode();
        long seed = new SplittableRandom(mixed).nextLong() >>> 11;
        Session session = session(site, requirements, certifier, seed, share);
        try {
            session.requirePlainCalls();
        } catch (ImplementationFault broken) {
            ImplementationFault told = new ImplementationFault(site.operation() + ": " + broken.getMessage(), broken);
            return new SiteRun(name, site.operation(), session, requirements, Optional.of(told));
        }
        SiteRun run = new SiteRun(name, site.operation(), session, requirements, Optional.empty());
        run.launch();
        return run;
    }

    private static Session session(
            Implementation implementation,
            List<Requirement> requirements,
            Certifier certifier,
            long seed,
            double share) {
        Set<String> ids = requirements.stream().map(Requirement::id).collect(Collectors.toSet());
        Session session = new Session(implementation, certifier.tier(), seed, ids, certifier.progress(), share);
        if (certifier.pictured()) {
            session.keepTrails();
        }
        return session;
    }

    private void launch() {
        Launch.of(session, operation, asked.stream().map(Requirement::id).toList());
    }

    Verdict verdict(Requirement requirement) {
        // an answer may have broken it after its own check had passed, or the plainest one before any check
        Optional<String> seen = session.seen(requirement.id());
        Verdict verdict = session.verdicts().get(requirement.id());
        if (obstacle.isPresent()) {
            return seen.<Verdict>map(what -> new Verdict.Fail(what, Map.of()))
                    .orElseGet(() -> new Verdict.Error(obstacle.get().getMessage()));
        }
        if (verdict == null) {
            return new Verdict.Error("the suite broke: the check did not run");
        }
        return verdict instanceof Verdict.Pass && seen.isPresent()
                ? new Verdict.Fail(seen.get(), verdict.evidence())
                : verdict;
    }

    /** How the probability of a false alarm was spent, a line a check. */
    List<String> ledger() {
        boolean plain = operation.equals(PlainDropout.NAME);
        return session.ledger().stream()
                .map(line -> plain ? line : operation + " " + name + ": " + line)
                .toList();
    }
}
