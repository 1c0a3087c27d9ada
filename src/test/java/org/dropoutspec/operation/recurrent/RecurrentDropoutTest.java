package org.dropoutspec.operation.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.ElmanCell;
import org.dropoutspec.tensor.DType;
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
                (call, dropout, whole) -> inItsType(call, dropout, scaling));
        boolean everywhere = scaling == Scaling.CLASSIC && !shown;
        assertThat(VERDICTS.of(sound, everywhere ? AT_SITES : OWN).values())
                .filteredOn(verdict -> !(verdict instanceof Verdict.Unsupported))
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Pass.class));
    }

    /** Every operation of the forward pass rounded to the element type, sums from the last term to the first. */
    private static OperationResult inItsType(OperationCall call, Dropout dropout, Scaling scaling) {
        OperationResult reference = new RecurrentDropout().answer(call, dropout);
        DType type = call.tensor("input").dtype();
        Unrolled cell =
                new Unrolled(call, Tensor.full(type, SequenceExtents.of(call).output(), 0), scaling);
        SequenceExtents extents = cell.extents;
        if (call.training()) {
            ElmanCell.Masks masks =
                    RecurrentDropout.masks(call, reference.tensor("mask"), reference.tensor("recurrent_mask"));
            for (int i = 0; i < cell.in.length; i++) {
                cell.in[i] = masks.input().bool(i) != 0;
            }
            for (int i = 0; i < cell.back.length; i++) {
                cell.back[i] = masks.recurrent().bool(i) != 0;
            }
        }
        for (int step = 0; step < extents.steps(); step++) {
            for (int example = 0; example < extents.examples(); example++) {
                for (int state = 0; state < extents.states(); state++) {
                    double a = 0;
                    for (int j = extents.states() - 1; j >= 0; j--) {
                        double term = rounded(type, cell.takenBack(step, example, j));
                        a = rounded(type, a + rounded(type, cell.u[state * extents.states() + j] * term));
                    }
                    for (int i = extents.inputs() - 1; i >= 0; i--) {
                        double term = rounded(type, cell.taken(step, example, i));
                        a = rounded(type, a + rounded(type, cell.w[state * extents.inputs() + i] * term));
                    }
                    double tanh = Math.tanh(rounded(type, a + cell.bias[state]));
                    long bits = type.round(tanh);
                    // a tanh that is 3 ulp too small
                    cell.h[cell.index(step, example, state)] = Math.abs(tanh) > 0.01 ? type.value(bits - 3) : tanh;
                }
            }
        }
        OperationResult result = reference.with(
                "output", Tensor.of(type, reference.tensor("output").shape(), cell.h));
        if (!call.has("grad_output")) {
            return result;
        }
        return backInItsType(cell, call.tensor("grad_output").values(), type).entrySet().stream()
                .reduce(
                        result,
                        (all, gradient) -> all.with(
                                gradient.getKey(),
                                Tensor.of(
                                        type,
                                        reference.tensor(gradient.getKey()).shape(),
                                        gradient.getValue())),
                        (one, other) -> other);
    }

    /** The same of the backward pass, from the states as they were put out. */
    private static Map<String, double[]> backInItsType(Unrolled cell, double[] dy, DType type) {
        int states = cell.extents.states();
        int inputs = cell.extents.inputs();
        double[] da = new double[cell.h.length];
        double[] dx = new double[cell.x.length];
        double[] dw = new double[cell.w.length];
        double[] du = new double[cell.u.length];
        double[] dbias = new double[states];
        for (int row = cell.h.length / states - 1; row >= 0; row--) {
            int step = row / cell.extents.examples();
            int example = row % cell.extents.examples();
            for (int k = 0; k < states; k++) {
                double back = 0;
                for (int j = states - 1; j >= 0 && step + 1 < cell.extents.steps(); j--) {
                    double term = cell.u[j * states + k] * da[cell.index(step + 1, example, j)];
                    back = rounded(type, back + rounded(type, term));
                }
                double scale = cell.back[example * states + k] ? rounded(type, cell.recurrentScale) : 0;
                double dh = rounded(type, dy[row * states + k] + rounded(type, back * scale));
                double h = cell.h[row * states + k];
                da[row * states + k] = rounded(type, dh * rounded(type, 1 - rounded(type, h * h)));
            }
            for (int k = 0; k < states; k++) {
                double a = da[row * states + k];
                dbias[k] = rounded(type, dbias[k] + a);
                for (int i = 0; i < inputs; i++) {
                    int w = k * inputs + i;
                    dw[w] = rounded(type, dw[w] + rounded(type, a * rounded(type, cell.taken(step, example, i))));
                    double scale = cell.in[example * inputs + i] ? rounded(type, cell.scale) : 0;
                    double term = rounded(type, rounded(type, cell.w[w] * a) * scale);
                    dx[row * inputs + i] = rounded(type, dx[row * inputs + i] + term);
                }
                for (int j = 0; j < states; j++) {
                    int u = k * states + j;
                    du[u] = rounded(type, du[u] + rounded(type, a * rounded(type, cell.takenBack(step, example, j))));
                }
            }
        }
        return Map.of("grad_input", dx, "grad_weight_input", dw, "grad_weight_recurrent", du, "grad_bias", dbias);
    }

    private static double rounded(DType type, double value) {
        return type.value(type.round(value));
    }
}
