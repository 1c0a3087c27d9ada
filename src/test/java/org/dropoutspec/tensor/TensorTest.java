package org.dropoutspec.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
    private static final Shape TWO = Shape.of(2);

    @ParameterizedTest
    @EnumSource
    void elementsComeBackBitForBit(DType dtype) {
        long[] bits = !dtype.isFloating()
                ? new long[] {1, 0}
                : new long[] {dtype.signBit() | dtype.infinity() | 1, dtype.infinity() - 1};
        Tensor tensor = Tensor.ofBits(dtype, TWO, bits);
        assertThat(tensor.bits(0)).isEqualTo(bits[0]);
        assertThat(tensor.bits(1)).isEqualTo(bits[1]);
        assertThat(tensor.data().remaining()).isEqualTo(2 * dtype.bytes());
    }

    @Test
    void dataAreLittleEndianAndReadOnly() {
        ByteBuffer data =
                Tensor.ofBits(DType.FLOAT32, TWO, 0x01020304, 0x05060708).data();
        byte[] bytes = new byte[8];
        data.duplicate().get(bytes);
        assertThat(bytes).containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
        assertThat(data.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> data.put((byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(Tensor.wrap(DType.FLOAT32, TWO, bytes).bits(1)).isEqualTo(0x05060708);
    }

    @Test
    void equalityIsOfBitsAndNotOfNumbers() {
        Tensor zeros = Tensor.of(DType.FLOAT32, TWO, 0.0, 0.0);
        assertThat(zeros).isEqualTo(Tensor.ofFloats(TWO, 0, 0)).hasSameHashCodeAs(Tensor.ofFloats(TWO, 0, 0));
        assertThat(zeros).isNotEqualTo(Tensor.of(DType.FLOAT32, TWO, 0.0, -0.0));
        Tensor nan = Tensor.ofBits(DType.FLOAT32, Shape.of(), 0x7fc00000);
        assertThat(nan).isEqualTo(Tensor.ofBits(DType.FLOAT32, Shape.of(), 0x7fc00000));
        assertThat(nan).isNotEqualTo(Tensor.ofBits(DType.FLOAT32, Shape.of(), 0x7fc00001));
    }

    @Test
    void tensorsOfAnotherTypeOrShapeAreNotEqual() {
        assertThat(Tensor.of(DType.FLOAT16, TWO, 0, 0)).isNotEqualTo(Tensor.of(DType.BFLOAT16, TWO, 0, 0));
        assertThat(Tensor.of(DType.FLOAT16, TWO, 0, 0)).isNotEqualTo(Tensor.of(DType.FLOAT16, Shape.of(2, 1), 0, 0));
    }

    @Test
    void numbersAreRoundedToTheType() {
        assertThat(Tensor.of(DType.FLOAT16, TWO, 0.1, 65520).values())
                .containsExactly(0.0999755859375, Double.POSITIVE_INFINITY);
        assertThat(Tensor.full(DType.BFLOAT16, TWO, 257).values()).containsExactly(256, 256);
        assertThat(Tensor.ofBooleans(TWO, true, false).values()).containsExactly(1, 0);
    }

    @Test
    void aWrongCountIsToldWithWhatTheShapeNeeds() {
        String message = "values (1) must be as many as shape [2] has elements: 2";
        assertThatThrownBy(() -> Tensor.of(DType.FLOAT64, TWO, 1)).hasMessage(message);
        assertThatThrownBy(() -> Tensor.ofBits(DType.FLOAT64, TWO, 1)).hasMessage(message);
        assertThatThrownBy(() -> Tensor.ofFloats(TWO, 1)).hasMessage(message);
        assertThatThrownBy(() -> Tensor.wrap(DType.FLOAT64, TWO, new byte[8]))
                .hasMessage("data (8 bytes) must fit float64 [2]: 16 bytes");
        assertThatThrownBy(() -> Tensor.ofBooleans(TWO, true)).hasMessage(message);
        assertThatThrownBy(() -> Tensor.of(DType.FLOAT64, TWO, 1, 2).reshaped(Shape.of(3)))
                .hasMessage("data (16 bytes) must fit float64 [3]: 24 bytes");
    }

    @Test
    void permutingTransposes() {
        Tensor matrix = Tensor.of(DType.FLOAT16, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertThat(matrix.permuted(1, 0)).isEqualTo(Tensor.of(DType.FLOAT16, Shape.of(3, 2), 1, 4, 2, 5, 3, 6));
        assertThat(matrix.permuted(1, 0).permuted(1, 0)).isEqualTo(matrix);
    }

    @Test
    void broadcastingRepeats() {
        Tensor column = Tensor.of(DType.FLOAT64, Shape.of(2, 1), 1, 2);
        assertThat(column.broadcastTo(Shape.of(2, 3)))
                .isEqualTo(Tensor.of(DType.FLOAT64, Shape.of(2, 3), 1, 1, 1, 2, 2, 2));
        assertThat(Tensor.of(DType.FLOAT64, Shape.of(), 7).broadcastTo(TWO).values())
                .containsExactly(7, 7);
        assertThat(column.broadcastTo(Shape.of(2, 1))).isSameAs(column);
    }

    @Test
    void aBuilderIsSpentOnceBuilt() {
        Tensor.Builder builder = Tensor.builder(DType.FLOAT32, TWO);
        builder.setBits(1, 0x3f800000);
        assertThat(builder.build().values()).containsExactly(0, 1);
        assertThatThrownBy(() -> builder.setBits(0, 1)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void textShowsTheNumbersOfASmallTensor() {
        assertThat(Tensor.ofFloats(TWO, 1, -0f)).hasToString("float32 [2] {1.0, -0.0}");
        assertThat(Tensor.full(DType.FLOAT16, Shape.of(16), 0).toString()).contains("{");
        assertThat(Tensor.full(DType.FLOAT16, Shape.of(17), 0)).hasToString("float16 [17]");
        assertThat(Tensor.ofFloats(Shape.of(0))).hasToString("float32 [0] {}");
    }
}
