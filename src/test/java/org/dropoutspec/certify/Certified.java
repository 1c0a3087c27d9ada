package org.dropoutspec.certify;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;

/** Runs of the certifier from one seed. */
final class Certified {
    static final long SEED = 7;

    private Certified() {}

    static Certificate only(Implementation implementation, String... ids) {
        return new Certifier(Tier.QUICK, SEED, Set.of(ids), requirement -> {}).certify(implementation);
    }

    static Map<String, Verdict> verdicts(Certificate certificate) {
        return certificate.findings().stream()
                .collect(Collectors.toMap(finding -> finding.requirement().id(), Certificate.Finding::verdict));
    }

    static Verdict verdict(Implementation implementation, String id) {
        return verdicts(only(implementation, id)).get(id);
    }
}
