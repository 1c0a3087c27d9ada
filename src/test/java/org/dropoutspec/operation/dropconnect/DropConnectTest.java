package org.dropoutspec.operation.dropconnect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.Stream;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What chapter CONN finds, and what it leaves alone. */
class DropConnectTest {
    private static final OperationVerdicts VERDICTS = new OperationVerdicts(new DropConnect());

    private static final String[] OWN = {"CONN-1", "CONN-2", "CONN-3", "CONN-4", "CONN-5", "CONN-6", "CONN-7"};

    /** Answered at the mask site, while masks are sampled too. */
    private static final String[] AT_THE_SITE = {"CONN-1", "MASK-4", "MASK-7", "RATE-7", "RATE-8", "EVAL-1", "EVAL-5"};

    @Test
    void aLayerThatDoesNotRescaleIsToldByTheSmallestCall() {
        assertThat(VERDICTS.message("dropconnect-not-rescaled"))
                .containsPattern("index \\d, expected \\S+ within \\S+, got \\S+ \\(dropconnect, rate \\S+,")
                .containsPattern("weight \\w+ \\[\\d, \\d\\] \\{");
    }

    @Test
    void whatIsWrongWithTheBiasOrAGradientIsSaid() {
        assertThat(VERDICTS.message("dropconnect-bias-scaled"))
                .contains("expected")
                .contains("within 0.0, got")
                .contains("bias");
        assertThat(VERDICTS.message("dropconnect-weight-gradient-unmasked"))
                .contains("gradient of the weight, index")
                .contains("expected 0.0 within");
        assertThat(VERDICTS.message("dropconnect-input-gradient-unmasked")).contains("gradient of the input, index");
        assertThat(VERDICTS.message("dropconnect-bias-gradient-scaled"))
                .contains("gradient of the bias, index 0, expected");
        assertThat(VERDICTS.message("dropconnect-mask-transposed"))
                .containsPattern("expected bool \\[(\\d), (\\d)\\], got bool \\[\\2, \\1\\] \\(");
    }

    @TestFactory
    Stream<DynamicTest> everyDeterministicMutantIsFound() {
        return ConnectMutants.all().stream()
                .filter(mutant -> !mutant.requirement().equals("MASK-2"))
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name(),
                        () -> assertThat(VERDICTS.message(mutant.name())).isNotBlank()));
    }

    /** The same where nothing is reported: the mask is recovered from the output. */
    @TestFactory
    Stream<DynamicTest> everyMutantThatReportsNothingIsFoundToo() {
        return ConnectMutants.all().stream()
                .filter(mutant -> mutant.requirement().startsWith("CONN-")
                        && !mutant.requirement().equals("CONN-6"))
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name(),
                        () -> assertThat(VERDICTS.of(opaque(mutant), mutant.requirement()))
                                .extractingByKey(mutant.requirement())
                                .isInstanceOf(Verdict.Fail.class)));
    }

    /** A weight of zero puts out the bias, dropped or not; its gradient is 0 or not. */
    @Test
    void aGradientIsNotHeldToAMaskThatTheOutputDoesNotShow() {
        DropConnect operation = new DropConnect();
        Declaration declared = new Declaration(
                EnumSet.of(DType.FLOAT64),
                EnumSet.of(Capability.SEED, Capability.BACKWARD),
                operation.reference().choices());
        BrokenOperation sound = new BrokenOperation(
                operation, OperationVerdicts.SEED, declared, (call, dropout, asked) -> asked.answer(call, dropout));
        OperationCall call = OperationCall.of("dropconnect")
                .with("rate", 0.5)
                .with("training", true)
                .with("input", Tensor.of(DType.FLOAT64, Shape.of(2, 1), 0.5, 0.25))
                .with("weight", Tensor.of(DType.FLOAT64, Shape.of(1, 1), -0.0))
                .with("bias", Tensor.of(DType.FLOAT64, Shape.of(1), 0.3))
                .with("grad_output", Tensor.of(DType.FLOAT64, Shape.of(2, 1), 1, -1));
        for (long seed = 0; seed < 8; seed++) {
            OperationCall asked = DropConnect.expecting(call.with("seed", seed), sound.description());
            assertThat(ConnectOracle.look(asked, sound.answer(asked), sound.description()))
                    .isEmpty();
        }
    }

    private static Implementation opaque(Mutant mutant) {
        return VERDICTS.opaque(mutant.implementation().apply(OperationVerdicts.SEED), "mask");
    }

    @Tag("sound")
    @TestFactory
    Stream<DynamicTest> soundImplementationsOfEveryKindAreFoundFreeOfFault() {
        return Stream.of(WeightMask.values())
                .flatMap(masks -> Stream.of(Scaling.values())
                        .flatMap(scaling -> Stream.of(true, false)
                                .map(shown -> DynamicTest.dynamicTest(
                                        masks + " " + scaling + (shown ? " shown" : " opaque"),
                                        () -> assertSound(masks, scaling, shown)))));
    }

    private static void assertSound(WeightMask masks, Scaling scaling, boolean shown) {
        DropConnect operation = new DropConnect(masks);
        Declaration reference = operation.reference();
        Declaration declared = new Declaration(
                reference.dtypes(),
                shown ? reference.capabilities() : EnumSet.of(Capability.SEED, Capability.BACKWARD),
                reference.choices().with(scaling));
        BrokenOperation sound = new BrokenOperation(
                operation,
                OperationVerdicts.SEED,
                declared,
                (call, dropout, whole) -> CoarseConnect.answer(call, dropout, operation, scaling));
        boolean everywhere = scaling == Scaling.CLASSIC && !shown;
        assertThat(VERDICTS.of(sound, everywhere ? AT_THE_SITE : OWN).values())
                .filteredOn(verdict -> !(verdict instanceof Verdict.Unsupported))
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Pass.class));
    }

    private static double rounded(DType type, double value) {
        return type.value(type.round(value));
    }
}
