package org.dropoutspec.operation.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.GaussianDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gaussian dropout: its noise shows as a mask with the asked probability, its oracle knows right from wrong. */
class GaussianTest {
    private static final long SEED = OperationVerdicts.SEED;
    private static final Gaussian GAUSSIAN = new Gaussian();
    private static final OperationVerdicts VERDICTS = new OperationVerdicts(GAUSSIAN);

    /** Values of the standard normal distribution from tables of 15 digits. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.975, 1.959963984540054",
        "0.025, -1.959963984540054",
        "0.1, -1.2815515655446004",
        "1e-6, -4.753424308822899",
        "1e-12, -7.034483825301131"
    })
    void quantilesAreThoseOfTheTables(double probability, double quantile) {
        assertThat(NormalQuantile.of(probability)).isCloseTo(quantile, within(1e-13));
    }

    @Test
    void quantilesOfTheSmallestRatesAreFinite() {
        assertThat(NormalQuantile.of(Double.MIN_VALUE)).isBetween(-40.0, -38.0);
        assertThat(NormalQuantile.of(Math.nextDown(1.0))).isBetween(8.0, 8.5);
    }

    private static DoubleStream rates() {
        return IntStream.range(1, 1 << 12)
                .mapToDouble(i -> i * 0x1p-12)
                .flatMap(rate -> rate < 0x1p-9
                        ? DoubleStream.of(rate, 1 - rate, rate * 0x1p-9, 1 - rate * 0x1p-9)
                        : DoubleStream.of(rate));
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The three constants of the resolution that a site declares; at their worst 12.7, 3.3 and 0.48. */
    @Test
    void theDeclaredResolutionHoldsAtEveryRate() {
        rates().forEach(rate -> {
            double z = NormalQuantile.of(rate);
            double s = Gaussian.deviation(rate);
            assertThat(Math.abs(z) * density(z) / (2 * rate * (1 - rate))).isLessThan(13);
            assertThat(density(z) * (7 * Math.abs(z) + 2 * Math.abs(1 / s + z))).isLessThan(4);
            assertThat(2 * Math.abs(z) * density(z)).isLessThan(0.5);
        });
    }

    @Test
    void anElementIsDroppedWhereItsNoiseLiesBelowTheQuantileOfTheRate() {
        Description description = Description.of("noise", "1").declaring("gaussian_dropout", GAUSSIAN.reference());
        Call plain = Call.training(0.1, Tensor.of(DType.FLOAT32, Shape.of(3), 3.7, -0.3, Double.NaN));
        OperationCall asked = NoiseSite.NOISE.call(plain, description);
        assertThat(asked.tensor("input").values()).containsExactly(2, -0.25, 1);
        double quantile = 1 - 1.2815515655446004 / 3; // the standard deviation at rate 0.1 is 1/3
        double[] noise = {quantile - 1e-6, quantile - 1e-6, quantile + 1e-6};
        Tensor.Builder y = Tensor.builder(DType.FLOAT32, Shape.of(3));
        for (int i = 0; i < noise.length; i++) {
            y.setBits(i, DType.FLOAT32.round(asked.tensor("input").value(i) * noise[i]));
        }
        Result shown = NoiseSite.NOISE.result(plain, asked, OperationResult.of("output", y.build()), description);
        assertThat(shown.output().values()).startsWith(0, 0);
        assertThat(shown.output().value(2)).isNotZero();
    }

    /** What is to be dropped gets noise below the quantile, what is to be kept above it, in every type and at every rate. */
    @Test
    void givenMasksBecomeNoiseOnTheRightSideOfTheQuantile() {
        Description description = Description.of("noise", "1").declaring("gaussian_dropout", GAUSSIAN.reference());
        Dropout dropout = new Dropout(SEED);
        for (NoiseSite site : List.of(NoiseSite.NOISE, NoiseSite.TAILS, NoiseSite.OF_FLOAT16, NoiseSite.OF_BFLOAT16)) {
            for (double rate : List.of(0.0, 0x1p-9, 0.125, 0.5, 0.875, 1 - 0x1p-8)) {
                for (DType dtype : List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64)) {
                    Tensor mask = Tensor.ofBooleans(Shape.of(2), true, false);
                    Call plain = Call.training(rate, Tensor.of(dtype, Shape.of(2), 1, -2))
                            .withMask(mask);
                    OperationCall asked = site.call(plain, description);
                    Result shown = site.result(plain, asked, GAUSSIAN.answer(asked, dropout), description);
                    assertThat(shown.output().value(0))
                            .as("%s at %s", dtype, rate)
                            .isNotZero();
                    assertThat(shown.output().value(1))
                            .as("%s at %s", dtype, rate)
                            .isZero();
                }
            }
        }
    }

    /** Noise and product computed in the element type throughout, in either order. */
    @ParameterizedTest
    @EnumSource(
            names = {"BOOL", "INT32", "INT64"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatComputesInTheElementTypeThroughoutIsNotAccused(DType dtype) {
        Dropout dropout = new Dropout(SEED);
        Tensor like = Tensor.builder(DType.FLOAT64, Shape.of(4096)).build();
        for (double rate : List.of(0.0625, 0.25, 0.5, 0.875)) {
            Tensor noise = GaussianDropout.noise(like, rate, dropout);
            for (int i = 0; i < like.size(); i++) {
                double s = round(dtype, noise.value(i) - 1);
                double n = round(dtype, 1 + s);
                double x = round(dtype, 1 + i / 1500.0);
                double dy = round(dtype, 3 - i / 1000.0);
                assertThat(judged(dtype, rate, x, dy, n, round(dtype, n * x), round(dtype, n * dy)))
                        .isEmpty();
                double fused = round(dtype, x + round(dtype, x * s));
                assertThat(judged(dtype, rate, x, dy, n, fused, round(dtype, dy + round(dtype, dy * s))))
                        .isEmpty();
            }
        }
    }

    private static double round(DType dtype, double value) {
        return dtype.value(dtype.round(value));
    }

    private static List<Sighting> judged(
            DType dtype, double rate, double x, double dy, double noise, double y, double dx) {
        Shape shape = Shape.of(1);
        OperationCall call = OperationCall.of("gaussian_dropout")
                .with("rate", rate)
                .with("training", true)
                .with("input", Tensor.of(dtype, shape, x))
                .with("grad_output", Optional.of(Tensor.of(dtype, shape, dy)));
        OperationResult answer = OperationResult.of("output", Tensor.of(dtype, shape, y))
                .with("noise", Tensor.of(dtype, shape, noise))
                .with("grad_input", Tensor.of(dtype, shape, dx));
        return GAUSSIAN.oracle(null).judge(call, answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gaussian-additive                       | got \\S+ \\(gaussian_dropout, rate
                    gaussian-gradient-with-noise-of-its-own | gradient index \\d+, expected \\S+ with noise \\S+, got
                    gaussian-clipped-at-3-sigma             | below its quantile: 0 of \\S+ elements were kept, \\S+ expected at rate 1 - 2\\^-12
                    gaussian-in-float64                     | output expected as b?float\\d+ \\[.*\\], got float64
                    """)
    void aMutantIsToldByWhatWasExpectedAndWhatCame(String name, String message) {
        assertThat(VERDICTS.message(name)).containsPattern(message);
    }

    /** In float16 alone, beside bfloat16, whose own roundings could cut off as much. */
    @Test
    void tailsThatFloat16LacksAreFoundBesideBfloat16() {
        Implementation truncated = GAUSSIAN.mutants().stream()
                .filter(mutant -> mutant.name().equals("gaussian-truncated-at-2-sigma"))
                .findFirst()
                .orElseThrow()
                .implementation()
                .apply(SEED);
        Declaration declared = new Declaration(
                EnumSet.of(DType.FLOAT16, DType.BFLOAT16), EnumSet.of(Capability.SEED), Choices.defaults());
        BrokenOperation broken = new BrokenOperation(
                GAUSSIAN,
                SEED,
                declared,
                (call, dropout, sound) -> call.tensor("input").dtype() == DType.FLOAT16
                        ? truncated.answer(call)
                        : sound.answer(call, dropout));
        Verdict verdict = VERDICTS.of(broken, "MASK-1").get("MASK-1");
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message()).startsWith("noise of float16 below its quantile: ");
    }

    /** Noise of half types, every step rounded; that scaling is declared classic has no meaning here. */
    @Tag("sound")
    @Test
    void noiseThatIsComputedInHalfTypesIsSound() {
        assertSound(
                new Declaration(
                        EnumSet.of(DType.FLOAT16, DType.BFLOAT16),
                        EnumSet.of(Capability.SEED),
                        Choices.defaults().with(Scaling.CLASSIC)),
                DrawnNoise.IN_ITS_TYPE);
    }

    @Tag("sound")
    @Test
    void aRateThatIsRoundedAsDeclaredIsSound() {
        assertSound(
                new Declaration(
                        EnumSet.of(DType.FLOAT32),
                        EnumSet.of(Capability.SEED),
                        Choices.defaults().withRateResolution(0x1p-9)),
                DrawnNoise.AT_A_ROUNDED_RATE);
    }

    private static void assertSound(Declaration declared, Defect none) {
        VERDICTS.assertSound(new BrokenOperation(GAUSSIAN, SEED, declared, none));
    }

    /** Where masks are sampled, gradients are asked of small tensors alone. */
    @Test
    void aGradientWithoutNoiseInLargeTensorsAloneIsFound() {
        Implementation wrong = new BrokenOperation(GAUSSIAN, SEED, (call, dropout, sound) -> {
            OperationResult answer = sound.answer(call, dropout);
            boolean large = call.tensor("input").size() > 1500 && call.training() && call.rate() < 1;
            return large && call.has("grad_output") ? answer.with("grad_input", call.tensor("grad_output")) : answer;
        });
        assertThat(VERDICTS.of(wrong, "GAUSS-2").get("GAUSS-2").message())
                .matches("gradient index \\d+, expected \\S+ with noise \\S+, got .*");
    }
}
