package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.verify.MaskSource;
import org.dropoutspec.golden.verify.VectorResult;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.junit.jupiter.api.Test;

/** The report for programs. */
class GoldenReportJsonTest {
    @Test
    void countsAgreeWithTheVectorsAndTheSchemaHolds() throws IOException {
        GoldenReport report = Vectors.verify(
                label -> label.id().matches("(num|gen|classic)-.*"), new PlantedBug(Flag.SCALE_IN_HALF_PRECISION));
        assertThat(report.advised()).isPositive();
        assertThat(report.skipped()).isNotEmpty();
        JsonNode json = read(report);
        assertThat(json.path("outcome").textValue()).isEqualTo("passed");
        assertThat(json.path("vectors")).hasSize(report.vectors().size());
        for (VectorResult.Verdict verdict : VectorResult.Verdict.values()) {
            List<JsonNode> found = new ArrayList<>();
            json.path("vectors").forEach(vector -> {
                if (vector.path("verdict").textValue().equals(verdict.toString())) {
                    found.add(vector);
                }
            });
            assertThat(json.path("counts").path(verdict.toString()).intValue())
                    .as("%s", verdict)
                    .isEqualTo(found.size());
        }
        assertThat(json.path("rungs").path("philox").intValue())
                .isEqualTo(report.rungs().get(MaskSource.PHILOX));
    }

    @Test
    void aFailureTellsItsMessagesItsCallAndItsFlags() throws IOException {
        JsonNode json = read(Vectors.verify(
                label -> label.id().equals("example-float32-third"), new PlantedBug(Flag.KEEP_DROP_CONFUSION)));
        assertThat(json.path("outcome").textValue()).isEqualTo("failed");
        JsonNode vector = json.path("vectors").path(0);
        assertThat(vector.path("verdict").textValue()).isEqualTo("failed");
        assertThat(vector.path("level").textValue()).isEqualTo("MUST");
        assertThat(vector.path("flags").toString()).isEqualTo("[\"keep-drop-confusion\"]");
        JsonNode finding = vector.path("findings").path(0);
        assertThat(finding.path("rung").textValue()).isEqualTo("mask_injected");
        assertThat(finding.path("messages").path(0).textValue()).startsWith("output[0]: expected 40400000");
        assertThat(finding.path("messages").size()).as("all of them").isEqualTo(3);
        assertThat(finding.path("asked").textValue()).startsWith("rate 0.333");
    }

    @Test
    void whatAnAdapterSaysIsEscaped() throws IOException {
        String hostile = "\u001b[2J\u0000\u202e\n\"]} \ud800 \u2028";
        Implementation named = new Implementation() {
            private final Description reference = new ReferenceImplementation(1).description();

            @Override
            public Description description() {
                return new Description(
                        hostile,
                        reference.version(),
                        reference.language(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        reference.declarations(),
                        reference.seeding(),
                        reference.maxElements());
            }

            @Override
            public Result dropout(Call call) {
                throw new IllegalStateException(hostile);
            }
        };
        GoldenReport report = Vectors.verify(label -> label.id().equals("example-float32-third"), named);
        assertThat(report.json()).matches("[\\x20-\\x7e\\n]*");
        JsonNode json = read(report);
        assertThat(json.path("outcome").textValue()).isEqualTo("not-judged");
        assertThat(json.path("implementation").path("name").textValue()).isEqualTo(hostile);
        assertThat(json.path("vectors").path(0).path("verdict").textValue()).isEqualTo("broken");
        assertThat(report.lines())
                .noneMatch(line -> line.matches(".*[\\p{Cntrl}\\u2028\\u202e\\ud800].*"))
                .anyMatch(line -> line.startsWith("golden vectors, \\u001b[2J"));
    }

    @Test
    void anAdapterThatBreaksInTheEndIsNotJudged() throws IOException {
        GoldenReport report = Vectors.verify(
                        label -> label.id().equals("example-float32-third"), new ReferenceImplementation(1))
                .with(Optional.of("the adapter exited with status 7"));
        assertThat(report.exitStatus()).isEqualTo(2);
        assertThat(report.lines()).last().isEqualTo("the adapter exited with status 7");
        JsonNode json = read(report);
        assertThat(json.path("outcome").textValue()).isEqualTo("not-judged");
        assertThat(json.path("fault").textValue()).isEqualTo("the adapter exited with status 7");
    }

    @Test
    void aBadFileIsAProblem() throws IOException {
        JsonNode json = read(Vectors.verify(List.of(Vectors.source("bad.json", "{}")), new ReferenceImplementation(1)));
        assertThat(json.path("problems").toString())
                .isEqualTo("[{\"file\":\"bad.json\",\"message\":\"field (format) is missing\"}]");
    }

    private static JsonNode read(GoldenReport report) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("spec/schemas/golden-report.schema.json")), InputFormat.JSON);
        assertThat(schema.validate(report.json(), InputFormat.JSON)).isEmpty();
        return JsonMapper.builder().build().readTree(report.json());
    }
}
