package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be said, said to an adapter that gives it back, and the transcript held to the schemas. */
@Timeout(20)
class RoundTripTest {
    private static final Tensor INPUT = Tensor.ofBits(
            DType.FLOAT32, Shape.of(2, 3), 0x3F800000, 0x80000000L, 0x7FC00001, 0x7F800000, 1, 0x7F7FFFFF);
    private static final Tensor GRADIENT = Tensor.of(DType.FLOAT32, Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    private static final Tensor MASK = Tensor.ofBooleans(Shape.of(3, 1), true, false, true);
    private static final Tensor NO_MASK = Tensor.ofBooleans(Shape.of(), true);

    @TempDir
    Path directory;

    @Test
    void everyFieldTravelsBothWays() throws IOException {
        Path transcript = directory.resolve("transcript");
        try (AdapterProcess adapter =
                new AdapterProcess(PythonAdapter.command("echo.py", transcript.toString()), PythonAdapter.LIMITS)) {
            assertDescription(adapter.description());
            Call full = Call.training(0.1, INPUT)
                    .withGradOutput(GRADIENT)
                    .withSeed(Call.SEED_LIMIT - 1)
                    .withNoiseShape(Shape.of(3, 1))
                    .withMask(MASK)
                    .withPermutation(1, 0);
            assertThat(adapter.dropout(full))
                    .isEqualTo(Result.of(INPUT).withMask(MASK).withGradInput(GRADIENT));
            assertThat(adapter.dropout(Call.evaluation(Double.NaN, INPUT))).isEqualTo(Result.of(INPUT));
            for (double rate : List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 5e-324, 0x1p-25)) {
                Tensor scalar = Tensor.of(DType.BFLOAT16, Shape.of(), rate);
                assertThat(adapter.dropout(Call.training(rate, scalar)))
                        .isEqualTo(Result.of(scalar).withMask(NO_MASK));
            }
            Tensor empty = Tensor.of(DType.FLOAT64, Shape.of(2, 0));
            assertThat(adapter.dropout(Call.evaluation(1, empty))).isEqualTo(Result.of(empty));
            PythonAdapter.closeCleanly(adapter);
        }
        List<String> lines = Files.readAllLines(transcript);
        assertRequests(lines);
        assertSchemas(lines);
    }

    private static void assertDescription(Description description) {
        assertThat(description.name()).isEqualTo("echo");
        assertThat(description.version()).isEqualTo("1.2");
        assertThat(description.homepage()).contains("https://example.org");
        assertThat(description.issues()).contains("https://example.org/issues");
        assertThat(description.notes()).contains("gives back what it got");
        assertThat(description.operations()).containsExactly("dropout", "rnn");
        assertThat(description.dtypes())
                .containsExactlyInAnyOrder(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64);
        assertThat(description.capabilities()).hasSize(7).doesNotContain(Capability.PHILOX4X32_10);
        assertThat(description.choices())
                .isEqualTo(Choices.defaults()
                        .with(Choices.RateOne.REJECT)
                        .with(Choices.DroppedNonfinite.NAN)
                        .with(Choices.Scaling.CLASSIC)
                        .with(Choices.IntegerInput.REJECT)
                        .withRateResolution(0.25));
        assertThat(description.seeding())
                .isEqualTo(Seeding.defaults().with(Seeding.Scope.INSTANCE).with(Seeding.Unseeded.FRESH));
        assertThat(description.declarations().get("rnn"))
                .isEqualTo(new Declaration(Set.of(DType.FLOAT32), Set.of(Capability.BACKWARD), description.choices()));
    }

    private static void assertRequests(List<String> lines) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode full = json.readTree(lines.get(2));
        assertThat(full.get("seed").longValue()).isEqualTo(9007199254740991L);
        assertThat(full.get("noise_shape")).hasToString("[3,1]");
        assertThat(full.get("permutation")).hasToString("[1,0]");
        assertThat(full.get("mask")).hasToString("{\"dtype\":\"bool\",\"shape\":[3,1],\"data\":\"AQAB\"}");
        assertThat(full.get("rate")).hasToString("0.1");
        JsonNode evaluation = json.readTree(lines.get(4));
        assertThat(evaluation.fieldNames()).toIterable().containsExactly("id", "op", "rate", "training", "input");
        assertThat(evaluation.get("rate").textValue()).isEqualTo("NaN");
        assertThat(evaluation.get("training").booleanValue()).isFalse();
        assertThat(json.readTree(lines.get(6)).get("rate").textValue()).isEqualTo("Infinity");
        assertThat(json.readTree(lines.get(8)).get("rate").textValue()).isEqualTo("-Infinity");
        assertThat(1 / json.readTree(lines.get(10)).get("rate").doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(json.readTree(lines.get(12)).get("rate").doubleValue()).isEqualTo(5e-324);
    }

    private static void assertSchemas(List<String> lines) {
        assertThat(Schemas.validate("hello-request", lines.get(0))).isEmpty();
        assertThat(Schemas.validate("hello-reply", lines.get(1))).isEmpty();
        for (int i = 2; i < lines.size(); i += 2) {
            assertThat(Schemas.validate("dropout-request", lines.get(i))).isEmpty();
            assertThat(Schemas.validate("dropout-reply", lines.get(i + 1))).isEmpty();
        }
    }
}
