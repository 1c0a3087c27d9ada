package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificates;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Verdict FAIL = new Verdict.Fail("index 0, expected 2.0, got 1.0", Map.of());
    private static final Verdict ECHO = Verdict.Inconclusive.echo("MASK-1", FAIL);

    @Test
    void outcomeAndFindingsAreToldWithTheCommandThatReplaysThem() {
        String page = page(Certificates.coreAnd("BWD-1", FAIL));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("nonconformant")
                .contains("BWD-1</a>")
                .contains("index 0, expected 2.0, got 1.0")
                .contains("again BWD-1");
    }

    @Test
    void whatWasSeenAgainStandsUnderItsCause() {
        String page = page(Certificates.whole("MASK-1", FAIL, "MASK-2", ECHO));
        assertThat(page).contains("Seen again by MASK-2").doesNotContain("finding-dropout-MASK-2");
    }

    @Test
    void whatIsBindingStandsBeforeAdvice() {
        String page = page(Certificates.coreAnd("SEED-5", FAIL, "SHAPE-2", FAIL));
        assertThat(page)
                .contains("2 findings, 1 of a SHOULD")
                .contains("\"finding fail advice\"")
                .containsSubsequence("finding-dropout-SHAPE-2", "finding-dropout-SEED-5");
    }

    @Test
    void anOverviewGoesBeforeManyFindings() {
        String[] matrixFirst = {"<h2>By operation and chapter</h2>", "<h2>1"};
        assertThat(page(Certificates.coreAnd("BWD-1", FAIL, "BWD-2", FAIL)))
                .containsSubsequence("<h2>2 findings</h2>", matrixFirst[0]);
        Object[] many = IntStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(i -> Stream.of("BWD-" + i, FAIL))
                .toArray();
        assertThat(page(Certificates.coreAnd(
                        Stream.concat(Stream.of(many), Stream.of("FWD-1", FAIL)).toArray())))
                .containsSubsequence(matrixFirst);
    }

    @Test
    void whatSeveralOperationsFailIsOneFindingInOnePlace() {
        Certificate certificate = Certificates.withFinding(
                "rnn",
                "BWD-1",
                FAIL,
                Certificates.withFinding("rnn", "FWD-1", FAIL, Certificates.coreAnd("BWD-1", FAIL)));
        assertThat(page(certificate))
                .containsSubsequence(
                        "<h2>3 findings of 2 requirements</h2>",
                        "finding-dropout-BWD-1",
                        "Also in rnn",
                        "finding-rnn-BWD-1",
                        "again rnn:BWD-1",
                        "finding-rnn-FWD-1");
    }

    @Test
    void whatBrokeInOneWayIsToldOnceWithTheNamesOfTheRest() {
        Verdict cut = new Verdict.Error("the run was cut off by a signal");
        assertThat(page(Certificates.coreAnd("BWD-1", FAIL, "BWD-2", cut, "BWD-3", cut, "SEED-1", cut)))
                .contains("<h2>One finding; 3 not judged</h2>", "The same of 2 others: ", "again BWD-2")
                .containsSubsequence("finding-dropout-BWD-2", "finding-dropout-BWD-3", "finding-dropout-SEED-1")
                .doesNotContain("again BWD-3");
        assertThat(page(Certificates.coreAnd("BWD-2", cut))).contains("<h2>1 requirement not judged</h2>");
    }

    @Test
    void whatEndedTheRunIsToldOnceAtItsTop() {
        String reason = "the run was cut off by a signal";
        Verdict cut = new Verdict.Error("rnn: " + reason);
        String page = page(Certificates.withFaults(
                List.of(reason, reason), Certificates.coreAnd("BWD-1", FAIL, "BWD-2", cut, "BWD-3", cut)));
        assertThat(page)
                .containsOnlyOnce("<pre>not judged: " + reason)
                .contains("<h2>One finding</h2>", "2 requirements were not judged, for the reason told above.")
                .doesNotContain("finding-dropout-BWD-2", "again BWD-2");
    }

    @Test
    void whatAnAdapterSaysOfItselfIsEscapedAndNothingIsLoadedOrRun() {
        String page = page(Certificates.named("<script>alert(1)</script>", Certificates.coreAnd()));
        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("default-src &#x27;none&#x27;")
                .doesNotContainPattern("(src|href)=\"(?!#)");
    }

    private static String page(Certificate certificate) {
        return Page.of(CertificateJson.of(certificate, id -> "again " + id));
    }
}
