package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate.Finding;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.operation.Site;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.tensor.DType;

/**
 * One operation of an implementation, examined.
 *
 * @param judged what was asked of it
 * @param elements how many elements its calls had
 * @param ledger how the probability of a false alarm was spent, a line a check
 * @param faults why the result cannot be relied on, beyond what a finding tells
 * @param findings a verdict for each requirement examined
 */
record Examined(Judged judged, long elements, List<String> ledger, List<String> faults, List<Finding> findings) {
    /** On how fine rates are: each mask shows it by itself, several together no better, and it takes many elements. */
    private static final Set<String> OF_RATES = Set.of("MASK-13", "RATE-11");

    /** @param share the probability of finding fault with a sound mask site, at most */
    static Examined of(
            Implementation implementation,
            String operation,
            List<Requirement> requirements,
            Certifier certifier,
            double share) {
        Description description = Session.described(implementation);
        List<SiteRun> runs = Operations.named(operation)
                .map(family -> sites(implementation, family, requirements, certifier, share))
                .orElseGet(() -> List.of(SiteRun.plain(implementation, requirements, certifier, share)));
        List<Finding> findings = requirements.stream()
                .map(requirement -> new Finding(operation, requirement, verdict(requirement, runs)))
                .toList();
        List<Finding> resolved = new Causes(Foundations.of(operation)).resolved(findings);
        return new Examined(
                new Judged(
                        operation,
                        description.declaration(operation),
                        runs.stream().map(run -> run.examination().inquiry()).reduce(Inquiry.NOTHING, Inquiry::and)),
                runs.stream().mapToLong(run -> run.examination().elements()).sum(),
                runs.stream().flatMap(run -> run.ledger().stream()).toList(),
                faults(runs, resolved, certifier, description),
                resolved);
    }

    private static List<SiteRun> sites(
            Implementation implementation,
            Operation operation,
            List<Requirement> requirements,
            Certifier certifier,
            double share) {
        List<SiteRun> runs = new ArrayList<>();
        Declaration declared = Session.described(implementation).declaration(operation.name());
        for (MaskSite site : shown(operation.sites(), declared)) {
            List<Requirement> asked = requirements.stream()
                    .filter(requirement -> runs.isEmpty() || !Judged.isOwn(operation.name(), requirement.id()))
                    .filter(requirement -> !site.isOfSeveral() || !OF_RATES.contains(requirement.id()))
                    .toList();
            if (!runs.isEmpty() && declared.can(Capability.FEW_SHAPES)) {
                startAnew(implementation);
            }
            runs.add(SiteRun.of(new Site(operation, site, implementation), site.name(), asked, certifier, share));
        }
        return runs;
    }

    /** Starts another process: the next mask site has calls of other shapes, and one process is asked few shapes. */
    private static void startAnew(Implementation implementation) {
        try {
            implementation.restart();
        } catch (ImplementationFault broken) {
            // the next call reports the fault, or finds it mended
        }
    }

    /** The sites that show a declared type; all where none does. The first is asked the operation's own chapter too. */
    private static List<MaskSite> shown(List<MaskSite> sites, Declaration declared) {
        List<MaskSite> shown = sites.stream()
                .filter(site -> site.shown(declared).dtypes().stream().anyMatch(DType::isFloating))
                .toList();
        return shown.isEmpty() ? sites : shown;
    }

    /** The worst verdict of the sites where it was asked, told with the name of the site if there were several. */
    private static Verdict verdict(Requirement requirement, List<SiteRun> runs) {
        List<SiteRun> asked =
                runs.stream().filter(run -> run.asked().contains(requirement)).toList();
        SiteRun worst = asked.get(0);
        for (SiteRun run : asked) {
            if (severity(run.verdict(requirement)) > severity(worst.verdict(requirement))) {
                worst = run;
            }
        }
        Verdict verdict = worst.verdict(requirement);
        if (asked.size() > 1) {
            return verdict.at(worst.name());
        }
        // answers of the other sites are held to the operation's own chapter too
        return verdict instanceof Verdict.Pass
                ? runs.stream()
                        .map(run -> run.examination().seen().get(requirement.id()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .<Verdict>map(seen -> Verdict.Fail.of(seen, verdict.evidence()))
                        .orElse(verdict)
                : verdict;
    }

    private static int severity(Verdict verdict) {
        if (verdict instanceof Verdict.Fail) {
            return 4;
        }
        if (verdict instanceof Verdict.Error) {
            return 3;
        }
        if (verdict instanceof Verdict.Inconclusive) {
            return 2;
        }
        return verdict instanceof Verdict.Pass ? 1 : 0;
    }

    /** The faults that no finding tells: a break in a check that failed anyway, or no answer to what is declared. */
    private static List<String> faults(
            List<SiteRun> runs, List<Finding> findings, Certifier certifier, Description description) {
        Set<String> broken = runs.stream()
                .flatMap(run -> run.examination().faults().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        runs.forEach(run -> run.obstacle().map(ImplementationFault::getMessage).ifPresent(broken::add));
        if (broken.isEmpty() && !certifier.examiner().part().isWhole()) {
            return List.of(); // one shard need not have asked everything
        }
        boolean whole = certifier.isWhole(description);
        if (broken.isEmpty()) {
            return runs.stream()
                    .flatMap(run -> run.examination().inquiry().unearned(run.description(), whole).stream())
                    .distinct()
                    .toList();
        }
        return broken.stream()
                .filter(fault -> findings.stream()
                        .noneMatch(finding -> finding.verdict() instanceof Verdict.Error error
                                && error.message().equals(fault)))
                .toList();
    }
}
