package org.dropoutspec.operation.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Noise that is not normal is refuted by where its elements lie, and normal noise is not. */
class NoiseShapeTest {
    private static final double RESOLUTION = 0x1p-20;
    private static final SplittableRandom RANDOM = new SplittableRandom(20261122);

    private static double normal() {
        return Math.sqrt(-2 * Math.log(1 - RANDOM.nextDouble())) * Math.cos(2 * Math.PI * RANDOM.nextDouble());
    }

    private static NoiseShape drawn(DType dtype, int elements, DoubleSupplier z) {
        NoiseShape shape = new NoiseShape(dtype, RESOLUTION);
        Tensor input = Tensor.full(dtype, Shape.of(elements), 0.25);
        Tensor.Builder output = Tensor.builder(dtype, Shape.of(elements));
        for (int i = 0; i < elements; i++) {
            output.setBits(i, dtype.round((1 + dtype.value(dtype.round(z.getAsDouble()))) * 0.25));
        }
        shape.add(input, output.build());
        return shape;
    }

    @Test
    void thereAreAsManyDeparturesAsTheSpecificationSays() {
        assertThat(Departure.ALL).hasSize(74);
    }

    /**
     * The evidence of one element in expectation, what crosses an edge being on the side where it counts for more: at most
     * 1, so that evidence of many independent elements is too.
     */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void oneElementGivesNoEvidenceOnAverage(DType dtype) {
        Departure all = Departure.ALL.get(0);
        double[] worth = new double[all.cells()];
        for (int cell = 0; cell < worth.length; cell++) {
            double z = cell == 0 ? -5 : all.lower(cell) + 0x1p-4;
            worth[cell] = Math.exp(drawn(dtype, 1, () -> z).evidence());
        }
        double expected = IntStream.range(0, worth.length)
                .mapToDouble(cell -> worth[cell] * all.normal(cell))
                .sum();
        for (int cell = 1; cell < worth.length; cell++) {
            double crossing = new NoiseShape(dtype, RESOLUTION).crossing(all.lower(cell));
            expected += crossing * Math.abs(worth[cell] - worth[cell - 1]);
        }
        assertThat(expected).isBetween(0.5, 1.0);
    }

    @Test
    void theProbabilitiesOfEveryDepartureAreThoseOfALaw() {
        for (Departure departure : Departure.ALL) {
            assertThat(IntStream.range(0, departure.cells())
                            .mapToDouble(departure::probability)
                            .sum())
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void cellsHaveTheProbabilitiesOfTheTables() {
        Departure all = Departure.ALL.get(0);
        assertThat(all.normal(0)).isCloseTo(3.167124183311998e-5, within(1e-18)); // below -4
        assertThat(IntStream.range(0, all.cells()).mapToDouble(all::normal).sum())
                .isCloseTo(1, within(1e-14));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void normalNoiseIsNotRefuted(DType dtype) {
        assertThat(drawn(dtype, 1 << 18, NoiseShapeTest::normal).evidence()).isLessThan(5);
    }

    /** As coarse as the type: by the inverse of the distribution function, of uniform numbers of 11 bits. */
    @Test
    void normalNoiseMadeOfUniformNumbersOfItsTypeIsNotRefuted() {
        DoubleSupplier coarse = () -> NormalQuantile.of((RANDOM.nextInt(1 << 11) + 0.5) / (1 << 11));
        assertThat(drawn(DType.FLOAT16, 1 << 18, coarse).refuted()).isEmpty();
    }

    @Test
    void aSumOfTwelveUniformNumbersIsRefuted() {
        DoubleSupplier twelve = () -> RANDOM.doubles(12).sum() - 6;
        assertThat(drawn(DType.FLOAT32, 1 << 19, twelve).refuted()).isPresent();
    }

    /** Of which either type alone shows too little. */
    @Test
    void aZigguratWithoutWedgesIsRefutedByTwoTypesTogether() {
        Ziggurat open = new Ziggurat(RANDOM, false);
        List<NoiseShape> both = Stream.of(DType.FLOAT32, DType.FLOAT64)
                .map(dtype -> drawn(dtype, 1 << 19, open::next))
                .toList();
        assertThat(both).allSatisfy(one -> assertThat(one.evidence()).isLessThan(60));
        assertThat(NoiseShape.refuted(both).orElseThrow()).contains("of 1,048,576 elements of noise lie ");
    }

    @Test
    void aZigguratIsNotRefuted() {
        Ziggurat whole = new Ziggurat(RANDOM, true);
        List<NoiseShape> both = Stream.of(DType.FLOAT32, DType.FLOAT64)
                .map(dtype -> drawn(dtype, 1 << 19, whole::next))
                .toList();
        assertThat(NoiseShape.evidence(both)).isLessThan(5);
    }

    @Test
    void aTailThatEndsIsToldByWhatIsMissing() {
        DoubleSupplier clipped = () -> Math.min(3, normal());
        assertThat(drawn(DType.FLOAT16, 1 << 19, clipped).refuted().orElseThrow())
                .isEqualTo("0 of 524,288 elements of noise lie more than 3.0 standard deviations above the mean, "
                        + "708 expected");
    }
}
