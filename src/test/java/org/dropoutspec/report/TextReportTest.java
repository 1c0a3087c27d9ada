package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.certify.Certificates.ERROR;
import static org.dropoutspec.certify.Certificates.FAIL;
import static org.dropoutspec.certify.Certificates.INCONCLUSIVE;
import static org.dropoutspec.certify.Certificates.PASS;
import static org.dropoutspec.certify.Certificates.UNSUPPORTED;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificates;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final Certificate OF_EVERY_VERDICT = Certificates.whole(
            "FWD-1", FAIL, "FWD-7", PASS, "BWD-1", UNSUPPORTED, "EVAL-2", INCONCLUSIVE, "NUM-1", ERROR);

    @Test
    void aLineARequirementThenWhatDidNotPassWithItsReplay() {
        assertThat(lines(OF_EVERY_VERDICT))
                .containsExactly(
                        "FAIL         FWD-1    MUST   scale what it keeps by 1/(1 - rate)",
                        "pass         FWD-7    MUST   keep a zero a zero",
                        "unsupported  BWD-1    MUST   mask the gradient like the output (needs the capability backward)",
                        "INCONCLUSIVE EVAL-2   SHOULD keep the sign and payload of a quiet NaN in evaluation",
                        "ERROR        NUM-1    MUST   overflow as x/(1 - rate) does",
                        "",
                        "FWD-1 MUST scale what it keeps by 1/(1 - rate): index 0, expected 2.0, got 1.0",
                        "  replay: again FWD-1",
                        "",
                        "EVAL-2 SHOULD keep the sign and payload of a quiet NaN in evaluation: "
                                + "inconclusive: the budget ended",
                        "  replay: again EVAL-2",
                        "",
                        "NUM-1 MUST overflow as x/(1 - rate) does: error: the adapter died",
                        "  replay: again NUM-1",
                        "",
                        "MASK-1: 1.00e-09",
                        "",
                        "nonconformant: mine 4.5 (Java)",
                        "1 pass, 1 fail, 1 unsupported, 1 inconclusive, 1 error; types float32",
                        "tier standard, seed 7, 1,234,567 mask elements in 1.5 s, specification abababab");
    }

    @Test
    void aShouldThatFailedStandsBelowWhatMust() {
        assertThat(String.join("\n", lines(Certificates.whole("RATE-10", FAIL, "FWD-1", FAIL))))
                .containsSubsequence("FWD-1 MUST scale", "RATE-10 SHOULD accept");
    }

    @Test
    void whatEndedTheRunIsToldOnceForAllThatWasOpenThen() {
        Verdict cut = new Verdict.Error("rnn: the adapter left");
        Certificate certificate = Certificates.withFaults(
                List.of("the adapter left", "the adapter left"),
                Certificates.whole("FWD-1", FAIL, "BWD-1", cut, "BWD-2", cut));
        assertThat(lines(certificate))
                .containsOnlyOnce("not judged: the adapter left")
                .contains("  replay: again FWD-1")
                .doesNotContain("  replay: again BWD-1");
    }

    @Test
    void anOperationThatIsDeclaredAndNotJudgedIsTold() {
        Description mine = Description.of("mine", "4.5");
        SortedMap<String, Declaration> more = new TreeMap<>(mine.declarations());
        more.put("fancy", more.get("dropout"));
        more.put("other", more.get("dropout"));
        Description several = new Description(
                mine.name(),
                mine.version(),
                mine.language(),
                mine.homepage(),
                mine.issues(),
                mine.notes(),
                more,
                mine.seeding(),
                mine.maxElements());
        assertThat(lines(Certificates.of(several, OF_EVERY_VERDICT)))
                .contains("  declared, not judged by this version: fancy, other");
    }

    @Test
    void theTypesOfEachOperationAreToldWhereTheyDiffer() {
        Certificate plain = Certificates.coreAnd("BWD-1", PASS);
        assertThat(lines(Certificates.withOperation("rnn", DType.FLOAT64, plain)))
                .contains("operations dropout (float32), rnn (float64)")
                .anyMatch(line -> line.endsWith("; types float32, float64"));
        assertThat(lines(Certificates.withOperation("rnn", DType.FLOAT32, plain)))
                .contains("operations dropout, rnn")
                .anyMatch(line -> line.endsWith("; types float32"));
    }

    @Test
    void aSelectionIsCalledOne() {
        assertThat(lines(Certificates.selection("FWD-1", PASS)))
                .contains("conformant in the requirements selected: mine 4.5 (Java)");
    }

    @Test
    void whatWasNotAskedIsNamedBesideTheOutcome() {
        Verdict inPart = new Verdict.Pass("", Map.of("discarded", Map.of("float64", 10L, "float16", 3L)));
        Certificate certificate = Certificates.coreAnd(
                "BWD-1",
                UNSUPPORTED,
                "BWD-2",
                UNSUPPORTED,
                "RATE-2",
                new Verdict.Unsupported("no bad rates\nconformant: all"),
                "RATE-9",
                Verdict.Unsupported.inapplicable("applies to an implementation that declares rate_one reject"),
                "NUM-1",
                inPart);
        assertThat(lines(certificate))
                .containsSequence(
                        "conformant in scope: mine 4.5 (Java)",
                        "  not asked (needs the capability backward): BWD-1, BWD-2",
                        "  not asked (no bad rates\\nconformant: all): RATE-2",
                        "  not asked in full (calls of float16 answered unsupported): NUM-1 (3)",
                        "  not asked in full (calls of float64 answered unsupported): NUM-1 (10)",
                        "4 pass, 0 fail, 4 unsupported, 0 inconclusive, 0 error; types float32");
    }

    @Test
    void whatBrokeManyChecksIsToldOnce() {
        Verdict other = new Verdict.Error("something else");
        assertThat(lines(Certificates.coreAnd("BWD-1", ERROR, "BWD-2", other, "BWD-3", ERROR)))
                .containsSequence(
                        "BWD-1, BWD-3: error: the adapter died",
                        "  replay: again BWD-1",
                        "",
                        "BWD-2 MUST scale the gradient like the output: error: something else",
                        "  replay: again BWD-2",
                        "");
    }

    @Test
    void whatSeveralOperationsFailIsToldInFullOnce() {
        Certificate certificate = Certificates.withFinding(
                "rnn",
                "BWD-1",
                new Verdict.Fail("index 1, expected 0.0, got 1.0\nmore of it", Map.of()),
                Certificates.withFinding("rnn", "BWD-2", FAIL, Certificates.coreAnd("BWD-1", FAIL)));
        assertThat(new TextReport(certificate, id -> "again " + id, false).lines())
                .containsSequence(
                        "BWD-1 MUST mask the gradient like the output: index 0, expected 2.0, got 1.0",
                        "  replay: again BWD-1",
                        "  also in rnn: index 1, expected 0.0, got 1.0",
                        "",
                        "rnn:BWD-2 MUST scale the gradient like the output: index 0, expected 2.0, got 1.0",
                        "  replay: again rnn:BWD-2",
                        "");
        assertThat(lines(certificate)).contains("  replay: again rnn:BWD-1");
    }

    @Test
    void whyItWasNotJudgedIsTold() {
        assertThat(lines(Certificates.coreAnd("BWD-1", PASS)
                        .withFault("adapter fault: it exited with status 3\nrequest: {}\n::error::x")))
                .containsSequence(
                        "",
                        "not judged: adapter fault: it exited with status 3",
                        "  request: {}",
                        "  \\u003a:error::x",
                        "",
                        "not judged: mine 4.5 (Java)");
    }

    @Test
    void whatAStrangerSaysForgesNoLineAndNoCommand() {
        String name = "::error::x\nconformant: reference 1.0 (Java)\u2028\u001b[2J\u202e" + "y".repeat(900_000);
        assertThat(lines(Certificates.named(name, Certificates.coreAnd("BWD-1", FAIL))))
                .noneMatch(line -> line.startsWith("conformant") || line.contains("\u001b") || line.length() > 500)
                .contains("nonconformant: \\u003a:error::x\\nconformant: reference 1.0 (Java)\\u2028\\u001b[2J\\u202e"
                        + "y".repeat(51) + "... (900049 characters) 4.5 (Java)");
    }

    @Test
    void theReportIsTheSameInEveryCountry() {
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(lines(OF_EVERY_VERDICT)).last().asString().contains("1,234,567 mask elements in 1.5 s");
        } finally {
            Locale.setDefault(here);
        }
    }

    private static List<String> lines(Certificate certificate) {
        return new TextReport(certificate, id -> "again " + id, true).lines();
    }
}
