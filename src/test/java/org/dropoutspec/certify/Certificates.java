package org.dropoutspec.certify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.contract.Answers;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.spec.Specification;
import org.dropoutspec.tensor.DType;

/** Certificates written by hand. */
public final class Certificates {
    public static final Verdict PASS = new Verdict.Pass("", Map.of("calls", 100));
    public static final Verdict FAIL = new Verdict.Fail("index 0, expected 2.0, got 1.0", Map.of("calls", 3));
    public static final Verdict UNSUPPORTED = new Verdict.Unsupported("needs the capability backward");
    public static final Verdict INCONCLUSIVE = new Verdict.Inconclusive("the budget ended", Map.of("elements", 1000L));
    public static final Verdict ERROR = new Verdict.Error("the adapter died");

    /** Of float32, 120 calls of up to 300 elements. */
    public static final Inquiry ANSWERED = new Inquiry(
            Map.of(DType.FLOAT32, new Answers(110, 10, 0, 0)),
            Map.of(),
            Set.of(DType.FLOAT32),
            300,
            new TreeSet<>(Set.of(0, 1, 2)),
            new Inquiry.Rates(true, 0.25, 0.75, false));

    private Certificates() {}

    /** A whole session with these findings: id, verdict, id, verdict, .... */
    public static Certificate whole(Object... idsAndVerdicts) {
        return of(true, idsAndVerdicts);
    }

    /** The session of a selection. */
    public static Certificate selection(Object... idsAndVerdicts) {
        return of(false, idsAndVerdicts);
    }

    /** The core of dropout passed, and something else. */
    public static Certificate coreAnd(Object... idsAndVerdicts) {
        List<Object> all = new ArrayList<>(List.of("FWD-1", PASS, "EVAL-1", PASS, "MASK-1", PASS));
        Collections.addAll(all, idsAndVerdicts);
        return whole(all.toArray());
    }

    /** The same of an implementation that describes itself so. */
    public static Certificate of(Description implementation, Certificate certificate) {
        return new Certificate(
                certificate.suiteVersion(),
                certificate.specification(),
                implementation,
                certificate.tier(),
                certificate.seed(),
                certificate.whole(),
                certificate.elements(),
                certificate.duration(),
                certificate.judged().stream()
                        .map(judged -> new Judged(
                                judged.operation(), implementation.declaration(judged.operation()), judged.inquiry()))
                        .toList(),
                certificate.ledger(),
                certificate.faults(),
                certificate.findings());
    }

    /** The same with another operation, judged in this type alone. */
    public static Certificate withOperation(String operation, DType dtype, Certificate certificate) {
        Inquiry asked = new Inquiry(
                Map.of(dtype, new Answers(10, 0, 0, 0)),
                Map.of(),
                Set.of(dtype),
                300,
                new TreeSet<>(Set.of(2)),
                ANSWERED.rates());
        List<Judged> judged = new ArrayList<>(certificate.judged());
        judged.add(new Judged(operation, certificate.implementation().declaration(operation), asked));
        return with(judged, certificate.findings(), certificate);
    }

    /** The same with one more verdict, on another operation. */
    public static Certificate withFinding(String operation, String id, Verdict verdict, Certificate certificate) {
        List<Certificate.Finding> findings = new ArrayList<>(certificate.findings());
        findings.add(new Certificate.Finding(operation, Specification.embedded().requirement(id), verdict));
        return with(certificate.judged(), findings, certificate);
    }

    /** The same, in which this was judged and found. */
    static Certificate with(List<Judged> judged, List<Certificate.Finding> findings, Certificate certificate) {
        return with(judged, findings, certificate.faults(), certificate);
    }

    /** The same of a session that cannot be relied on. */
    public static Certificate withFaults(List<String> faults, Certificate certificate) {
        return with(certificate.judged(), certificate.findings(), faults, certificate);
    }

    private static Certificate with(
            List<Judged> judged, List<Certificate.Finding> findings, List<String> faults, Certificate certificate) {
        return new Certificate(
                certificate.suiteVersion(),
                certificate.specification(),
                certificate.implementation(),
                certificate.tier(),
                certificate.seed(),
                certificate.whole(),
                certificate.elements(),
                certificate.duration(),
                judged,
                certificate.ledger(),
                faults,
                findings);
    }

    /** The same of an implementation with another name. */
    public static Certificate named(String name, Certificate certificate) {
        return of(Description.of(name, "4.5"), certificate);
    }

    private static Certificate of(boolean whole, Object... idsAndVerdicts) {
        List<Certificate.Finding> findings = new ArrayList<>();
        for (int i = 0; i < idsAndVerdicts.length; i += 2) {
            findings.add(new Certificate.Finding(
                    Specification.embedded().requirement((String) idsAndVerdicts[i]), (Verdict) idsAndVerdicts[i + 1]));
        }
        return new Certificate(
                "1.2.3",
                "ab".repeat(32),
                Description.of("mine", "4.5"),
                Tier.STANDARD,
                7,
                whole,
                1_234_567,
                Duration.ofMillis(1500),
                List.of(new Judged("dropout", Description.of("mine", "4.5").declaration("dropout"), ANSWERED)),
                List.of("MASK-1: 1.00e-09"),
                List.of(),
                findings);
    }
}
