package org.dropoutspec.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    @Test
    void sizeIsTheProductOfTheExtents() {
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
        assertThat(Shape.of(7, 0, 9).size()).isZero();
        assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void stridesAreRowMajor() {
        assertThat(Shape.of(2, 3, 4).strides()).containsExactly(12, 4, 1);
    }

    @Test
    void aNegativeExtentIsRejected() {
        assertThatThrownBy(() -> Shape.of(2, -1)).hasMessage("shape ([2, -1]) must not be negative");
        assertThatThrownBy(() -> Shape.of(0, -1)).hasMessage("shape ([0, -1]) must not be negative");
    }

    @ParameterizedTest
    @CsvSource({"65536, 32768, 1", "2147483647, 2, 1", "2147483647, 2147483647, 2147483647", "65536, 65536, 0"})
    void moreElementsThanAnIntCountsAreRejected(int first, int second, int third) {
        String extents = first + ", " + second + ", " + third;
        assertThatThrownBy(() -> Shape.of(first, second, third))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape ([" + extents + "]) must have fewer than 2^31 elements");
    }

    @Test
    void shapesAreEqualByTheirExtents() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(6));
        assertThat(Shape.of()).isNotEqualTo(Shape.of(1));
        assertThat(Shape.of(2, 3)).hasToString("[2, 3]");
    }

    @Test
    void extentsCannotBeChangedFromOutside() {
        int[] given = {2, 3};
        Shape shape = Shape.of(given);
        given[0] = 9;
        shape.extents()[1] = 9;
        assertThat(shape).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void broadcastingGoesTowardsTheTargetOnly() {
        assertThat(Shape.of().broadcastsTo(Shape.of(2, 3))).isTrue();
        assertThat(Shape.of(3).broadcastsTo(Shape.of(2, 3))).isTrue();
        assertThat(Shape.of(1, 3).broadcastsTo(Shape.of(0, 3))).isTrue();
        assertThat(Shape.of(2).broadcastsTo(Shape.of(2, 3))).isFalse();
        assertThat(Shape.of(2, 3).broadcastsTo(Shape.of(1, 3))).isFalse();
        assertThat(Shape.of(1, 3).broadcastsTo(Shape.of(3))).isFalse();
        assertThat(Shape.of(0).broadcastsTo(Shape.of(2))).isFalse();
    }

    @Test
    void whatDoesNotBroadcastIsRejected() {
        assertThatThrownBy(() -> Shape.of(2).indicesBroadcastTo(Shape.of(2, 3)))
                .hasMessage("shape ([2]) must broadcast to [2, 3]");
    }

    @Test
    void aPermutationNamesEachAxisOnce() {
        assertThatThrownBy(() -> Shape.of(2, 3).permuted(0, 0))
                .hasMessage("permutation ([0, 0]) must name each axis of [2, 3] once");
        assertThatThrownBy(() -> Shape.of(2, 3).permuted(1)).hasMessageContaining("permutation ([1])");
        assertThatThrownBy(() -> Shape.of(2, 3).permuted(1, 2)).hasMessageContaining("permutation ([1, 2])");
    }
}
