package org.dropoutspec.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
    private static Shape shape(String extents) {
        return Shape.of(Arrays.stream(extents == null ? new String[0] : extents.split(" "))
                .mapToInt(Integer::parseInt)
                .toArray());
    }

    @ParameterizedTest
    @CsvSource({
        ", 0 0 0 0 0",
        "1, 0 0 1 0 0",
        "4, 0 0 1 0 2",
        "16, 0 0 1 0 2",
        "17, 1 1 1 0 1",
        "255, 1 1 1 0 5",
        "256, 2 0 1 0 4",
        "1023, 2 1 1 0 5",
        "1000, 2 3 1 0 5",
        "960, 2 2 1 0 5",
        "32767, 3 1 1 0 5",
        "32768, 4 0 1 0 4",
        "65536, 5 0 1 0 4",
        "1048576, 6 0 1 0 4",
        "3 5, 0 1 2 4 1",
        "20 5, 1 3 2 1 1",
        "5 20, 1 3 2 3 1",
        "19 5, 1 4 2 4 1",
        "2 64 4, 2 0 3 2 2",
        "64 3 1, 1 2 3 1 0",
        "3 3 3 3 3, 1 4 5 4 1",
        "1 1 1 1 1 32, 1 0 5 3 3",
        "7 384, 3 2 2 3 4"
    })
    void levelsFollowFromTheShape(String extents, String levels) {
        Geometry geometry = Geometry.of(shape(extents));

        assertThat(Arrays.stream(levels.trim().split(" ")).map(Integer::valueOf))
                .containsExactly(
                        geometry.size(),
                        geometry.residue(),
                        geometry.rank(),
                        geometry.largeAxis(),
                        geometry.lastAxis());
    }

    @Test
    void classesOfSizesBorderOnEachOther() {
        for (int sizeClass = 0; sizeClass < Factor.SIZE.size(); sizeClass++) {
            assertThat(Geometry.sizeClass(Geometry.smallest(sizeClass))).isEqualTo(sizeClass);
            assertThat(Geometry.sizeClass(Geometry.largest(sizeClass))).isEqualTo(sizeClass);
        }
    }

    @Test
    void theWordsOfTheSizesNameTheirBorders() {
        List<String> words = Factor.SIZE.levels().stream().map(Level::words).toList();

        for (int sizeClass = 0; sizeClass < words.size(); sizeClass++) {
            assertThat(words.get(sizeClass)).startsWith("%,d ".formatted(Geometry.smallest(sizeClass)));
        }
    }

    @Test
    void aPermutationThatChangesNothingIsNoLayoutOfItsOwn() {
        assertThat(Layout.SWAPPED.fits(Shape.of(5))).isFalse();
        assertThat(Layout.SWAPPED.fits(Shape.of(5, 1))).isFalse();
        assertThat(Layout.SWAPPED.fits(Shape.of(5, 2))).isTrue();
        assertThat(Layout.REVERSED.fits(Shape.of(5, 2))).isFalse();
        assertThat(Layout.REVERSED.fits(Shape.of(5, 1, 2))).isFalse();
        assertThat(Layout.REVERSED.fits(Shape.of(5, 3, 2))).isTrue();
        assertThat(Layout.CHANNELS_LAST.fits(Shape.of(5, 3, 2, 1))).isFalse();
        assertThat(Layout.CHANNELS_LAST.fits(Shape.of(1, 5, 3, 2))).isTrue();
        assertThat(Layout.CHANNELS_LAST.fits(Shape.of(5, 1, 3, 2))).isFalse();
        assertThat(Layout.CHANNELS_LAST.permutation(4)).hasValue(new int[] {0, 3, 1, 2});
        assertThat(Layout.CHANNELS_LAST.permutation(3)).hasValue(new int[] {2, 0, 1});
        assertThat(Layout.CHANNELS_LAST.buffer(Shape.of(2, 3, 5, 7))).isEqualTo(Shape.of(2, 5, 7, 3));
        assertThat(Layout.LINES_SWAPPED.fits(Shape.of(5, 3, 2))).isTrue();
        assertThat(Layout.LINES_SWAPPED.fits(Shape.of(5, 3, 1))).isFalse();
        assertThat(Layout.LINES_SWAPPED.permutation(4)).hasValue(new int[] {0, 2, 1, 3});
    }

    @Test
    void aNoiseShapeThatEqualsAnotherOneIsNoLevelOfItsOwn() {
        assertThat(MaskShape.SINGLE.fits(Shape.of())).isFalse();
        assertThat(MaskShape.SINGLE.fits(Shape.of(1))).isFalse();
        assertThat(MaskShape.SINGLE.fits(Shape.of(5))).isTrue();
        assertThat(MaskShape.LAST_SHARED.fits(Shape.of(5))).isFalse();
        assertThat(MaskShape.LAST_SHARED.fits(Shape.of(5, 1))).isFalse();
        assertThat(MaskShape.LAST_SHARED.fits(Shape.of(5, 2))).isTrue();
        assertThat(MaskShape.FIRST_SHARED.fits(Shape.of(1, 5, 2))).isFalse();
        assertThat(MaskShape.ALONG_ONE_AXIS.fits(Shape.of(5, 2))).isFalse();
        assertThat(MaskShape.ALONG_ONE_AXIS.fits(Shape.of(5, 2, 2))).isTrue();
    }
}
