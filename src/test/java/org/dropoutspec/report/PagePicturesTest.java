package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificates;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the evidence of a statistical test is drawn to. */
class PagePicturesTest {
    private static String page(String series, String looks) {
        Map<String, Object> test = Map.of(
                "family", "lag<script>", "rejects_at_log10_e", 10.6, "looks", parsed(looks), "series", parsed(series));
        Verdict fail = new Verdict.Fail("correlated", Map.of("tests", List.of(test)));
        return Page.of(CertificateJson.of(Certificates.whole("MASK-2", fail), id -> "again " + id));
    }

    private static Object parsed(String json) {
        try {
            return JsonMapper.builder().build().readValue(json, List.class);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError(wrong);
        }
    }

    @Test
    void aCorrelationThatIsNoneOfChanceIsMarkedAndTheFindingLeadsToIt() {
        String page = page(
                "[{'along': 'elements apart', 'rate': 0.5, 'counts': {'1': [10000, 5000, 5000, 2500],"
                                .replace('\'', '"')
                        + " \"7\": [10000, 5000, 5000, 4000]}}]",
                "[]");
        assertThat(page)
                .contains("0 is not in 1 of 2 of them", "<td>7</td><td>10,000</td><td>0.6000</td>")
                .contains("href=\"#picture-dropout-MASK-2\"", "id=\"picture-dropout-MASK-2\"");
    }

    @Test
    void aTrailThatComesToTheLineIsNamedAndOneThatDoesNotIsNot() {
        String rejected = page("[]", "[[1000, 0.5], [64000, 40.25]]");
        assertThat(rejected)
                .contains("1 of 1 tests came there", "\u2717 MASK-2 lag&lt;script&gt;: 10^40")
                .contains("1,000: 0.5000; 64,000: 40.25")
                .doesNotContain("<script");
        assertThat(page("[]", "[[1000, \"e-value 0\"], [64000, -1]]"))
                .contains("None of the 1 tests came there", "1,000: e-value 0")
                .doesNotContain("10^");
    }

    @Test
    void countsThatDoNotAddUpAreNotDrawn() {
        for (String counts :
                List.of("[10, 11]", "[10, 5, 11, 2]", "[10, 5, 3, 4]", "[-1, 0]", "[0, 0]", "[\"x\"]", "[]")) {
            String page =
                    page("[{\"along\": \"elements apart\", \"rate\": 0.5, \"counts\": {\"1\": " + counts + "}}]", "[]");
            assertThat(page).as(counts).doesNotContain("picture-dropout-MASK-2");
        }
        assertThat(page("[{\"along\": \"elements apart\", \"rate\": 2, \"counts\": {\"1\": [10, 5]}}]", "[]"))
                .doesNotContain("picture-dropout-MASK-2");
    }

    @Test
    void manyFindingsAreFolded() {
        Verdict fail = new Verdict.Fail("no", Map.of());
        Object[] failures = IntStream.rangeClosed(1, 12)
                .boxed()
                .flatMap(number -> List.<Object>of("BWD-" + number, fail).stream())
                .toArray();
        String page = Page.of(CertificateJson.of(Certificates.whole(failures), id -> "again " + id));
        assertThat(page).contains("<h2>12 findings, 1 of a SHOULD</h2>");
        assertThat(page.lines()
                        .collect(Collectors.joining())
                        .split("<details[^>]*class=\"paper finding fail( advice)?\"", -1))
                .hasSize(3);
    }

    @Test
    void aComparisonLeadsToThePagesThatStandBesideTheirCertificates(@TempDir Path directory) throws IOException {
        Verdict fail = new Verdict.Fail("no", Map.of());
        for (String name : List.of("with page", "without")) {
            Path certificate = Files.createDirectories(directory.resolve(name)).resolve("certificate.json");
            Files.writeString(
                    certificate,
                    CertificateJson.of(Certificates.whole("BWD-10", fail, "BWD-9", fail), id -> "again " + id)
                            .toString());
        }
        Files.writeString(directory.resolve("with page").resolve("index.html"), "");
        List<StoredCertificate> both = Stream.of("with page", "without")
                .map(name -> StoredCertificate.read(directory.resolve(name)))
                .toList();
        assertThat(new Comparison(both, directory).page())
                .contains("href=\"with%20page/index.html#dropout-BWD-9\">\u2717 9, 10</a>")
                .contains(">\u2717 9, 10</span>")
                .doesNotContain("without/index.html");
    }

    @Test
    void whatOneAloneDeclaresIsNoDifference(@TempDir Path directory) throws IOException {
        Verdict pass = new Verdict.Pass("", Map.of());
        Verdict fail = new Verdict.Fail("no", Map.of());
        List<StoredCertificate> both = List.of(
                stored(directory.resolve("one"), Certificates.whole("FWD-1", fail, "BWD-1", pass)),
                stored(directory.resolve("other"), Certificates.whole("FWD-1", pass)));
        String page = new Comparison(both, directory).page();
        int differing = page.indexOf("Where they differ");
        int alike = page.indexOf("Where they agree");
        int alone = page.indexOf("What one alone declares");
        assertThat(page.indexOf("dropout FWD")).isBetween(differing, alike);
        assertThat(page.indexOf("dropout BWD")).isGreaterThan(alone);
    }

    private static StoredCertificate stored(Path directory, Certificate certificate) throws IOException {
        Path file = Files.createDirectories(directory).resolve("certificate.json");
        Files.writeString(
                file, CertificateJson.of(certificate, id -> "again " + id).toString());
        return StoredCertificate.read(file);
    }
}
