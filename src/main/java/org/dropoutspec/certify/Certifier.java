package org.dropoutspec.certify;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Puts an implementation to the contracts, through the JUnit Platform, in this thread.
 *
 * @param tier how much is asked
 * @param seed the master seed
 * @param only the ids of the requirements to examine; all when empty
 * @param progress told the id of each requirement as its check begins
 */
public record Certifier(Tier tier, long seed, Set<String> only, Consumer<String> progress) {
    private static final Map<String, Method> CHECKS = checks();

    private static final Map<String, Set<String>> STANDS_ON = CHECKS.entrySet().stream()
            .collect(Collectors.toMap(
                    Map.Entry::getKey,
                    check -> Set.of(check.getValue().getAnnotation(Checks.class).standsOn())));

    /** Kept, so that its level is: jqwik logs what is of no interest to whoever certifies, or told here. */
    private static final Logger JQWIK = Logger.getLogger("net.jqwik");

    public Certifier {
        JQWIK.setLevel(Level.OFF);
        only = Set.copyOf(only);
        for (String id : only) {
            Specification.embedded().requirement(id).untestable().ifPresent(reason -> {
                throw new IllegalArgumentException(
                        "requirement (" + id + ") must have a check, it has none: " + reason);
            });
        }
    }

    /** The same, telling its progress. */
    public Certifier withProgress(Consumer<String> told) {
        return new Certifier(tier, seed, only, told);
    }

    /** How many requirements are examined. */
    public int count() {
        return requirements().size();
    }

    /** Whether this is the id of a requirement that is examined. */
    public boolean examines(String id) {
        return requirements().stream().anyMatch(requirement -> requirement.id().equals(id));
    }

    private Collection<Requirement> requirements() {
        return Specification.embedded().requirements().stream()
                .filter(requirement -> CHECKS.containsKey(requirement.id()))
                .filter(requirement -> only.isEmpty() || only.contains(requirement.id()))
                .toList();
    }

    /** Examines the implementation; the caller closes it where it needs closing. */
    public Certificate certify(Implementation implementation) {
        long start = System.nanoTime();
        Collection<Requirement> requirements = requirements();
        Set<String> ids = requirements.stream().map(Requirement::id).collect(Collectors.toSet());
        Examination examination = new Examination(implementation, tier, seed, ids, progress);
        examination.requirePlainCalls();
        launch(examination, requirements);
        List<Certificate.Finding> findings = new Causes(STANDS_ON)
                .resolved(requirements.stream()
                        .map(requirement -> new Certificate.Finding(requirement, verdict(examination, requirement)))
                        .toList());
        return new Certificate(
                version(),
                Specification.embedded().sha256(),
                examination.description(),
                tier,
                seed,
                only.isEmpty(),
                examination.elements(),
                Duration.ofNanos(System.nanoTime() - start),
                examination.inquiry(),
                examination.ledger(),
                faults(examination, findings),
                findings);
    }

    /** What no finding tells: how it broke in a check that failed all the same; or what it declares and answered not. */
    private List<String> faults(Examination examination, List<Certificate.Finding> findings) {
        if (examination.faults().isEmpty()) {
            return examination.inquiry().unearned(examination.description(), only.isEmpty());
        }
        return examination.faults().stream()
                .filter(fault -> findings.stream()
                        .noneMatch(finding -> finding.verdict() instanceof Verdict.Error error
                                && error.message().equals(fault)))
                .toList();
    }

    private static void launch(Examination examination, Collection<Requirement> requirements) {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(requirements.stream()
                        .map(requirement -> selector(requirement.id()))
                        .toList())
                .filters(EngineFilter.includeEngines("jqwik"))
                .configurationParameter("jqwik.database", "")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.reporting.onlyfailures", "true")
                .build();
        Certification.UNDER_WAY.set(examination);
        try {
            LauncherFactory.create(config).execute(request);
        } finally {
            Certification.UNDER_WAY.remove();
        }
    }

    private static MethodSelector selector(String id) {
        return DiscoverySelectors.selectMethod(Certification.class, CHECKS.get(id));
    }

    private static Verdict verdict(Examination examination, Requirement requirement) {
        Verdict verdict = examination.verdicts().get(requirement.id());
        return verdict != null ? verdict : new Verdict.Error("the suite broke: the check did not run");
    }

    private static Map<String, Method> checks() {
        Map<String, Method> checks = new TreeMap<>();
        Arrays.stream(Certification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Checks.class))
                .forEach(method -> checks.put(method.getAnnotation(Checks.class).value(), method));
        return checks;
    }

    private static String version() {
        String version = Certifier.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
