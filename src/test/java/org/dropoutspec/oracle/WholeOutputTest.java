package org.dropoutspec.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeOutputTest {
    /** Of the input 1, 2, 3, ... at rate 1/2. */
    @ParameterizedTest(name = "{1} elements of {0}: {2}")
    @CsvSource({
        "the input, 100, INPUT",
        "twice the input, 100, KEPT",
        "minus the input, 100, KEPT",
        "zeros, 100, DROPPED",
        "NaN, 100, NAN",
        "77, 100, OTHER",
        "77, 2, KEPT", // as a few kept elements with wrong values may be, by chance
        "every second, 100, "
    })
    void theKindIsThatOfTheWholeOutput(String what, int size, WholeOutput kind) {
        Tensor input = floats(size, i -> i + 1);
        Tensor output = floats(size, i -> switch (what) {
            case "the input" -> i + 1;
            case "twice the input" -> 2 * (i + 1);
            case "minus the input" -> -(i + 1);
            case "zeros" -> 0;
            case "NaN" -> Double.NaN;
            case "77" -> 77;
            case "every second" -> i % 2 * 2 * (i + 1);
            default -> throw new IllegalArgumentException(what);
        });
        assertThat(WholeOutput.of(Description.of("any", "1"), Call.training(0.5, input), Result.of(output)))
                .isEqualTo(Optional.ofNullable(kind));
    }

    private static Tensor floats(int size, IntToDoubleFunction value) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return Tensor.ofFloats(Shape.of(size), values);
    }
}
