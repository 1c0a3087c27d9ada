package org.dropoutspec.operation.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What chapter RNN finds, and what it leaves alone. */
class RecurrentDropoutTest {
    private static final OperationVerdicts VERDICTS = new OperationVerdicts(new RecurrentDropout());

    private static final Set<String> STATISTICAL = Set.of("MASK-1", "MASK-2", "MASK-3");

    private static final String[] OWN = {"RNN-1", "RNN-2", "RNN-3", "RNN-4", "RNN-5", "RNN-6", "RNN-7", "RNN-8"};

    /** Answered at the mask sites, while masks are sampled too. */
    private static final String[] AT_SITES = {"RNN-1", "MASK-4", "MASK-7", "RATE-7", "RATE-8", "EVAL-1", "EVAL-5"};

    private static Stream<Mutant> deterministic() {
        return RecurrentMutants.all().stream().filter(mutant -> !STATISTICAL.contains(mutant.requirement()));
    }

    @Test
    void aMaskThatIsNotHeldIsToldByTheStep() {
        assertThat(VERDICTS.message("rnn-input-mask-each-step"))
                .containsPattern(
                        "step 2, index \\d+, expected \\S+ within \\S+, got \\S+, as under another mask than in"
                                + " the steps before \\(rnn, rate \\S+,");
        assertThat(VERDICTS.message("rnn-recurrent-mask-each-step")).contains("step 3, index");
    }

    @Test
    void whatIsWrongWithAGradientOrAMaskIsSaid() {
        assertThat(VERDICTS.message("rnn-output-masked"))
                .containsPattern("step 1, index \\d+, expected \\S+ within \\S+, got 0.0");
        assertThat(VERDICTS.message("rnn-recurrent-weight-gradient-unmasked"))
                .containsPattern("grad_weight_recurrent index \\d+, expected \\S+ within");
        assertThat(VERDICTS.message("rnn-bias-gradient-of-the-last-step")).contains("grad_bias index 0, expected");
        assertThat(VERDICTS.message("rnn-masks-transposed"))
                .containsPattern("mask expected as bool \\[\\d, \\d\\], got bool");
    }

    /** The own chapter is asked at the first mask, and held against what is answered at the others. */
    @Test
    void whatIsWrongInTheCallsOfAnotherMaskAloneIsFound() {
        Implementation wrong = new BrokenOperation(new RecurrentDropout(), 7, (call, dropout, sound) -> {
            OperationResult answer = sound.answer(call, dropout);
            Tensor output = answer.tensor("output");
            boolean another = call.training() && call.tensor("bias").value(0) == HeldSite.BIAS;
            return another ? answer.with("output", Tensor.full(output.dtype(), output.shape(), 0.5)) : answer;
        });
        Verdict verdict = VERDICTS.of(wrong, "RNN-1", "MASK-5").get("RNN-1");
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message()).contains("got 0.5 (rnn, rate ");
    }

    @TestFactory
    Stream<DynamicTest> everyDeterministicMutantIsFound() {
        return deterministic()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name(),
                        () -> assertThat(VERDICTS.message(mutant.name())).isNotBlank()));
    }

    /** The same where nothing is reported: the masks are recovered from the output. */
    @TestFactory
    Stream<DynamicTest> everyMutantThatReportsNothingIsFoundToo() {
        return deterministic()
                .filter(mutant -> mutant.requirement().startsWith("RNN-")
                        && !mutant.requirement().equals("RNN-8"))
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name(),
                        () -> assertThat(VERDICTS.of(opaque(mutant), mutant.requirement()))
                                .extractingByKey(mutant.requirement())
                                .isInstanceOf(Verdict.Fail.class)));
    }

    private static Implementation opaque(Mutant mutant) {
        return VERDICTS.opaque(mutant.implementation().apply(OperationVerdicts.SEED), "mask", "recurrent_mask");
    }

    @Tag("sound")
    @TestFactory
    Stream<DynamicTest> soundImplementationsOfEveryKindAreFoundFreeOfFault() {
        return Stream.of(Scaling.values())
                .flatMap(scaling -> Stream.of(true, false)
                        .map(shown -> DynamicTest.dynamicTest(
                                scaling + (shown ? " shown" : " opaque"), () -> assertSound(scaling, shown))));
    }

    private static void assertSound(Scaling scaling, boolean shown) {
        RecurrentDropout operation = new RecurrentDropout();
        Declaration reference = operation.reference();
        Declaration declared = new Declaration(
                reference.dtypes(),
                shown ? reference.capabilities() : EnumSet.of(Capability.SEED, Capability.BACKWARD),
                reference.choices().with(scaling));
        BrokenOperation sound = new BrokenOperation(
                operation,
                OperationVerdicts.SEED,
                declared,
                (call, dropout, whole) -> CoarseCell.answer(call, dropout, scaling));
        boolean everywhere = scaling == Scaling.CLASSIC && !shown;
        assertThat(VERDICTS.of(sound, everywhere ? AT_SITES : OWN).values())
                .filteredOn(verdict -> !(verdict instanceof Verdict.Unsupported))
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Pass.class));
    }

    /** A text has as many. */
    @Test
    void whatGoesWrongAfterAHundredStepsIsFound() {
        Implementation wrong = new BrokenOperation(new RecurrentDropout(), 7, (call, dropout, sound) -> {
            OperationResult answer = sound.answer(call, dropout);
            Tensor output = answer.tensor("output");
            int step = output.size() / output.shape().extent(0);
            double[] h = output.values();
            for (int i = 100 * step; i < h.length && call.training(); i++) {
                h[i] = -h[i];
            }
            return answer.with("output", Tensor.of(output.dtype(), output.shape(), h));
        });
        assertThat(VERDICTS.of(wrong, "RNN-1", "RNN-2").values())
                .extracting(Verdict::message)
                .anySatisfy(message -> assertThat(message).contains("step 101, index "));
    }

    /** From 1,000 in the last of ten steps to 150,000 in the second one, which float16 does not hold, and to 500. */
    @Test
    void aGradientThatOverflowedOnItsWayBackIsNotHeldToWhereItWouldArrive() {
        RecurrentDropout operation = new RecurrentDropout();
        double[] x = new double[10];
        double[] dy = new double[10];
        x[0] = 8;
        x[1] = -1.75;
        dy[9] = 1000;
        Shape sequence = Shape.of(10, 1, 1);
        Tensor one = Tensor.of(DType.FLOAT16, Shape.of(1, 1), 1);
        Description reference = new ReferenceFamily(1, List.of(operation)).description();
        OperationCall call = RecurrentDropout.expecting(
                OperationCall.of("rnn")
                        .with("rate", 0.0)
                        .with("recurrent_rate", 0.0)
                        .with("training", true)
                        .with("input", Tensor.of(DType.FLOAT16, sequence, x))
                        .with("weight_input", one)
                        .with("weight_recurrent", Tensor.of(DType.FLOAT16, Shape.of(1, 1), 1.75))
                        .with("bias", Tensor.of(DType.FLOAT16, Shape.of(1), 0))
                        .with("grad_output", Tensor.of(DType.FLOAT16, sequence, dy)),
                reference);
        OperationResult coarse = CoarseCell.answer(call, new Dropout(1), Scaling.INVERTED);
        assertThat(coarse.tensor("grad_input").value(0)).isInfinite();
        assertThat(RecurrentOracle.look(call, coarse, reference)).isEmpty();
    }

    /** Beside a bias of 1/4 an input of 1e-300 says nothing of the mask, whose gradient is 0 or weight times scale. */
    @Test
    void aGradientIsNotHeldToAMaskThatTheOutputDoesNotShow() {
        Declaration opaque = new Declaration(
                EnumSet.of(DType.FLOAT64),
                EnumSet.of(Capability.SEED, Capability.BACKWARD),
                new RecurrentDropout().reference().choices());
        BrokenOperation sound = new BrokenOperation(
                new RecurrentDropout(), 7, opaque, (call, dropout, operation) -> operation.answer(call, dropout));
        Tensor x = Tensor.full(DType.FLOAT64, Shape.of(128), 1e-300);
        OperationCall call = new RecurrentSite().call(Call.training(0.0625, x), sound.description());
        assertThat(call.tensor("input").shape().extent(2)).isGreaterThan(RecurrentOracle.FEW);
        OperationCall asked = new RecurrentDropout()
                .differentiated(call.with("rate", 0.5), sound.description())
                .with("seed", 3L);
        assertThat(RecurrentOracle.look(asked, sound.answer(asked), sound.description()))
                .isEmpty();
    }

    private static double rounded(DType type, double value) {
        return type.value(type.round(value));
    }
}
