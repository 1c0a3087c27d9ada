package org.dropoutspec.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {
    /** A batch of one that is never dropped is not told as a largest element that is never dropped. */
    @ParameterizedTest(name = "{0} elements")
    @CsvSource({"1, 0", "16, 0", "17, 1", "4096, 1", "4097, 0"})
    void theExtremesOfTinyCallsAreNoneAndThoseOfLargeOnesAreNotUnique(int size, int extremes) {
        Inputs.Input input = new Inputs(7, false).of(DType.FLOAT32, ValueKind.MODERATE, Shape.of(size), 0);
        int first = Inputs.FEATURES.indexOf("the input is the largest of its call");
        assertThat(Arrays.stream(input.features()).skip(first).mapToInt(feature -> feature.count()))
                .hasSize(3)
                .containsOnly(extremes);
    }
}
