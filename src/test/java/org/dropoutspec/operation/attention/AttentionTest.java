package org.dropoutspec.operation.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
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
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.reference.Attention;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionTest {
    private static final OperationVerdicts VERDICTS = new OperationVerdicts(new AttentionDropout());

    @ParameterizedTest
    @CsvSource({
        "attention-masked-before-the-softmax, 'output index 0, expected 0.0, got '",
        "attention-masked-after-the-product, 'output index '",
        "attention-without-the-scale, 'output index '",
        "attention-value-gradient-unscaled, 'grad value index '",
        "attention-query-gradient-unmasked, 'grad query index '",
        "attention-drops-in-evaluation, 'output index '",
        "attention-key-gradient-transposed, 'grad key expected '"
    })
    void aMutantIsToldByWhatItGets(String name, String words) {
        assertThat(VERDICTS.message(name)).startsWith(words).contains("(attention, ");
    }

    /** Rounded after every operation in the types that round most, with either scaling. */
    @Tag("sound")
    @ParameterizedTest
    @EnumSource(Scaling.class)
    void anImplementationThatComputesInAHalfTypeThroughoutIsConformant(Scaling scaling) {
        AttentionDropout operation = new AttentionDropout();
        Declaration declaration = new Declaration(
                EnumSet.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT64),
                EnumSet.of(Capability.SEED, Capability.BACKWARD, Capability.MASK_INPUT, Capability.MASK_OUTPUT),
                Choices.defaults().with(scaling));
        BrokenOperation sound = new BrokenOperation(
                operation,
                OperationVerdicts.SEED,
                declaration,
                (call, dropout, whole) -> CoarseAttention.answer(call, dropout, scaling));
        VERDICTS.assertSound(
                sound, "ATTN-1", "ATTN-2", "ATTN-3", "ATTN-4", "ATTN-5", "EVAL-1", "EVAL-5", "RATE-7", "RATE-8",
                "MASK-1", "MASK-4", "MASK-6", "SEED-1");
    }

    /** Central differences of a loss that is linear in the output: their error is h^2 times a third derivative, and u/h. */
    @Test
    void theGradientsAreThoseOfFiniteDifferences() {
        Random random = new Random(3);
        double[][] query = random(random, 3, 2);
        double[][] key = random(random, 4, 2);
        double[][] value = random(random, 4, 5);
        double[][] upstream = random(random, 3, 5);
        double[][] factor = {{2, 0, 2, 2}, {0, 0, 2, 0}, {0, 2, 2, 0}};
        double[][] p = Attention.probabilities(query, key, 0.7);
        Attention.Gradients gradients = Attention.backward(query, key, value, 0.7, p, factor, upstream);
        for (List<double[][]> pair : List.of(
                List.of(query, gradients.query()), List.of(key, gradients.key()), List.of(value, gradients.value()))) {
            for (int i = 0; i < pair.get(0).length; i++) {
                for (int j = 0; j < pair.get(0)[i].length; j++) {
                    double h = 0x1p-17;
                    double x = pair.get(0)[i][j];
                    pair.get(0)[i][j] = x + h;
                    double above = loss(query, key, value, factor, upstream);
                    pair.get(0)[i][j] = x - h;
                    double below = loss(query, key, value, factor, upstream);
                    pair.get(0)[i][j] = x;
                    // numbers of about 10 and derivatives of about 100: 100 h^2 and 10 * 2^-50 / h are both below 2^-26
                    assertThat((above - below) / (2 * h)).isCloseTo(pair.get(1)[i][j], within(0x1p-26));
                }
            }
        }
    }

    private static double loss(
            double[][] query, double[][] key, double[][] value, double[][] factor, double[][] upstream) {
        double[][] output = Attention.forward(Attention.probabilities(query, key, 0.7), factor, value);
        double loss = 0;
        for (int l = 0; l < output.length; l++) {
            for (int v = 0; v < output[l].length; v++) {
                loss += upstream[l][v] * output[l][v];
            }
        }
        return loss;
    }

    private static double[][] random(Random random, int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int i = 0; i < columns; i++) {
                row[i] = 2 * random.nextDouble() - 1;
            }
        }
        return matrix;
    }

    @Test
    void theMaskOfASiteLiesInThePlainShapeWhereItCan() {
        assertThat(AttentionSite.extents(Shape.of(2, 5, 3), DType.FLOAT32))
                .isEqualTo(new AttentionExtents(2, 5, 3, 3, 3));
        assertThat(AttentionSite.extents(Shape.of(), DType.FLOAT32)).isEqualTo(new AttentionExtents(1, 1, 1, 1, 1));
        assertThat(AttentionSite.extents(Shape.of(257), DType.FLOAT32))
                .isEqualTo(new AttentionExtents(1, 257, 1, 1, 1));
        assertThat(AttentionSite.extents(Shape.of(64, 64), DType.FLOAT32).mask().size())
                .isEqualTo(4096);
    }

    /** As sequences that attend to themselves, and as long as several blocks of a kernel. */
    @Test
    void someMasksAreSquareAndSomeHaveManyKeys() {
        assertThat(AttentionSite.extents(Shape.of(1024), DType.FLOAT32))
                .isEqualTo(new AttentionExtents(1, 32, 32, 32, 32));
        assertThat(AttentionSite.extents(Shape.of(2048), DType.FLOAT16))
                .isEqualTo(new AttentionExtents(1, 8, 256, 256, 256));
        assertThat(AttentionSite.extents(Shape.of(2048), DType.FLOAT32))
                .isEqualTo(new AttentionExtents(1, 4, 512, 64, 64));
    }

    private static Implementation repeatingEvery(int keys) {
        return drawing((extents, dropout, rate) -> {
            boolean[] kept = new boolean[extents.mask().size()];
            Tensor mask = dropout.drawMask(extents.mask(), rate);
            for (int i = 0; i < kept.length; i++) {
                int key = i % extents.keys();
                kept[i] = mask.bool(i - key + key % keys) != 0;
            }
            return kept;
        });
    }

    @Test
    void aMaskThatRepeatsEvery64KeysIsFound() {
        Implementation wrong = repeatingEvery(64);
        assertThat(VERDICTS.of(wrong, "MASK-10").get("MASK-10").message()).contains(" had been drawn before");
    }

    /** Whatever the mask reports or takes: a kernel whose random numbers begin again with its third block of keys. */
    @Test
    void aMaskThatRepeatsEvery256KeysIsFound() {
        Implementation wrong = repeatingEvery(256);
        assertThat(VERDICTS.of(wrong, "MASK-2").get("MASK-2").message()).contains("the element 256 before");
    }

    /** Eight keys to a column. */
    @Test
    void eachOfManyKeysShowsWhetherItWasDropped() {
        Description description = ReferenceFamily.described(List.of(new AttentionDropout()));
        Random random = new Random(7);
        boolean[] kept = new boolean[2048];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextBoolean();
        }
        for (double rate : List.of(0.0, 0.25, 0.9)) {
            Call plain = Call.training(rate, Tensor.full(DType.FLOAT32, Shape.of(2048), 1))
                    .withMask(Tensor.ofBooleans(Shape.of(2048), kept));
            MaskSite site = new AttentionSite();
            OperationCall asked = site.call(plain, description);
            OperationResult answer = new AttentionDropout().answer(asked, new Dropout(7));
            Result shown = site.result(plain, asked, answer, description);
            assertThat(IntStream.range(0, kept.length)
                            .filter(i -> (shown.output().value(i) != 0) != kept[i]))
                    .isEmpty();
        }
    }

    @Test
    void aMaskThatIsOneTileOf16By16AgainAndAgainIsFound() {
        Implementation wrong = drawing((extents, dropout, rate) -> {
            boolean[] kept = new boolean[extents.mask().size()];
            Tensor mask = dropout.drawMask(extents.mask(), rate);
            boolean tiled = extents.queries() > 16 && extents.keys() > 16;
            for (int i = 0; i < kept.length; i++) {
                int key = i % extents.keys();
                int row = i / extents.keys();
                int first = row - row % extents.queries();
                int from = (first + row % extents.queries() % 16) * extents.keys() + key % 16;
                kept[i] = mask.bool(tiled ? from : i) != 0;
            }
            return kept;
        });
        assertThat(VERDICTS.of(wrong, "MASK-2").get("MASK-2")).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void aMaskThatLooksAtNothingToComeWhereQueriesAreAsManyAsKeysIsFound() {
        Implementation wrong = drawing((extents, dropout, rate) -> {
            boolean[] kept = new boolean[extents.mask().size()];
            Tensor mask = dropout.drawMask(extents.mask(), rate);
            boolean causal = extents.queries() == extents.keys() && extents.keys() > 12;
            for (int i = 0; i < kept.length; i++) {
                boolean toCome = i % extents.keys() > i / extents.keys() % extents.queries();
                kept[i] = mask.bool(i) != 0 && !(causal && toCome);
            }
            return kept;
        });
        assertThat(VERDICTS.of(wrong, "MASK-1").get("MASK-1")).isInstanceOf(Verdict.Fail.class);
    }

    private interface Drawn {
        boolean[] kept(AttentionExtents extents, Dropout dropout, double rate);
    }

    private static Implementation drawing(Drawn drawn) {
        AttentionDropout operation = new AttentionDropout();
        return new BrokenOperation(operation, OperationVerdicts.SEED, (call, dropout, sound) -> {
            boolean draws = call.training() && !call.has("mask") && call.rate() > 0 && call.rate() < 1;
            if (!draws) {
                return sound.answer(call, dropout);
            }
            AttentionExtents extents = AttentionExtents.of(call);
            Tensor mask = Tensor.ofBooleans(extents.mask(), drawn.kept(extents, dropout, call.rate()));
            return sound.answer(call.with("mask", mask), dropout);
        });
    }

    /** As where a number that is not there and 0 are told apart by what is false. */
    @Test
    void aScaleOfZeroThatIsTakenForTheDefaultIsFound() {
        Implementation wrong =
                new BrokenOperation(new AttentionDropout(), OperationVerdicts.SEED, (call, dropout, sound) -> {
                    double width = AttentionExtents.of(call).width();
                    return sound.answer(
                            call.number("scale") == 0 ? call.with("scale", 1 / Math.sqrt(width)) : call, dropout);
                });
        assertThat(VERDICTS.of(wrong, "ATTN-1").get("ATTN-1").message()).contains("scale 0.0");
    }

    /** Kernels go through a batch in another way than through one example. */
    @Test
    void aGradientOfTheQueryThatIsThatOfTheFirstExampleInLargeBatchesIsFound() {
        Implementation wrong =
                new BrokenOperation(new AttentionDropout(), OperationVerdicts.SEED, (call, dropout, sound) -> {
                    OperationResult answer = sound.answer(call, dropout);
                    AttentionExtents extents = AttentionExtents.of(call);
                    if (extents.examples() <= 4 || !call.has("grad_output") || !call.training()) {
                        return answer;
                    }
                    Tensor gradient = answer.tensor("grad_query");
                    double[] of = gradient.values();
                    int one = of.length / extents.examples();
                    for (int i = one; i < of.length; i++) {
                        of[i] = of[i % one];
                    }
                    return answer.with("grad_query", Tensor.of(gradient.dtype(), gradient.shape(), of));
                });
        assertThat(VERDICTS.of(wrong, "ATTN-3").get("ATTN-3").message()).startsWith("grad query index ");
    }
}
