package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class VisibleValuesTest {
    /** A cell that computes float64 in float32 would lose them, and seem to have dropped what it reports as kept. */
    @Test
    void whatFloat32DoesNotHoldIsOneWithItsSign() {
        Tensor x = Tensor.of(DType.FLOAT64, Shape.of(6), 1e305, -1e305, 1e-300, 3e38, -0.25, 1e37);
        assertThat(VisibleValues.of(x, Shape.of(6), 0.5).values()).containsExactly(1, -1, 1, 1, -0.25, 1e37);
    }
}
