package org.dropoutspec.benchmark;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.implementation.ReferenceImplementation;

/**
 * Certifies the reference again and again, each time with another seed, and prints how often each verdict was given:
 * neither fail nor inconclusive nor error is to be among them.
 *
 * <p>{@code java -cp target/test-classes:target/dropout-conformance.jar org.dropoutspec.benchmark.ManyCertifications
 * [RUNS [SEED]]}, after {@code mvn package}.
 */
public final class ManyCertifications {
    private ManyCertifications() {}

    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : new SplittableRandom().nextLong() >>> 11;
        Map<String, Integer> verdicts = new TreeMap<>();
        for (int run = 0; run < runs; run++) {
            long seed = first + run;
            Certificate certificate =
                    new Certifier(Tier.QUICK, seed, Set.of(), id -> {}).certify(new ReferenceImplementation(seed));
            for (Certificate.Finding finding : certificate.findings()) {
                String verdict = finding.verdict().word();
                verdicts.merge(verdict, 1, Integer::sum);
                if (!Set.of("pass", "unsupported").contains(verdict)) {
                    System.out.println("seed " + seed + ": " + finding);
                }
            }
            if ((run + 1) % 100 == 0 || run + 1 == runs) {
                System.out.println(run + 1 + " certifications from seed " + first + " on: " + verdicts);
            }
        }
    }
}
