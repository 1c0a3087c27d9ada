package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is declared has to be answered: a declaration of which nothing was seen is no part of a certificate. */
@Timeout(120)
class DeclarationsTest {
    private static final Description PLAIN = Description.of("several", "1");
    private static final Description TWO_TYPES = PLAIN.withDtypes(DType.FLOAT32, DType.FLOAT64);
    private static final Description SEVERAL =
            TWO_TYPES.withCapabilities(Capability.SEED, Capability.BACKWARD, Capability.NOISE_SHAPE);

    private final Implementation reference = new ReferenceImplementation(1);

    @Test
    void aTypeOfWhichNoCallIsAnsweredIsNamedAndNothingIsCertified() {
        Certificate certificate =
                Certified.only(unable(TWO_TYPES, call -> call.input().dtype() == DType.FLOAT64));
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(certificate.reasons())
                .singleElement()
                .asString()
                .matches("declares float64, and answered no training call of it: (\\d+) calls, 0 answered, 0 rejected, "
                        + "\\1 unsupported, 0 broken");
        assertThat(certificate.inquiry().judgedTypes()).containsExactly(DType.FLOAT32);
    }

    @Test
    void aTypeThatIsAnsweredInEvaluationAloneIsNamed() {
        Certificate certificate =
                Certified.only(unable(TWO_TYPES, call -> call.input().dtype() == DType.FLOAT64 && call.training()));
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(certificate.reasons())
                .singleElement()
                .asString()
                .startsWith("declares float64, and answered no training call of it: ");
    }

    @Test
    void aCapabilityOfWhichNoCallIsAnsweredIsNamed() {
        Certificate certificate = Certified.only(unable(
                PLAIN.withCapabilities(Capability.NOISE_SHAPE),
                call -> call.noiseShape().isPresent()));
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(certificate.reasons())
                .singleElement()
                .asString()
                .startsWith("declares noise_shape, and answered no call with it: ");
    }

    @Test
    void anOperationThatIsNotAskedAboutCertifiesNothing() {
        Certificate certificate = Certified.only(new Handwritten(operations("fancy_dropout"), reference::dropout));
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(certificate.reasons()).contains("declares no operation that this suite asks about: fancy_dropout");
    }

    @Test
    void anotherOperationBesideDropoutNarrowsTheScope() {
        Certificate certificate =
                Certified.only(new Handwritten(operations("dropout", "fancy_dropout"), reference::dropout), "SHAPE-2");
        assertThat(certificate.outcome()).isSameAs(Outcome.CONFORMANT);
        assertThat(certificate.isNarrowed()).isTrue();
        assertThat(certificate.operationsNotJudged()).containsExactly("fancy_dropout");
    }

    @Test
    void aSelectionNamesWhatItAskedForInVain() {
        Implementation floatsOnly = unable(SEVERAL, call -> call.input().dtype() == DType.FLOAT64);
        Certificate certificate = Certified.only(floatsOnly, "FWD-1");
        assertThat(certificate.outcome()).isSameAs(Outcome.NOT_JUDGED);
        assertThat(certificate.reasons())
                .singleElement()
                .asString()
                .startsWith("declares float64, and answered no call of it: ");
    }

    @Test
    void aSelectionWhoseCallsHaveToBeRejectedNeedsNoAnswer() {
        assertThat(Certified.only(unable(SEVERAL, call -> false), "RATE-2", "SHAPE-5")
                        .outcome())
                .isSameAs(Outcome.CONFORMANT);
    }

    @Test
    void discardedCallsAreCountedByTypeInTheEvidence() {
        Certificate certificate = Certified.only(
                unable(
                        SEVERAL,
                        call -> call.input().dtype() == DType.FLOAT64
                                && call.input().size() % 2 == 1),
                "FWD-1",
                "MASK-1",
                "EVAL-1");
        for (String id : Set.of("FWD-1", "MASK-1", "EVAL-1")) {
            Verdict verdict = Certified.verdicts(certificate).get(id);
            assertThat(verdict).as(id).isNotInstanceOf(Verdict.Unsupported.class);
            assertThat(verdict.discarded()).as(id).containsOnlyKeys("float64");
        }
        long all = certificate.inquiry().types().get(DType.FLOAT64).discarded();
        assertThat(certificate.findings().stream()
                        .mapToLong(finding -> finding.verdict().discarded().get("float64"))
                        .sum())
                .isEqualTo(all);
        assertThat(certificate.isNarrowed()).isTrue();
    }

    @Test
    void theLargestTheRanksAndTheRatesThatWereAnsweredAreKept() {
        long[] largest = new long[1];
        Implementation observed = new Handwritten(SEVERAL, call -> {
            largest[0] = Math.max(largest[0], call.input().size());
            return reference.dropout(call);
        });
        Certificate certificate = Certified.only(observed, "FWD-1", "RATE-7", "SHAPE-1");
        assertThat(certificate.inquiry().largest()).isEqualTo(largest[0]).isGreaterThanOrEqualTo(20_003);
        assertThat(certificate.inquiry().ranks()).contains(0, 1, 2, 3, 4, 5);
        assertThat(certificate.inquiry().rates().zero()).isTrue();
        assertThat(certificate.inquiry().rates().least()).isBetween(0x1p-149, 0.1);
        assertThat(certificate.inquiry().rates().greatest()).isBetween(0.9, 1.0);
        assertThat(certificate.inquiry().types().get(DType.FLOAT64).answered()).isPositive();
        assertThat(certificate.inquiry().capabilities()).containsKeys(Capability.SEED, Capability.BACKWARD);
    }

    private Implementation unable(Description description, Predicate<Call> toAnswer) {
        return Handwritten.afterPlainCalls(description, call -> {
            if (toAnswer.test(call)) {
                throw new UnsupportedCall("cannot");
            }
            return reference.dropout(call);
        });
    }

    private static Description operations(String... names) {
        SortedMap<String, Declaration> declarations = new TreeMap<>();
        for (String name : names) {
            declarations.put(name, PLAIN.declarations().get(Description.JUDGED));
        }
        return new Description(
                "several",
                "1",
                "Java",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                declarations,
                SEVERAL.seeding(),
                SEVERAL.maxElements());
    }
}
