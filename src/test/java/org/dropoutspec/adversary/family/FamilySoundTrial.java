package org.dropoutspec.adversary.family;

import java.util.List;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;

/** Certifies sound operations at quick and prints what is not passed. */
final class FamilySoundTrial {
    private FamilySoundTrial() {}

    public static void main(String[] arguments) {
        List<FamilySound> all = FamilySound.all();
        for (int number = 0; number < all.size(); number++) {
            FamilySound one = all.get(number);
            if (!one.toString().matches(".*(" + (arguments.length > 0 ? arguments[0] : "") + ").*")) {
                continue;
            }
            for (long seed = Long.getLong("from", 31_000); seed < Long.getLong("to", 31_001); seed++) {
                long start = System.nanoTime();
                Certificate certificate = new Certifier(
                                Tier.QUICK, seed, new Selection(Set.of(one.operation()), Set.of()), id -> {})
                        .certify(one.implementation().apply(seed * 7919));
                System.out.printf(
                        "#%d %d [%s] %s %.1f s%n",
                        number, seed, one, certificate.outcome(), (System.nanoTime() - start) / 1e9);
                certificate.findings().stream()
                        .filter(finding -> !(finding.verdict() instanceof Verdict.Pass)
                                && !(finding.verdict() instanceof Verdict.Unsupported))
                        .forEach(finding -> System.out.println("      "
                                + finding.verdict().getClass().getSimpleName() + " "
                                + finding.requirement().heading() + ": "
                                + finding.verdict()
                                        .message()
                                        .lines()
                                        .findFirst()
                                        .orElse("")));
            }
        }
    }
}
