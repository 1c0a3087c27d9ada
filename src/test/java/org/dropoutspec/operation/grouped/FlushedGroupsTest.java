package org.dropoutspec.operation.grouped;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device that flushes subnormal numbers drops nothing by it; NUM-3 alone says what it thinks of that. */
class FlushedGroupsTest {
    /** As XLA has it on a CPU: the second channel is kept, and of its two elements the subnormal one becomes 0. */
    @ParameterizedTest
    @CsvSource({"5e-324, 1, 0, 4", "1, 5e-324, 4, 0", "1e-310, 1e-310, 0, 0"})
    void aFlushedElementIsNoDroppedOne(double x, double dy, double y, double dx) {
        assertThat(judged(Tensor.of(DType.FLOAT64, SHAPE, 1, x, 2, 1), upstream(dy), channel(y), channel(dx)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 4, BWD-1", "1, 1, 4, 0, BWD-1"})
    void aGradientThatIsMaskedOtherwiseIsStillSeen(double x, double dy, double y, double dx, String requirement) {
        assertThat(judged(Tensor.of(DType.FLOAT64, SHAPE, 1, x, 2, 1), upstream(dy), channel(y), channel(dx)))
                .extracting(Sighting::requirement)
                .contains(requirement);
    }

    private static final Shape SHAPE = Shape.of(1, 2, 2);

    private static Tensor upstream(double dy) {
        return Tensor.of(DType.FLOAT64, SHAPE, 1, dy, 1, 1);
    }

    /** The first channel dropped, of the second this and what follows from 1. */
    private static Tensor channel(double value) {
        return Tensor.of(DType.FLOAT64, SHAPE, 0, value, 0, 4);
    }

    private static List<Sighting> judged(Tensor x, Tensor dy, Tensor y, Tensor dx) {
        SpatialDropout operation = new SpatialDropout();
        Description description = ReferenceFamily.described(List.of(operation));
        OperationCall call = OperationCall.of(operation.name())
                .with("rate", 0.75)
                .with("training", true)
                .with("input", x)
                .with("grad_output", Optional.of(dy))
                .with("channel_axis", 2L);
        return operation
                .oracle(description)
                .judge(call, OperationResult.of("output", y).with("grad_input", dx));
    }
}
