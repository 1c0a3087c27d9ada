package org.dropoutspec.operation.alpha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alpha dropout: its reference keeps mean and variance, its oracle knows right from wrong in every type. */
class AlphaTest {
    private static final long SEED = OperationVerdicts.SEED;
    private static final Alpha ALPHA = new Alpha();
    private static final OperationVerdicts VERDICTS = new OperationVerdicts(ALPHA);

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999})
    void meanAndVarianceOfAStandardNormalInputAreKept(double rate) {
        double a = slope(rate);
        double b = kept(0, rate);
        double dropped = dropped(rate);
        // a few roundings of numbers up to a^2, which grows like 1/(4 (1 - rate))
        double bound = 16 * Math.ulp(1 + a * a);
        assertThat((1 - rate) * b + rate * dropped).isCloseTo(0, within(bound));
        assertThat((1 - rate) * (a * a + b * b) + rate * dropped * dropped).isCloseTo(1, within(bound));
    }

    /** Research, semantics of the field: at rate .1 a is .921284516, b .161970970, the dropped value -1.457738731. */
    @Test
    void theReferenceHasTheConstantsOfThePaper() {
        assertThat(slope(0.1)).isCloseTo(0.921284516, within(5e-10));
        assertThat(kept(0, 0.1)).isCloseTo(0.161970970, within(5e-10));
        assertThat(dropped(0.1)).isCloseTo(-1.457738731, within(5e-10));
    }

    private static double slope(double rate) {
        return (kept(1, rate) - kept(-1, rate)) / 2;
    }

    private static double kept(double x, double rate) {
        return one(x, true, rate);
    }

    private static double dropped(double rate) {
        return one(3, false, rate);
    }

    private static double one(double x, boolean kept, double rate) {
        Tensor input = Tensor.of(DType.FLOAT64, Shape.of(1), x);
        return AlphaDropout.forward(input, Tensor.ofBooleans(Shape.of(1), kept), rate)
                .value(0);
    }

    /** All of it in the element type, a power function that is 2 ulp off and the worst order: the bound allows it. */
    @ParameterizedTest
    @EnumSource(
            names = {"BOOL", "INT32", "INT64"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatComputesInTheElementTypeThroughoutIsNotAccused(DType dtype) {
        for (double rate : List.of(0.0625, 0.25, 0.40625, 0.5, 0.75, 0.875)) {
            for (double x : List.of(-3.7, -1.0, -0.3, 0.01, 0.7, 1.0, 5.3)) {
                for (int ulps = -2; ulps <= 2; ulps++) {
                    double input = round(dtype, x);
                    assertThat(judged(dtype, rate, input, narrow(dtype, rate, input, ulps), true))
                            .isEmpty();
                    double alpha = round(dtype, AlphaDropout.ALPHA);
                    assertThat(judged(dtype, rate, input, narrow(dtype, rate, alpha, ulps), false))
                            .isEmpty();
                }
            }
        }
    }

    private static double narrow(DType dtype, double rate, double v, int ulps) {
        double alpha = round(dtype, AlphaDropout.ALPHA);
        double square = round(dtype, alpha * alpha);
        double sum = round(dtype, 1 + round(dtype, rate * square));
        double product = round(dtype, round(dtype, 1 - rate) * sum);
        double power = round(dtype, Math.pow(product, -0.5));
        double a = dtype.value(dtype.round(power) + ulps);
        double b = -round(dtype, round(dtype, a * rate) * alpha);
        return round(dtype, round(dtype, a * v) + b);
    }

    private static double round(DType dtype, double value) {
        return dtype.value(dtype.round(value));
    }

    private static List<Sighting> judged(DType dtype, double rate, double x, double y, boolean kept) {
        Shape shape = Shape.of(1);
        OperationCall call = OperationCall.of("alpha_dropout")
                .with("rate", rate)
                .with("training", true)
                .with("input", Tensor.of(dtype, shape, x))
                .with("mask", Tensor.ofBooleans(shape, kept));
        return ALPHA.oracle(null).judge(call, OperationResult.of("output", Tensor.of(dtype, shape, y)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    alpha-drops-to-zero             | \\(dropped\\), got .*\\(alpha_dropout, rate \\S+,
                    alpha-without-affine-map        | index \\d+, expected \\S+ \\(kept\\), got
                    alpha-gradient-without-a        | gradient index \\d+, expected \\S+ \\(kept\\), got
                    alpha-gradient-unmasked         | gradient index \\d+, expected 0 \\(dropped\\), got
                    alpha-in-float64                | output expected as b?float\\d+ \\[.*\\], got float64
                    """)
    void aMutantIsToldByWhatWasExpectedAndWhatCame(String name, String message) {
        assertThat(VERDICTS.message(name)).containsPattern(message);
    }

    /** The way of PyTorch: noise times a, (noise - 1) times a alpha' less its mean, all rounded to the type. */
    @Tag("sound")
    @Test
    void whatMultipliesAndAddsInTheElementTypeIsConformant() {
        Declaration declared = new Declaration(
                EnumSet.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32),
                EnumSet.of(Capability.SEED, Capability.BACKWARD, Capability.MASK_OUTPUT),
                ALPHA.reference().choices());
        VERDICTS.assertSound(new BrokenOperation(ALPHA, SEED, declared, MultipliedAlpha::answer));
    }
}
