package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.network.ReferenceNetwork.Again;
import org.dropoutspec.operation.network.ReferenceNetwork.Way;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.Network;
import org.dropoutspec.reference.Network.Kept;
import org.dropoutspec.reference.Network.Layer;
import org.dropoutspec.tensor.Tensor;

/** Broken networks: those that compute wrongly and, in {@link NetworkMaskMutants}, those that draw wrong masks. */
final class NetworkMutants {
    private NetworkMutants() {}

    static List<Mutant> all() {
        return Stream.of(computed(), NetworkMaskMutants.all(), List.of(incomplete()))
                .flatMap(List::stream)
                .toList();
    }

    private static Mutant incomplete() {
        return broken(
                "network-gradients-of-dense-layers-alone",
                "NET-9",
                "leaves out of its gradients the layers that have none",
                NetworkMutants::denseAlone);
    }

    private static List<Mutant> computed() {
        return List.of(
                way(
                        "network-masked-before-bias-and-relu",
                        "NET-1",
                        "masks what a dense layer multiplies, so that a dropped unit gives the ReLU of its bias",
                        new Way() {
                            @Override
                            public List<double[][]> forward(List<Layer> thinned, double[][] input) {
                                return maskedEarly(thinned, input);
                            }
                        }),
                way(
                        "network-loss-averaged-over-what-is-kept",
                        "NET-2",
                        "divides the loss by one example less where anything was dropped",
                        new Way() {
                            @Override
                            public double loss(List<Layer> thinned, List<double[][]> activations, int[] target) {
                                double sound = Way.super.loss(thinned, activations, target);
                                int most = Math.max(1, target.length - 1);
                                return ReferenceNetwork.drops(thinned) ? sound * target.length / most : sound;
                            }
                        }),
                way(
                        "network-exponentials-overflow",
                        "NET-2",
                        "takes the exponentials of the logits as they are, which overflow as in float32, not of how far they are below the largest",
                        new Way() {
                            @Override
                            public double loss(List<Layer> thinned, List<double[][]> activations, int[] target) {
                                double[][] logits = activations.get(activations.size() - 1);
                                double sum = 0;
                                for (int b = 0; b < target.length; b++) {
                                    double all = Arrays.stream(logits[b])
                                            .map(NetworkMutants::exponential)
                                            .sum();
                                    sum -= Math.log(exponential(logits[b][target[b]]) / all);
                                }
                                return sum / target.length;
                            }
                        }),
                backward(
                        "network-backward-draws-anew",
                        "NET-3",
                        "draws other masks for the backward pass, as recomputation without the generator's state does",
                        (thinned, activations, again) -> again.thinned()),
                backward(
                        "network-gradient-unscaled",
                        "NET-3",
                        "masks the gradient and does not scale it",
                        (thinned, activations, again) ->
                                thinned.stream().map(NetworkMutants::unscaled).toList()),
                backward(
                        "network-weight-gradient-before-dropout",
                        "NET-3",
                        "computes the gradient of the weights from what the dropout layer took and not from what it gave",
                        (thinned, activations, again) -> {
                            for (int k = 1; k < thinned.size(); k++) {
                                if (thinned.get(k) instanceof Kept) {
                                    activations.set(k, activations.get(k - 1));
                                }
                            }
                            return thinned;
                        }),
                backward(
                        "network-input-gradient-past-dropout",
                        "NET-4",
                        "lets the gradient past a dropout layer that comes first",
                        (thinned, activations, again) -> {
                            List<Layer> past = new ArrayList<>(thinned);
                            past.replaceAll(layer -> layer == thinned.get(0) && layer instanceof Kept kept
                                    ? new Kept(ones(kept.factor()))
                                    : layer);
                            return past;
                        }),
                broken(
                        "network-drops-in-evaluation",
                        "NET-5",
                        "leaves dropout on in evaluation",
                        (call, dropout, sound) -> sound.answer(call.with("training", true), dropout)));
    }

    private static double exponential(double logit) {
        double all = Math.exp(logit);
        return all > Float.MAX_VALUE ? Double.POSITIVE_INFINITY : all;
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new NetworkDropout(), name, requirement, what, defect);
    }

    private static Mutant way(String name, String requirement, String what, Way way) {
        return broken(
                name,
                requirement,
                what,
                (call, dropout, sound) ->
                        call.training() ? ReferenceNetwork.answer(call, dropout, way) : sound.answer(call, dropout));
    }

    /** Chooses the network for the backward pass, and may change the activations. */
    private interface Backward {
        List<Layer> of(List<Layer> thinned, List<double[][]> activations, Again again);
    }

    private static Mutant backward(String name, String requirement, String what, Backward backward) {
        return way(name, requirement, what, new Way() {
            @Override
            public Network.Gradients backward(
                    List<Layer> thinned, double[][] input, List<double[][]> activations, int[] target, Again again) {
                List<double[][]> changed = new ArrayList<>(activations);
                List<Layer> other = backward.of(thinned, changed, again);
                return Network.backward(other, input, changed, target);
            }
        });
    }

    private static List<double[][]> maskedEarly(List<Layer> thinned, double[][] input) {
        List<double[][]> activations = new ArrayList<>();
        double[][] x = input;
        for (int k = 0; k < thinned.size(); k++) {
            boolean early = k > 1
                    && thinned.get(k) instanceof Kept
                    && thinned.get(k - 1) instanceof Network.Relu
                    && thinned.get(k - 2) instanceof Network.Dense;
            if (early) {
                Network.Dense dense = (Network.Dense) thinned.get(k - 2);
                double[][] taken = k == 2 ? input : activations.get(k - 3);
                Network.Dense unbiased = new Network.Dense(dense.weight(), new double[dense.bias().length]);
                x = Network.forward(thinned.get(k), Network.forward(unbiased, taken));
                for (double[] row : x) {
                    Arrays.setAll(row, i -> Math.max(0, row[i] + dense.bias()[i]));
                }
            } else {
                x = Network.forward(thinned.get(k), x);
            }
            activations.add(x);
        }
        return activations;
    }

    private static Layer unscaled(Layer layer) {
        return layer instanceof Kept kept ? new Kept(signs(kept.factor())) : layer;
    }

    private static double[][] signs(double[][] factor) {
        return Arrays.stream(factor)
                .map(row -> Arrays.stream(row).map(Math::signum).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] ones(double[][] factor) {
        return Arrays.stream(factor)
                .map(row -> Arrays.stream(row).map(any -> 1).toArray())
                .toArray(double[][]::new);
    }

    private static OperationResult denseAlone(OperationCall call, Dropout dropout, Operation sound) {
        OperationResult result = sound.answer(call, dropout);
        return call.has("gradients")
                ? result.with(
                        "gradients",
                        result.tensorsByName("gradients").stream()
                                .filter(layer -> !layer.isEmpty())
                                .<Map<String, Tensor>>map(layer -> layer)
                                .toList())
                : result;
    }
}
