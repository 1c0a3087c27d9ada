package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropoutTest {
    private static final Shape FOUR = Shape.of(4);
    private static final Tensor ODD_KEPT = Tensor.ofBooleans(FOUR, true, false, true, false);

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "INT32", "INT64"})
    void theWorkedExample(DType dtype) {
        Tensor x = Tensor.of(dtype, FOUR, 2, 4, 6, 8);
        Tensor expected = Tensor.of(dtype, FOUR, 4, 0, 12, 0);
        assertThat(Dropout.forward(x, ODD_KEPT, 0.5)).isEqualTo(expected);
        assertThat(Dropout.backward(x, ODD_KEPT, 0.5)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "INT32", "INT64"})
    void whatIsDroppedIsPlusZeroWhateverItWas(DType dtype) {
        Tensor x = Tensor.of(dtype, FOUR, Double.NaN, Double.NEGATIVE_INFINITY, -1, -0.0);
        Tensor none = Tensor.full(DType.BOOL, FOUR, 0);
        assertThat(Dropout.forward(x, none, 0.5)).isEqualTo(Tensor.of(dtype, FOUR, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "INT32", "INT64"})
    void whatIsKeptKeepsItsSignAndIsInfiniteOrNaNAsBefore(DType dtype) {
        Tensor x = Tensor.of(dtype, FOUR, Double.NaN, Double.NEGATIVE_INFINITY, -3, -0.0);
        Tensor all = Tensor.full(DType.BOOL, FOUR, 1);
        assertThat(Dropout.forward(x, all, 0.25).values())
                .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, -4, -0.0);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOOL", "INT32", "INT64"})
    void rateOneGivesZerosAndNoNaN(DType dtype) {
        Dropout dropout = new Dropout(3);
        Tensor mask = dropout.drawMask(FOUR, 1);
        Tensor x = Tensor.of(dtype, FOUR, 1, -1, 0, Double.POSITIVE_INFINITY);
        assertThat(Dropout.forward(x, mask, 1)).isEqualTo(Tensor.of(dtype, FOUR, 0, 0, 0, 0));
        assertThat(Dropout.backward(x, mask, 1)).isEqualTo(Tensor.of(dtype, FOUR, 0, 0, 0, 0));
    }

    @Test
    void rateZeroIsTheIdentity() {
        Tensor x = Tensor.of(DType.FLOAT32, FOUR, 1, -0.0, 1e-45, 3e38);
        assertThat(Dropout.forward(x, new Dropout(3).drawMask(FOUR, 0), 0)).isEqualTo(x);
    }

    @Test
    void aMaskIsBroadcastToTheInput() {
        Tensor x = Tensor.of(DType.FLOAT32, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        Tensor rows = Tensor.ofBooleans(Shape.of(2, 1), true, false);
        assertThat(Dropout.forward(x, rows, 0.5).values()).containsExactly(2, 4, 6, 0, 0, 0);
        Tensor columns = Tensor.ofBooleans(Shape.of(3), false, true, false);
        assertThat(Dropout.backward(x, columns, 0.5).values()).containsExactly(0, 4, 0, 0, 10, 0);
    }

    @Test
    void aMaskThatDoesNotBroadcastIsRejected() {
        Tensor x = Tensor.of(DType.FLOAT32, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> Dropout.forward(x, Tensor.ofBooleans(Shape.of(2), true, true), 0.5))
                .hasMessage("shape ([2]) must broadcast to [2, 3]");
    }

    @Test
    void aBadRateIsRejected() {
        Tensor x = Tensor.of(DType.FLOAT32, FOUR, 2, 4, 6, 8);
        assertThatThrownBy(() -> Dropout.forward(x, ODD_KEPT, 1.5)).hasMessage("rate (1.5) must be in [0, 1]");
        assertThatThrownBy(() -> Dropout.backward(x, ODD_KEPT, -0.1)).hasMessage("rate (-0.1) must be in [0, 1]");
        assertThatThrownBy(() -> new Dropout(0).drawMask(FOUR, Double.NaN)).hasMessage("rate (NaN) must be in [0, 1]");
    }
}
