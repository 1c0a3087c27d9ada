package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.certify.Certificates.ERROR;
import static org.dropoutspec.certify.Certificates.FAIL;
import static org.dropoutspec.certify.Certificates.PASS;
import static org.dropoutspec.certify.Certificates.UNSUPPORTED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificates;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certificate.json} as it is read back from the directory. */
class CertificateJsonTest {
    @TempDir
    private Path directory;

    @Test
    void hasTheShapeOfItsFormat() throws IOException {
        JsonNode root = written();
        assertThat(root.fieldNames())
                .toIterable()
                .contains("format", "outcome", "suite", "implementation", "capabilities", "choices", "tier", "seed")
                .contains("false_alarm_rate", "elements", "requirements");
        assertThat(root.get("format").textValue()).isEqualTo("dropout-certificate/2");
        assertThat(root.get("outcome").textValue()).isEqualTo("nonconformant");
        assertThat(root.get("suite"))
                .hasToString("{\"version\":\"1.2.3\",\"specification\":\"" + "ab".repeat(32) + "\"}");
        assertThat(root.get("implementation"))
                .hasToString("{\"name\":\"mine\",\"version\":\"4.5\",\"language\":\"Java\"}");
        assertThat(root.get("capabilities")).hasToString("[]");
        assertThat(root.get("choices"))
                .hasToString("{\"rate_one\":\"zeros\",\"dropped_nonfinite\":\"zero\",\"scaling\":\"inverted\","
                        + "\"rate_resolution\":9.5367431640625E-7,\"modes\":\"both\",\"seed_bits\":53,"
                        + "\"stream\":\"continues\",\"seed_scope\":\"global\"}");
        assertThat(root.get("operations_not_judged")).hasToString("[]");
        assertThat(root.get("tier").textValue()).isEqualTo("standard");
        assertThat(root.get("seed").longValue()).isEqualTo(7);
        assertThat(root.get("false_alarm_rate").doubleValue()).isEqualTo(1e-9);
        assertThat(root.get("elements").longValue()).isEqualTo(1_234_567);
    }

    @Test
    void everyRequirementHasVerdictEvidenceAndMessage() throws IOException {
        JsonNode requirements = written().get("requirements");
        assertThat(requirements)
                .extracting(entry -> entry.get("id").textValue())
                .containsExactly("FWD-1", "FWD-7", "BWD-1", "NUM-1");
        assertThat(requirements.get(0).toString())
                .isEqualTo(
                        "{\"operation\":\"dropout\",\"id\":\"FWD-1\",\"level\":\"MUST\",\"title\":\"scale what it keeps by 1/(1 - rate)\","
                                + "\"verdict\":\"fail\",\"evidence\":{\"calls\":3},"
                                + "\"message\":\"index 0, expected 2.0, got 1.0\",\"replay\":\"again FWD-1\"}");
        assertThat(requirements)
                .extracting(entry -> entry.get("verdict").textValue())
                .containsExactly("fail", "pass", "unsupported", "error");
        assertThat(requirements).allSatisfy(entry -> {
            assertThat(entry.get("evidence").isObject()).isTrue();
            assertThat(entry.get("message").isTextual()).isTrue();
        });
    }

    @Test
    void theScopeIsWhatWasAskedAndAnswered() throws IOException {
        Verdict inPart = new Verdict.Pass("", Map.of("discarded", Map.of("float64", 10L)));
        JsonNode root = written(Certificates.coreAnd("BWD-1", UNSUPPORTED, "NUM-1", inPart));
        assertThat(root.get("scope").toPrettyString().replaceAll("\\s+", " "))
                .isEqualTo("{ \"narrowed\" : true, \"largest_input\" : 300, \"ranks\" : [ 0, 1, 2 ],"
                        + " \"rates\" : { \"zero\" : true, \"least\" : 0.25, \"greatest\" : 0.75, \"one\" : false },"
                        + " \"types\" : { \"float32\" : { \"answered\" : 110, \"rejected\" : 10, \"unsupported\" : 0,"
                        + " \"broken\" : 0 } }, \"capabilities\" : { },"
                        + " \"not_asked\" : [ { \"reason\" : \"needs the capability backward\","
                        + " \"requirements\" : [ \"BWD-1\" ] } ],"
                        + " \"asked_in_part\" : [ { \"type\" : \"float64\", \"discarded\" : { \"NUM-1\" : 10 } } ] }");
        assertThat(root.get("not_judged")).isEmpty();
        assertThat(root.get("embedded_reference").booleanValue()).isFalse();
    }

    @Test
    void textThatJsonCannotCarryIsEscapedAndTheReportIsNotLost() throws IOException {
        JsonNode root = written(Certificates.named(
                "half \uD800 a pair", Certificates.coreAnd("BWD-1", new Verdict.Error("got \uDFFF\nrequest: {}"))));
        assertThat(root.get("implementation").get("name").textValue()).isEqualTo("half \\ud800 a pair");
        assertThat(root.get("requirements").get(3).get("message").textValue()).isEqualTo("got \\udfff\n  request: {}");
    }

    private JsonNode written() throws IOException {
        return written(Certificates.whole("FWD-1", FAIL, "FWD-7", PASS, "BWD-1", UNSUPPORTED, "NUM-1", ERROR));
    }

    private JsonNode written(Certificate certificate) throws IOException {
        ReportDirectory.open(directory).write(certificate, List.of(), id -> "again " + id, Appendix.NONE);
        return new ObjectMapper().readTree(Files.readString(directory.resolve("certificate.json")));
    }
}
