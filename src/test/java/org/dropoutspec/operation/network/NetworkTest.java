package org.dropoutspec.operation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.OperationVerdicts;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.reference.Differences;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.Network;
import org.dropoutspec.reference.Network.Dense;
import org.dropoutspec.reference.Network.Layer;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
    private static final OperationVerdicts VERDICTS = new OperationVerdicts(new NetworkDropout());

    @ParameterizedTest
    @CsvSource({
        "network-masked-before-bias-and-relu, 'layer \\d \\(dropout\\) index \\d+, expected \\S+, got .*'",
        "network-loss-averaged-over-what-is-kept, 'loss, expected .*, got .*'",
        "network-backward-draws-anew, '.* gradient of layer .*'",
        "network-gradient-unscaled, '(grad input|.* gradient of layer \\d) index .*'",
        "network-weight-gradient-before-dropout, 'weight gradient of layer .*'",
        "network-input-gradient-past-dropout, 'grad input index \\d+, expected -?0.0, got .*'",
        "network-drops-in-evaluation, 'layer \\d \\(dropout\\) index .*'",
        "network-one-mask-for-all-layers, 'layers 0 and 3, expected different masks, got the same .* elements.*'",
        "network-one-mask-for-the-batch, 'layer 0, expected masks of their own, got the same for all .* examples.*'",
        "network-masks-of-64-examples, 'layer 2, expected masks of their own, got the same for examples 64 apart.*'",
        "network-exponentials-overflow, 'loss, expected .*, got NaN.*'",
        "network-mask-kept-between-steps, 'the second step drew the same mask of .* elements in layer 0.*'",
        "network-gradients-of-dense-layers-alone, 'gradients, expected \\d, got \\d.*'"
    })
    void aMutantIsToldByWhatItGets(String name, String words) {
        assertThat(VERDICTS.message(name)).matches(words).contains("(network, ");
    }

    @Test
    void aMaskThatNoNetworkShowsIsNoCallThatItCannotAnswer() {
        Implementation reference = new ReferenceFamily(1, List.of(new NetworkDropout()));
        assertThat(VERDICTS.of(reference, "SEED-2").get("SEED-2"))
                .isInstanceOf(Verdict.Pass.class)
                .satisfies(verdict -> assertThat(verdict.discarded()).isEmpty());
    }

    /** Rounded after every operation in the types that round most, with either scaling. */
    @Tag("sound")
    @ParameterizedTest
    @EnumSource(Scaling.class)
    void anImplementationThatComputesInAHalfTypeThroughoutIsConformant(Scaling scaling) {
        Declaration declaration = new Declaration(
                EnumSet.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT64),
                EnumSet.of(Capability.SEED, Capability.BACKWARD, Capability.MASK_INPUT, Capability.MASK_OUTPUT),
                Choices.defaults().with(scaling));
        BrokenOperation sound = new BrokenOperation(
                new NetworkDropout(),
                OperationVerdicts.SEED,
                declaration,
                (call, dropout, whole) -> CoarseNetwork.answer(call, dropout, scaling));
        VERDICTS.assertSound(
                sound, "NET-1", "NET-2", "NET-3", "NET-4", "NET-5", "NET-6", "NET-7", "NET-8", "NET-9", "EVAL-1",
                "EVAL-5", "RATE-7", "RATE-8", "MASK-1", "MASK-4", "MASK-6", "SEED-1");
    }

    /** Of the network that is taught with, in small: dense, ReLU, dropout .5, dense, ReLU, dropout, dense. */
    @Test
    void theGradientsOfTheReferenceAreThoseOfFiniteDifferences() {
        Random random = new Random(3);
        List<Layer> layers = List.of(
                dense(random, 7, 5),
                new Network.Relu(),
                new Network.Drop(0.5),
                dense(random, 6, 7),
                new Network.Relu(),
                new Network.Drop(0.25),
                dense(random, 3, 6));
        double[][] input = random(random, 4, 5);
        int[] target = {0, 2, 1, 2};
        Dropout dropout = new Dropout(11);
        List<Tensor> masks = Network.maskShapes(layers, 4, 5).stream()
                .map(shape -> dropout.drawMask(shape, 0.4))
                .toList();
        List<Layer> thinned = Network.thinned(layers, masks);
        Network.Gradients gradients = Network.backward(thinned, input, Network.forward(thinned, input), target);
        // a ReLU would break them whose input is within a step of 0; none is
        DoubleSupplier loss = () -> loss(thinned, input, target);
        Differences.require(gradients.input(), input, loss);
        for (int k = 0; k < layers.size(); k++) {
            if (layers.get(k) instanceof Dense dense) {
                Dense gradient = gradients.dense().get(k);
                Differences.require(gradient.weight(), dense.weight(), loss);
                Differences.require(new double[][] {gradient.bias()}, new double[][] {dense.bias()}, loss);
            }
        }
    }

    private static double loss(List<Layer> thinned, double[][] input, int[] target) {
        return Network.loss(Network.forward(thinned, input).get(thinned.size() - 1), target);
    }

    private static Dense dense(Random random, int out, int in) {
        return new Dense(random(random, out, in), random(random, 1, out)[0]);
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
    void theNetworksThatAreTaughtWithHaveTheMasksOfTheirLayers() {
        Random random = new Random(4);
        List<Layer> first = List.of(
                dense(random, 128, 20),
                new Network.Relu(),
                new Network.Drop(0.5),
                dense(random, 64, 128),
                new Network.Relu(),
                new Network.Drop(0.5),
                dense(random, 10, 64));
        assertThat(Network.maskShapes(first, 32, 20)).hasToString("[[32, 128], [32, 64]]");
        List<Layer> second =
                List.of(dense(random, 256, 784), new Network.Relu(), new Network.Drop(0.5), dense(random, 10, 256));
        double[][] input = random(random, 2, 784);
        assertThat(Network.maskShapes(second, 2, 784)).hasToString("[[2, 256]]");
        List<double[][]> evaluated = Network.forward(second, input);
        assertThat(evaluated.get(2)).isDeepEqualTo(evaluated.get(1));
    }
}
