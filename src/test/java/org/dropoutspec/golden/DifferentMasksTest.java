package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dropoutspec.golden.exact.ExactExpectations;
import org.dropoutspec.golden.format.Different;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of which a vector says that they must draw different masks. */
class DifferentMasksTest {
    private static final Implementation REFERENCE = new ReferenceImplementation(3);

    private static Call call(double rate, int elements) {
        return Call.training(rate, Tensor.full(DType.FLOAT32, Shape.of(elements), 1));
    }

    private static String file(Call... calls) {
        GoldenVector vector = new GoldenVector.OfDropout(
                new Label("apart", "SEED-4", List.of(), "neighbouring seeds"),
                List.of(calls),
                ExactExpectations.of("SEED-4", List.of(calls), Scaling.INVERTED, List.of()).stream()
                        .map(expectation -> expectation.with(List.of(new Different(List.of(0, 1)))))
                        .toList());
        return new String(
                JsonText.of(
                        VectorTree.of(new VectorFile("apart", "Masks.", new TreeMap<>(), List.of(), List.of(vector)))),
                StandardCharsets.UTF_8);
    }

    private static GoldenReport verified(String json, Implementation implementation) {
        return Vectors.verify(List.of(Vectors.source("apart.json", json)), implementation);
    }

    /** Takes a seed and its successor for the same, with or without a report of what it drew. */
    private static Declaring inPairs(Capability... capabilities) {
        return new Declaring(
                REFERENCE.description().withCapabilities(capabilities),
                call -> REFERENCE.dropout(
                        call.seed().isPresent() ? call.withSeed(call.seed().getAsLong() & -2) : call));
    }

    @Test
    void seedsThatDrawTheSameMaskAreToldByTheirCalls() {
        String json = file(call(0.5, 128).withSeed(6), call(0.5, 128).withSeed(7));
        assertThat(json).contains("\"dropout-golden/1.3\"").contains("\"different_masks\"");
        assertThat(verified(json, REFERENCE).passed()).isEqualTo(1);
        for (Declaring wrong : List.of(inPairs(Capability.SEED), inPairs(Capability.SEED, Capability.MASK_OUTPUT))) {
            GoldenReport report = verified(json, wrong);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.lines())
                    .anyMatch(line -> line.endsWith("calls[0] and calls[1]: expected different masks, got the same"));
        }
    }

    static Stream<Arguments> bad() {
        Call good = call(0.5, 128).withSeed(6);
        return Stream.of(
                Arguments.of(good, "must be different in the vector too"),
                Arguments.of(call(0.5, 127).withSeed(7), "must draw 128 elements or more"),
                Arguments.of(call(0.9375, 128).withSeed(7), "at a rate from 0.25 to 0.75"),
                Arguments.of(call(0.5, 256).withSeed(7), "must draw masks of one shape"),
                Arguments.of(
                        good.withMask(Tensor.full(DType.BOOL, Shape.of(128), 1)).withoutSeed(), "must all draw a mask"),
                Arguments.of(
                        Call.evaluation(0.5, Tensor.full(DType.FLOAT32, Shape.of(128), 1)), "must all draw a mask"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void masksThatChanceMayMakeTheSameAreNoVector(Call second, String reason) {
        String json = file(call(0.5, 128).withSeed(6), second);
        assertThat(verified(json, REFERENCE).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(reason));
    }

    @Test
    void nothingButMasksCanBeAskedToDiffer() {
        String json = file(call(0.5, 128).withSeed(6), call(0.5, 128).withSeed(7));
        assertThat(verified(json.replace("\"field\": \"mask\"", "\"field\": \"output\""), REFERENCE)
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("field (output)"));
    }
}
