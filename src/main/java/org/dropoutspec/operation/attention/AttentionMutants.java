package org.dropoutspec.operation.attention;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.attention.ReferenceAttention.Example;
import org.dropoutspec.operation.attention.ReferenceAttention.Way;
import org.dropoutspec.reference.Attention;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Broken attention. */
final class AttentionMutants {
    private AttentionMutants() {}

    static List<Mutant> all() {
        return List.of(
                forward(
                        "attention-masked-before-the-softmax",
                        "drops scores, so that the softmax gives what is dropped to the other keys",
                        example -> Attention.forward(renormalised(example), ones(example.factor()), example.value())),
                forward(
                        "attention-masked-after-the-product",
                        "drops elements of the output and not probabilities",
                        AttentionMutants::afterTheProduct),
                forward(
                        "attention-without-the-scale",
                        "does not scale the probabilities that it keeps",
                        example -> Attention.forward(example.p(), unscaled(example.factor()), example.value())),
                masked(
                        "attention-shared-over-the-batch",
                        "MASK-2",
                        "draws one mask for all examples of a batch",
                        (extents, i) -> i % (extents.queries() * extents.keys())),
                masked(
                        "attention-repeated-every-16-queries",
                        "MASK-2",
                        "draws for 16 queries and repeats that for the next ones, as a kernel does that works in blocks",
                        AttentionMutants::everySixteen),
                backward(
                        "attention-value-gradient-unscaled",
                        "ATTN-2",
                        "masks the gradient of the value and does not scale it",
                        (example, dy) -> {
                            Attention.Gradients sound = example.gradients(dy, example.factor());
                            Attention.Gradients wrong = example.gradients(dy, unscaled(example.factor()));
                            return new Attention.Gradients(sound.query(), sound.key(), wrong.value());
                        }),
                backward(
                        "attention-query-gradient-unmasked",
                        "ATTN-3",
                        "computes the gradient of the query as if nothing had been dropped",
                        (example, dy) -> {
                            Attention.Gradients sound = example.gradients(dy, example.factor());
                            Attention.Gradients wrong = example.gradients(dy, ones(example.factor()));
                            return new Attention.Gradients(wrong.query(), sound.key(), sound.value());
                        }),
                broken(
                        "attention-drops-in-evaluation",
                        "ATTN-4",
                        "leaves dropout on in evaluation, as a functional interface does that is not told the mode",
                        (call, dropout, sound) -> sound.answer(call.with("training", true), dropout)),
                broken(
                        "attention-key-gradient-transposed",
                        "ATTN-5",
                        "returns the gradient of the key as it uses it, transposed",
                        AttentionMutants::transposed));
    }

    /** Computes a wrong output of one example. */
    private interface Output {
        double[][] of(Example example);
    }

    /** Computes wrong gradients of one example. */
    private interface Backward {
        Attention.Gradients of(Example example, double[][] gradOutput);
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new AttentionDropout(), name, requirement, what, defect);
    }

    private static Mutant forward(String name, String what, Output output) {
        Way way = new Way() {
            @Override
            public double[][] output(Example example) {
                return output.of(example);
            }
        };
        return broken(
                name,
                "ATTN-1",
                what,
                (call, dropout, sound) ->
                        call.training() ? ReferenceAttention.answer(call, dropout, way) : sound.answer(call, dropout));
    }

    private static Mutant backward(String name, String requirement, String what, Backward backward) {
        Way way = new Way() {
            @Override
            public Attention.Gradients gradients(Example example, double[][] gradOutput) {
                return backward.of(example, gradOutput);
            }
        };
        return broken(
                name,
                requirement,
                what,
                (call, dropout, sound) ->
                        call.training() ? ReferenceAttention.answer(call, dropout, way) : sound.answer(call, dropout));
    }

    /** The index in the drawn mask from which an element is taken. */
    private interface Source {
        int of(AttentionExtents extents, int element);
    }

    private static Mutant masked(String name, String requirement, String what, Source source) {
        return broken(name, requirement, what, (call, dropout, sound) -> {
            if (!call.training() || call.has("mask")) {
                return sound.answer(call, dropout);
            }
            AttentionExtents extents = AttentionExtents.of(call);
            Tensor mask = dropout.drawMask(extents.mask(), call.rate());
            return sound.answer(call.with("mask", gathered(mask, i -> source.of(extents, i))), dropout);
        });
    }

    private static Tensor gathered(Tensor mask, IntUnaryOperator source) {
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(source.applyAsInt(i)) != 0;
        }
        return Tensor.ofBooleans(mask.shape(), kept);
    }

    private static int everySixteen(AttentionExtents extents, int element) {
        int key = element % extents.keys();
        int query = element / extents.keys() % extents.queries();
        int example = element / extents.keys() / extents.queries();
        return (example * extents.queries() + query % 16) * extents.keys() + key;
    }

    private static double[][] renormalised(Example example) {
        double[][] p = new double[example.p().length][];
        for (int l = 0; l < p.length; l++) {
            p[l] = example.p()[l].clone();
            double sum = 0;
            for (int s = 0; s < p[l].length; s++) {
                p[l][s] = example.factor()[l][s] == 0 ? 0 : p[l][s];
                sum += p[l][s];
            }
            for (int s = 0; s < p[l].length; s++) {
                p[l][s] /= sum == 0 ? 1 : sum;
            }
        }
        return p;
    }

    private static double[][] afterTheProduct(Example example) {
        double[][] output = Attention.forward(example.p(), ones(example.factor()), example.value());
        for (int l = 0; l < output.length; l++) {
            for (int v = 0; v < output[l].length; v++) {
                output[l][v] *= example.factor()[l][v % example.factor()[l].length];
            }
        }
        return output;
    }

    private static double[][] unscaled(double[][] factor) {
        return Arrays.stream(factor)
                .map(row -> Arrays.stream(row).map(Math::signum).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] ones(double[][] factor) {
        return Arrays.stream(factor)
                .map(row -> Arrays.stream(row).map(any -> 1).toArray())
                .toArray(double[][]::new);
    }

    private static OperationResult transposed(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        Shape key = call.tensor("key").shape();
        return call.has("grad_output") && key.extent(1) != key.extent(2)
                ? result.with("grad_key", result.tensor("grad_key").permuted(0, 2, 1))
                : result;
    }
}
