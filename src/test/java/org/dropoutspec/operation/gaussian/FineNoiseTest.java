package org.dropoutspec.operation.gaussian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Noise with holes, or that keeps to some values, is refuted by cells of 2^-9 standard deviations, and normal noise is not. */
class FineNoiseTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(20261123);

    private static double normal() {
        return Math.sqrt(-2 * Math.log(1 - RANDOM.nextDouble())) * Math.cos(2 * Math.PI * RANDOM.nextDouble());
    }

    private static FineNoise drawn(DType dtype, int elements, DoubleSupplier z) {
        FineNoise noise = new FineNoise(dtype, new NoiseShape(dtype, 0x1p-20));
        Tensor input = Tensor.full(dtype, Shape.of(elements), 0.25);
        Tensor.Builder output = Tensor.builder(dtype, Shape.of(elements));
        for (int i = 0; i < elements; i++) {
            output.setBits(i, dtype.round((1 + dtype.value(dtype.round(z.getAsDouble()))) * 0.25));
        }
        noise.add(input, output.build());
        return noise;
    }

    /** With as much in each cell as it may have. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void oneElementGivesNoEvidenceOnAverage(DType dtype) {
        FineNoise none = drawn(dtype, 0, () -> 0);
        double expected = 0;
        for (int cell = 1; cell <= FineNoise.INNER; cell += 97) {
            double z = FineNoise.lower(cell);
            double next = FineNoise.lower(cell + 97);
            double most = FineNoise.between(z, Math.max(next, z)) + none.crossing(z) + none.crossing(next);
            expected += most * Math.exp(FineNoise.evidence(List.of(drawn(dtype, 1, () -> z + 0x1p-10))));
        }
        assertThat(expected).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void normalNoiseIsNotRefuted(DType dtype) {
        assertThat(FineNoise.evidence(List.of(drawn(dtype, 1 << 19, FineNoiseTest::normal))))
                .isLessThan(5);
    }

    /** By the inverse of the distribution function, which keeps to a grid in the middle. */
    @Test
    void normalNoiseMadeOfOneUniformNumberOf23BitsIsNotRefuted() {
        DoubleSupplier inverse = () -> NormalQuantile.of((RANDOM.nextInt(1 << 23) + 0.5) * 0x1p-23);
        List<FineNoise> both = Stream.of(DType.FLOAT32, DType.FLOAT64)
                .map(dtype -> drawn(dtype, 1 << 19, inverse))
                .toList();
        assertThat(FineNoise.evidence(both)).isLessThan(5);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                other("a hole in its centre", () -> {
                    double z = normal();
                    return Math.abs(z) < 0.01 ? Math.copySign(0.01, z) : z;
                }),
                other("a hole elsewhere", () -> {
                    double z = normal();
                    return Math.abs(z - 1) < 0.003 ? 1.01 : z;
                }),
                other("8 bits", () -> Math.rint(32 * normal()) / 32),
                other("steps of bfloat16", () -> DType.BFLOAT16.value(DType.BFLOAT16.round(1 + normal())) - 1),
                other("a table of 4,096 values", () -> NormalQuantile.of((RANDOM.nextInt(1 << 12) + 0.5) * 0x1p-12)),
                other("one value once in 512 times", () -> RANDOM.nextInt(512) == 0 ? 0.3 : normal()));
    }

    private static Arguments other(String name, DoubleSupplier z) {
        return Arguments.of(name, z);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void otherNoiseIsRefuted(String name, DoubleSupplier z) {
        assertThat(FineNoise.refuted(List.of(drawn(DType.FLOAT32, 1 << 19, z))).orElseThrow())
                .containsPattern(" of 524,288 elements of noise lie between .* standard deviations from the mean, ");
    }
}
